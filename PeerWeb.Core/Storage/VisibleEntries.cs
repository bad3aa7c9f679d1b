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
        foreach (var word in Folding.Fold(text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            entries = entries.Where(entry => entry.SearchText.Contains(word));
        return entries;
    }
}
