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
    public static IQueryable<EntryRow> Of(PeerWebContext db, IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections)
    {
        var readable = collections.Where(pair => pair.Scoped.CanRead).ToList();
        var whole = readable.Where(pair => pair.Scoped.SeesPrivate).Select(pair => pair.Row.Key).ToList();
        var publicOnly = readable.Where(pair => !pair.Scoped.SeesPrivate).Select(pair => pair.Row.Key).ToList();
        return db.Entries.AsNoTracking()
            .Where(entry => whole.Contains(entry.CollectionKey) || (publicOnly.Contains(entry.CollectionKey) && !entry.IsPrivate));
    }

    /// <summary>Whether instances of a collection are there for the principal, some or all as busy time.</summary>
    /// <param name="text">Words that must all occur: what is busy time alone matches none.</param>
    public static bool HasInstances(ScopedCollection scoped, string? text) => scoped.CanRead || (scoped.ShowsBusyTime && WordsOf(text).Length == 0);

    /// <summary>Whether instances of private entries are among them.</summary>
    /// <inheritdoc cref="HasInstances"/>
    public static bool HasPrivateInstances(ScopedCollection scoped, string? text) => scoped.SeesPrivate || (scoped.ShowsBusyTime && WordsOf(text).Length == 0);

    /// <summary>The same for one collection, as conditions on the entries named <c>e</c>; the caller gives <c>@private</c>: whether private ones are among them.</summary>
    /// <param name="command">Gets the words as parameters.</param>
    /// <param name="text">Words that must all occur, or null.</param>
    public static string SqlFor(DbCommand command, string? text) => " AND (@private OR NOT e.\"IsPrivate\")" + (WordsIn(command, text) is { Length: > 0 } words
        ? " AND EXISTS (SELECT 1 FROM \"listings\" AS l WHERE l.\"CollectionKey\" = e.\"CollectionKey\" AND l.\"SortTitle\" = e.\"SortTitle\" AND l.\"Uid\" = e.\"Uid\"" + words + ")"
        : string.Empty);

    /// <summary>The same, as conditions on the rows named <c>l</c> of the table that lists read.</summary>
    /// <inheritdoc cref="SqlFor"/>
    public static string SqlForListings(DbCommand command, string? text) => " AND (@private OR NOT l.\"IsPrivate\")" + WordsIn(command, text);

    private static string WordsIn(DbCommand command, string? text)
    {
        var conditions = new StringBuilder();
        foreach (var (i, word) in WordsOf(text).Index())
        {
            conditions.Append(CultureInfo.InvariantCulture, $" AND l.\"SearchText\" LIKE @word{i} ESCAPE '\\'");
            command.Add($"word{i}", $"%{word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
        }
        return conditions.ToString();
    }

    private static string[] WordsOf(string? text) =>
        Folding.Fold(text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
