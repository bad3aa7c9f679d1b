using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>One UID in a collection, whole: the text is authoritative, everything else an index of it.</summary>
/// <param name="Text">A VCALENDAR or VCARD with all components of this UID, CRLF line ends, at most <see cref="MaxBytes"/>.</param>
public sealed record Entry(CollectionId Collection, Uid Uid, ETag ETag, string Text)
{
    /// <summary>Octets of a text in UTF-8, of any app.</summary>
    public const int MaxBytes = 512 * 1024;
}

/// <summary>What a list or grid shows of an entry, or of one instance of it.</summary>
/// <param name="RecurrenceId">Which instance, in RFC 5545 basic format as the master's DTSTART is typed; null where the entry does not recur.</param>
/// <param name="Title">SUMMARY or FN; empty where there is none.</param>
/// <param name="Start">Null where the app's entries need no time.</param>
/// <param name="End">Exclusive; null only where Start is.</param>
/// <param name="Detail">What the entry's app chose to summarise, as a JSON object; the app that wrote it reads it.</param>
public sealed record EntrySummary(
    CollectionId Collection,
    Uid Uid,
    ETag ETag,
    string? RecurrenceId,
    string Title,
    EntryTime? Start,
    EntryTime? End,
    bool IsPrivate,
    string Detail)
{
    /// <summary>It stands for something the principal may not read: times only, an id that names nothing, and nobody who sees it so can change it.</summary>
    public bool IsRedacted { get; init; }
}
