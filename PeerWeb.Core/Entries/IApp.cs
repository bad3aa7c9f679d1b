using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>What an app registers about itself. Storage, sharing, federation and sync know apps only through this.</summary>
public interface IApp
{
    AppId Id { get; }

    /// <summary>What a collection of it is called: "calendar", "address book".</summary>
    string CollectionNoun { get; }

    /// <summary>Media type of an entry's text, such as <c>text/calendar</c>.</summary>
    string MediaType { get; }

    /// <summary>Checks a text against the caps and the app's rules and makes the index of it. The only place where text is parsed.</summary>
    /// <param name="horizon">Instances that overlap it are materialised.</param>
    /// <exception cref="InvalidEntryException">With line and reason; nothing else is thrown for any text.</exception>
    IndexedEntry Index(string text, TimeRange horizon);

    /// <summary>Instances of a stored entry that overlap <paramref name="range"/>, for ranges beyond the horizon; by start, at most <paramref name="limit"/>.</summary>
    /// <param name="viewer">Zone in which floating times and dates are cut.</param>
    IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit);

    /// <summary>Whether its entries take their owner's time: only then do private entries, and those of who shares no more than when, show as busy time.</summary>
    bool HasBusyTime => false;

    /// <summary>Whether an instance takes time; a free or cancelled one does not.</summary>
    /// <param name="detail">Of its summary.</param>
    bool IsBusy(string detail) => HasBusyTime;

    /// <summary>Whether two texts say the same of an entry, however they were put together: what a file's other entries brought along does not count.</summary>
    bool IsSame(string stored, string text);

    /// <summary>Reads a file of many entries, one per UID, continuing past those that cannot be read; streams, so that memory does not grow with the file.</summary>
    IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken);

    /// <summary>Writes entries as one file that <see cref="SplitAsync"/> reads back as they are; streams as that does.</summary>
    /// <param name="entries">In any order; of several collections, too.</param>
    /// <param name="onSkipped">Told of entries that cannot be read, which are left out.</param>
    Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken);
}

/// <summary>The index of an entry's text: columns that are rebuilt from it at any time.</summary>
/// <param name="Text">The text as it is stored: NFC, CRLF, folded, unknown properties kept.</param>
/// <param name="SearchText">Folded text of everything that search looks at.</param>
/// <param name="IsPrivate">CLASS other than PUBLIC in any component.</param>
/// <param name="First">Start of its first instance (own zone or UTC for floating); null without time.</param>
/// <param name="Last">End of its last instance; null where unbounded or without time.</param>
/// <param name="IsUnbounded">Recurs without end.</param>
/// <param name="Detail">JSON object for <see cref="EntrySummary.Detail"/>.</param>
/// <param name="Instances">Instances within the horizon; empty where the app's entries have no time.</param>
public sealed record IndexedEntry(
    Uid Uid,
    string Text,
    string Title,
    string SearchText,
    bool IsPrivate,
    Instant? First,
    Instant? Last,
    bool IsUnbounded,
    string Detail,
    IReadOnlyList<IndexedInstance> Instances);

/// <summary>One instance of an entry.</summary>
/// <param name="RecurrenceId">Null where the entry does not recur. RFC 5545 3.8.4.4, basic format, UTC with Z.</param>
/// <param name="Title">The override's title; null where it is the entry's.</param>
/// <param name="Detail">The override's detail; null where it is the entry's.</param>
public sealed record IndexedInstance(string? RecurrenceId, EntryTime Start, EntryTime End, string? Title, string? Detail);

/// <summary>A text that cannot become an entry.</summary>
/// <param name="reason">One sentence that a person understands.</param>
/// <param name="line">1-based line of the text, where one is to blame.</param>
public sealed class InvalidEntryException(string reason, int? line) : Exception(reason)
{
    public int? Line { get; } = line;
}
