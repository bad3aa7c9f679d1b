using PeerWeb.Core.Entries;
using PeerWeb.Shared.Files;

namespace PeerWeb.Shared.Import;

/// <summary>One entry of a file as its preview shows it.</summary>
/// <param name="Detail">Empty where it cannot be read.</param>
/// <param name="Changes">What would be another than it is now, as "title: old → new".</param>
public sealed record PreviewRow(ImportedEntry Result, string Title, string Detail, string? Note, IReadOnlyList<string> Changes)
{
    public static PreviewRow Of(PreviewedEntry entry, Func<string, EntryWords> words)
    {
        if (entry.Text is not { } text || Read(text, words) is not { } read)
            return new PreviewRow(entry.Result, entry.Result.Label, string.Empty, Note: null, []);
        var now = entry.Current is { } current ? Read(current, words) : null;
        return new PreviewRow(entry.Result, read.Title, read.Detail, read.Note, now is null ? [] : ChangesOf(now, read));
    }

    private static List<string> ChangesOf(EntryWords now, EntryWords then)
    {
        var changes = now.Facts.Zip(then.Facts).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => $"{pair.First.What}: {Shown(pair.First)} → {Shown(pair.Second)}").ToList();
        return changes.Count > 0 ? changes : ["other details"];
    }

    private static string Shown(EntryFact fact) => fact.Value.Length > 0 ? fact.Value : "none";

    private static EntryWords? Read(string text, Func<string, EntryWords> words)
    {
        try
        {
            return words(text);
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }
}
