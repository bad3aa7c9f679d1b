using System.Text;
using System.Text.Json;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Body of the messages <c>grant-offer</c>, <c>grant-change</c> and <c>grant-end</c>: a grant's whole state.</summary>
/// <param name="Version">1 or more; counts up with each change.</param>
/// <param name="Covered">At most 100.</param>
/// <param name="Rights">Names as in <see cref="WireCollection"/>; empty in <c>grant-end</c>, and only there.</param>
/// <param name="Collection">Absent: everything of the app.</param>
/// <param name="Recipient">Absent: everyone there.</param>
public sealed record WireGrantNotice(
    string Kind,
    Guid Grant,
    int Version,
    string Owner,
    string App,
    IReadOnlyList<WireNamedCollection> Covered,
    IReadOnlyList<string> Rights,
    string? Collection = null,
    string? Recipient = null);

/// <param name="Name">For showing; what is over 200 characters is cut.</param>
/// <param name="Color"><c>#rrggbb</c>; anything else counts as none.</param>
public sealed record WireNamedCollection(string Id, string Name, string? Color = null);

/// <summary>Notices of grants as the peer API sends them, and back; used by both ends.</summary>
public static class GrantWire
{
    private const int MostCovered = 100;
    private const int LongestName = 200;

    /// <summary>Which call carries them.</summary>
    public static IReadOnlyList<MessageRoute> Routes { get; } = [.. GrantMessageKinds.All.Select(kind => new MessageRoute(kind, "/peer/v1/messages"))];

    public static MessageDraft Write(string kind, GrantNotice notice)
    {
        if (!GrantMessageKinds.All.Contains(kind) || kind == GrantMessageKinds.End != notice.IsEnd)
            throw new ArgumentException("The kind does not fit the notice.", nameof(kind));
        var body = new WireGrantNotice(
            kind,
            notice.Grant.Value,
            notice.Version,
            notice.Owner.Value,
            notice.App.Value,
            [.. notice.Covered.Select(collection => new WireNamedCollection(collection.Id.ToString(), collection.Name, ColorOf(collection.Color)))],
            WireMap.ToWire(notice.Rights),
            notice.Collection?.ToString(),
            notice.Recipient?.Value);
        return new MessageDraft(kind, JsonSerializer.Serialize(body, PeerJson.Requests));
    }

    public static GrantNotice? Read(MessageDraft message) => Read(message.Kind, Encoding.UTF8.GetBytes(message.Body), out _);

    /// <summary>The notice that a body carries, or null with what is wrong with it.</summary>
    public static GrantNotice? Read(string kind, ReadOnlySpan<byte> body, out string problem)
    {
        problem = "The body is not the JSON object that this message is.";
        try
        {
            return JsonSerializer.Deserialize<WireGrantNotice>(body, PeerJson.Requests) is { } wire ? Read(kind, wire, out problem) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GrantNotice? Read(string kind, WireGrantNotice wire, out string problem)
    {
        problem = string.Empty;
        CollectionId? collection = null;
        UserName? recipient = null;
        if (wire.Collection is not null)
        {
            if (!CollectionId.TryParse(wire.Collection, out var id))
                return Wrong("collection", out problem);
            collection = id;
        }
        if (wire.Recipient is not null)
        {
            if (!UserName.TryParse(wire.Recipient, out var name))
                return Wrong("recipient", out problem);
            recipient = name;
        }
        if (wire.Kind != kind)
            return Wrong("kind", out problem);
        if (wire.Grant == Guid.Empty)
            return Wrong("grant", out problem);
        if (wire.Version < 1)
            return Wrong("version", out problem);
        if (!UserName.TryParse(wire.Owner, out var owner))
            return Wrong("owner", out problem);
        if (!AppId.TryParse(wire.App, out var app))
            return Wrong("app", out problem);
        if (CoveredOf(wire) is not { } covered)
            return Wrong("covered", out problem);
        if (!WireMap.TryReadRights(wire.Rights, out var rights) || kind == GrantMessageKinds.End != (rights == Rights.None))
            return Wrong("rights", out problem);
        return new GrantNotice(new GrantId(wire.Grant), wire.Version, owner, app, collection, covered, recipient, rights);
    }

    private static List<NamedCollection>? CoveredOf(WireGrantNotice wire)
    {
        if (wire.Covered.Count > MostCovered)
            return null;
        var covered = new List<NamedCollection>(wire.Covered.Count);
        foreach (var named in wire.Covered)
        {
            if (named is null || !CollectionId.TryParse(named.Id, out var id))
                return null;
            covered.Add(new NamedCollection(id, DisplayText.Excerpt(named.Name, LongestName), ColorOf(named.Color)));
        }
        return covered;
    }

    private static string? ColorOf(string? text) => WireMap.IsColor(text) ? text : null;

    private static GrantNotice? Wrong(string member, out string problem)
    {
        problem = $"The member {member} is not what it must be.";
        return null;
    }
}
