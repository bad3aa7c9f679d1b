using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>The entries that exist for a principal, as one query: nothing else is ever counted, paged or searched.</summary>
internal static class VisibleEntries
{
    /// <param name="text">Words that must all occur, or null.</param>
    public static IQueryable<EntryRow> Of(PeerWebContext db, IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections, string? text)
    {
        var readable = collections.Where(pair => pair.Scoped.CanRead).ToList();
        var whole = readable.Where(pair => pair.Scoped.SeesPrivate).Select(pair => pair.Row.Key).ToList();
        var publicOnly = readable.Where(pair => !pair.Scoped.SeesPrivate).Select(pair => pair.Row.Key).ToList();
        var entries = db.Entries.AsNoTracking()
            .Where(entry => whole.Contains(entry.CollectionKey) || (publicOnly.Contains(entry.CollectionKey) && !entry.IsPrivate));
        foreach (var word in WordsOf(text))
            entries = entries.Where(entry => entry.SearchText.Contains(word));
        return entries;
    }

    /// <summary>The same for one collection, as conditions on the entries named <c>e</c>; the caller gives <c>@private</c>: whether private ones exist for the principal.</summary>
    /// <param name="command">Gets the words as parameters.</param>
    public static string SqlFor(DbCommand command, string? text)
    {
        var conditions = new StringBuilder(" AND (@private OR NOT e.\"IsPrivate\")");
        foreach (var (i, word) in WordsOf(text).Index())
        {
            conditions.Append(CultureInfo.InvariantCulture, $" AND e.\"SearchText\" LIKE @word{i} ESCAPE '\\'");
            command.Add($"word{i}", $"%{word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
        }
        return conditions.ToString();
    }

    private static string[] WordsOf(string? text) =>
        Folding.Fold(text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
