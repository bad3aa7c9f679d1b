using System.Globalization;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What a person must know about an answer that is good but not whole; nothing is left out silently.</summary>
internal static class AnswerNote
{
    /// <param name="isPage">More follows, and is asked for when it is wanted.</param>
    public static string? Of(QueryAnswer answer, bool isPage)
    {
        var notes = new List<string>(2);
        if (answer.UnreadableCount > 0)
            notes.Add(answer.UnreadableCount == 1 ? "1 entry could not be read and is missing." : $"{answer.UnreadableCount} entries could not be read and are missing.");
        if (answer.Next is not null && !isPage)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Only the first {answer.Entries.Count:N0} are shown."));
        return notes.Count == 0 ? null : string.Join(' ', notes);
    }
}
