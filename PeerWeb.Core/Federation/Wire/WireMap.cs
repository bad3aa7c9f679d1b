using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Between the port's types and what travels; used by both ends, so that they cannot drift apart.</summary>
public static class WireMap
{
    private const int MaxTitle = 1024;
    private const int MaxDetail = 16 * 1024;

    private static readonly (Rights Right, string Name)[] RightNames =
    [
        (Rights.FreeBusy, "freebusy"), (Rights.Read, "read"), (Rights.Add, "add"),
        (Rights.Edit, "edit"), (Rights.Delete, "delete"), (Rights.Private, "private"),
    ];

    public static WireCollection ToWire(Collection collection) => new(
        collection.Id.ToString(), collection.App.Value, collection.Owner.Value, collection.Name,
        ToWire(collection.MyRights),
        collection.GrantVersion.Value, collection.Token.Value, collection.Color);

    /// <summary>Null where a part is not what it must be. Names of rights that we do not know give nothing.</summary>
    public static Collection? FromWire(WireCollection wire) =>
        CollectionId.TryParse(wire.Id, out var id) && AppId.TryParse(wire.App, out var app) && UserName.TryParse(wire.Owner, out var owner)
        && GrantVersion.TryParse(wire.GrantVersion, out var version) && SyncToken.TryParse(wire.Token, out var token)
            ? new Collection(
                id, app, owner, DisplayText.Excerpt(wire.Name, 200), IsColor(wire.Color) ? wire.Color : null,
                RightNames.Where(pair => wire.Rights.Contains(pair.Name)).Aggregate(Rights.None, (rights, pair) => rights | pair.Right), version, token)
            : null;

    public static string NameOf(Rights right) => RightNames.Single(pair => pair.Right == right).Name;

    /// <summary>Null where it names no right that we know.</summary>
    public static Rights? RightOf(string? name) => RightNames.Where(pair => pair.Name == name).Select(pair => (Rights?)pair.Right).FirstOrDefault();

