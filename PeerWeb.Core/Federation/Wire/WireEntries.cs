using System.Text.Json.Serialization;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>A collection as the acting user sees it.</summary>
/// <param name="Id">UUID, lower case.</param>
/// <param name="Rights">Names of the rights in effect: <c>freebusy read add edit delete private</c>.</param>
public sealed record WireCollection(
    string Id, string App, string Owner, string Name, IReadOnlyList<string> Rights, string GrantVersion, string Token, string? Color = null);

/// <summary>Answer of <c>GET /peer/v1/collections</c>, at most 1,000.</summary>
public sealed record WireCollections(IReadOnlyList<WireCollection> Collections);

/// <summary>Body of <c>POST /peer/v1/query</c>.</summary>
/// <param name="Collections">Absent: every collection of the app that the acting user may read.</param>
/// <param name="From">RFC 3339 instant, with <paramref name="To"/>; absent: entries instead of instances.</param>
/// <param name="Zone">The viewer's IANA zone.</param>
/// <param name="Sort"><c>start</c> or <c>title</c>.</param>
/// <param name="Limit">1 to 3,000; an answer may hold fewer and a cursor.</param>
/// <param name="Known">Tokens by collection id, held for the same range, zone and text.</param>
public sealed record WireQuery(
    string App,
    string Zone,
    string Sort,
    int Limit,
    IReadOnlyList<string>? Collections = null,
    string? From = null,
    string? To = null,
    string? Text = null,
    WireCursor? Cursor = null,
    IReadOnlyDictionary<string, string>? Known = null);

public sealed record WireCursor(string Key, string Collection, string Uid, string RecurrenceId);

/// <param name="State"><c>current</c>, <c>unchanged</c> or <c>gone</c>.</param>
public sealed record WireSlice(string Collection, string State, string? Token = null);

/// <summary>One summary; a reader takes each by itself, so that one it cannot read is one missing.</summary>
/// <param name="Slice">Position in the page's slices, from 0: the collection it is in.</param>
/// <param name="Start">RFC 9557: <c>2026-11-22</c> (date), <c>2026-11-22T09:00:00</c> (floating), <c>…Z</c>, or <c>…+01:00[Europe/Zurich]</c>.</param>
/// <param name="End">Exclusive, as <paramref name="Start"/>; a zone that is the start's is left out: <c>2026-11-22T10:00:00+01:00</c>.</param>
/// <param name="Private">Absent: it is not.</param>
/// <param name="Redacted">True: busy time alone, whose <paramref name="Uid"/> names nothing. Absent: it can be read.</param>
public sealed record WireSummary(
    int Slice,
    string Uid,
    string ETag,
    string Title,
    WireDetail Detail,
    string? RecurrenceId = null,
    string? Start = null,
    string? End = null,
    bool? Private = null,
    bool? Redacted = null);

/// <summary>Answer of <c>POST /peer/v1/query</c>: one page over all slices.</summary>
/// <param name="Entries">Null for one that was sent but is no summary: one broken entry is one broken entry.</param>
public sealed record WirePage(
    IReadOnlyList<WireSlice> Slices, [property: JsonConverter(typeof(WireSummariesConverter))] IReadOnlyList<WireSummary?> Entries, WireCursor? Next = null);

/// <summary>Answer of <c>GET /peer/v1/collections/{id}/entries/{uid}</c>, whose version is in the ETag field, and body of <c>PUT</c>.</summary>
/// <param name="Text">At most 512 KiB in UTF-8.</param>
public sealed record WireEntry(string Collection, string Uid, string Text);

/// <summary>Answer of a <c>PUT</c> that was done: 201 where the entry is new, else 200; its new version is in the ETag field.</summary>
public sealed record WireSaved(string Collection, string Uid);

/// <summary>What a refused write met, in the <c>current</c> member of a 412.</summary>
public sealed record WireCurrent(string Uid, string Text, string ETag);

/// <summary>What a reader takes of the <see cref="WireProblem"/> of a write that was refused; <see cref="WireWrites"/> says with which status.</summary>
/// <param name="Missing">With 403: the name of a right.</param>
/// <param name="Line">With 422: 1-based line of the text, where one is to blame.</param>
/// <param name="Current">With 412: absent where nothing is there, or the acting user may not read it in full.</param>
public sealed record WireRefusedWrite(string? Type = null, string? Detail = null, string? Missing = null, int? Line = null, WireCurrent? Current = null);

/// <param name="ETag">Absent where the entry is gone.</param>
public sealed record WireChange(string Uid, string? ETag = null);

/// <summary>Answer of <c>GET /peer/v1/collections/{id}/changes</c>.</summary>
public sealed record WireChanges(IReadOnlyList<WireChange> Changes, string Token, bool HasMore);
