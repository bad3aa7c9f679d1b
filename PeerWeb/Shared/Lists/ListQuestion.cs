using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Shared.Lists;

/// <summary>How the entries of one app are listed. The app's feature registers it, and with that has all of this folder.</summary>
public sealed record ListQuestion(AppId App, EntryNouns Nouns)
{
    public EntrySort Sort { get; init; } = EntrySort.Title;

    /// <summary>How much is asked of each installation at a time, 1 to 1,000.</summary>
    public int PageSize { get; init; } = MergedList.DefaultPageSize;

    /// <summary>All pages are asked for one after the other, and not only when somebody scrolls there.</summary>
    public bool IsReadToItsEnd { get; init; }

    /// <summary>Reads the entry that is opened beside the list; null where none is.</summary>
    /// <remarks>Throws <see cref="InvalidEntryException"/> for a text that is none.</remarks>
    public Func<Entry, OpenedEntry.Found>? Open { get; init; }

    /// <summary>What <paramref name="view"/> asks for.</summary>
    public EntryQuery Of(ListView view) => new()
    {
        App = App,
        Sort = Sort,
        Text = view.Text.Length > 0 ? view.Text : null,
        Cursor = view.From.Length > 0 ? QueryCursor.AtTitle(view.From) : null,
    };
}

/// <summary>What reading an opened entry came to.</summary>
public abstract record OpenedEntry
{
    private OpenedEntry()
    {
    }

    /// <summary>It is there.</summary>
    public abstract record Found(ETag ETag) : OpenedEntry;

    /// <param name="Content">What its text was read as.</param>
    public sealed record Found<T>(T Content, ETag ETag) : Found(ETag);

    /// <param name="Reason">Why it cannot be shown, in words for a person.</param>
    public sealed record Missing(string Reason) : OpenedEntry
    {
        /// <summary>What failed failed here.</summary>
        public static Missing For(Exception exception) => new(StoreFaults.In(exception)?.Message ?? "This server could not read it.");
    }
}