    public static WireQuery ToWire(EntryQuery query) => new(
        query.App.Value,
        query.Zone,
        query.Sort == EntrySort.Title ? "title" : "start",
        query.Limit,
        query.Collections is null ? null : [.. query.Collections.Select(id => id.ToString())],
        query.Range is { } from ? WireTime.Format(from.Start) : null,
        query.Range is { } to ? WireTime.Format(to.End) : null,
        query.Text,
        query.Cursor is { } cursor ? ToWire(cursor) : null,
        query.KnownTokens.Count == 0 ? null : query.KnownTokens.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.Value));

    /// <exception cref="InvalidQueryException">Names the member that is wrong.</exception>
    public static EntryQuery FromWire(WireQuery wire) => new()
    {
        App = AppId.TryParse(wire.App, out var app) ? app : throw Wrong("app"),
        Collections = wire.Collections is null ? null : [.. wire.Collections.Select(text => CollectionId.TryParse(text, out var id) ? id : throw Wrong("collections"))],
        Range = RangeOf(wire),
        Zone = wire.Zone,
        Text = wire.Text,
        Sort = wire.Sort switch { "start" => EntrySort.Start, "title" => EntrySort.Title, _ => throw Wrong("sort") },
        Cursor = wire.Cursor is { } cursor ? FromWire(cursor) ?? throw Wrong("cursor") : null,
        Limit = wire.Limit,
        KnownTokens = KnownOf(wire),
    };

    public static WirePage ToWire(QueryAnswer answer)
    {
        var positions = answer.Slices.Select((slice, position) => (slice.Collection, position)).ToDictionary();
        return new WirePage(
            [.. answer.Slices.Select(slice => new WireSlice(slice.Collection.ToString(), NameOf(slice.State), slice.Token?.Value))],
            [.. answer.Entries.Select(entry => ToWire(entry, positions[entry.Collection]))],
            answer.Next is { } next ? ToWire(next) : null);
    }

    public static Slice? FromWire(WireSlice wire)
    {
        if (!CollectionId.TryParse(wire.Collection, out var id))
            return null;
        SyncToken? token = SyncToken.TryParse(wire.Token, out var parsed) ? parsed : null;
        return wire.State switch
        {
            "current" when token is not null => new Slice(id, SliceState.Current, token),
            "unchanged" when token is not null => new Slice(id, SliceState.Unchanged, token),
            "gone" => new Slice(id, SliceState.Gone, Token: null),
            _ => null,
        };
    }

    public static WireCursor ToWire(QueryCursor cursor) => new(cursor.SortKey, cursor.Collection.ToString(), cursor.Uid.Value, cursor.RecurrenceId);

    public static QueryCursor? FromWire(WireCursor wire) =>
        wire.Key.Length <= 8192 && CollectionId.TryParse(wire.Collection, out var id) && Uid.TryParse(wire.Uid, out var uid) && wire.RecurrenceId.Length <= 64
            ? new QueryCursor(wire.Key, id, uid, wire.RecurrenceId)
            : null;

    /// <param name="slices">Of its page; null where one counts for nothing.</param>
    /// <returns>Null where it is none, is in no slice, or a part is not what it must be.</returns>
    public static EntrySummary? FromWire(WireSummary? wire, IReadOnlyList<Slice?> slices)
    {
        if (wire is null || (uint)wire.Slice >= slices.Count || slices[wire.Slice] is not { State: SliceState.Current } slice
            || !Uid.TryParse(wire.Uid, out var uid) || !ETag.TryParse(wire.ETag, out var etag)
            || wire.RecurrenceId is { Length: > 64 } || wire.Detail.Json is not { } detail || wire.Start is null != wire.End is null)
            return null;
        EntryTime? start = null, end = null;
        if (wire.Start is not null)
        {
            if (!WireTime.TryParse(wire.Start, out var first) || !WireTime.TryParseEnd(wire.End, first, out var last))
                return null;
            (start, end) = (first, last);
        }
        return detail.Length > MaxDetail
            ? null
            : new EntrySummary(slice.Collection, uid, etag, wire.RecurrenceId, DisplayText.Excerpt(wire.Title, MaxTitle), start, end, wire.Private ?? false, detail)
            {
                IsRedacted = wire.Redacted ?? false,
            };
    }

    private static WireSummary ToWire(EntrySummary entry, int slice) => new(
        slice, entry.Uid.Value, entry.ETag.Value, entry.Title, new WireDetail(entry.Detail), entry.RecurrenceId,
        entry.Start is { } start ? WireTime.Format(start) : null, entry.End is { } end ? WireTime.FormatEnd(end, entry.Start) : null, entry.IsPrivate ? true : null, entry.IsRedacted ? true : null);

    private static Dictionary<CollectionId, SyncToken> KnownOf(WireQuery wire)
    {
        var known = new Dictionary<CollectionId, SyncToken>();
        foreach (var (key, value) in wire.Known ?? new Dictionary<string, string>())
        {
            // Two members may spell one id.
            if (!CollectionId.TryParse(key, out var id) || !SyncToken.TryParse(value, out var token) || !known.TryAdd(id, token))
                throw Wrong("known");
        }
        return known;
    }

    private static TimeRange? RangeOf(WireQuery wire) => (wire.From, wire.To) switch
    {
        (null, null) => null,
        (null, _) or (_, null) => throw Wrong("from, to"),
        var (from, to) => WireTime.TryParseInstant(from, out var start) && WireTime.TryParseInstant(to, out var end) && TimeRange.TryCreate(start, end, out var range)
            ? range
            : throw Wrong("from, to"),
    };

    private static string NameOf(SliceState state) => state switch
    {
        SliceState.Current => "current",
        SliceState.Unchanged => "unchanged",
        SliceState.Gone => "gone",
    };

    internal static IReadOnlyList<string> ToWire(Rights rights) => [.. RightNames.Where(pair => rights.HasFlag(pair.Right)).Select(pair => pair.Name)];

    /// <summary>Strictly: false where a name is not one of a right.</summary>
    internal static bool TryReadRights(IReadOnlyList<string> names, out Rights rights)
    {
        rights = RightNames.Where(pair => names.Contains(pair.Name)).Aggregate(Rights.None, (all, pair) => all | pair.Right);
        return names.All(name => RightNames.Any(pair => pair.Name == name));
    }

    internal static bool IsColor(string? text) => text is { Length: 7 } && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);

    private static InvalidQueryException Wrong(string member) => new($"The member {member} is not what it must be.");
}
