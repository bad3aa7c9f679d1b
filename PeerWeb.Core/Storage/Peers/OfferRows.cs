using System.Text.Json;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Offers as rows and back.</summary>
internal static class OfferRows
{
    /// <param name="answer">The viewer's; null where they never answered.</param>
    public static Offer ToOffer(this OfferRow row, OfferAnswerRow? answer) => new(
        new PeerId(row.PeerId),
        row.ToNotice(),
        row.Received.ToInstant(),
        row.Changed.ToInstant(),
        row.Ended?.ToInstant(),
        answer?.Answer ?? OfferAnswer.Open,
        answer?.Answered.ToInstant());

    public static OfferRow ToRow(this GrantNotice notice, PeerId peer, long now) => new()
    {
        PeerId = peer.Value,
        GrantId = notice.Grant.Value,
        Version = notice.Version,
        Owner = notice.Owner.Value,
        App = notice.App.Value,
        CollectionId = notice.Collection?.ToString() ?? string.Empty,
        Covered = Write(notice.Covered),
        Recipient = notice.Recipient?.Value ?? string.Empty,
        Rights = (int)notice.Rights,
        Received = now,
        Changed = now,
        Ended = notice.IsEnd ? now : null,
    };

    /// <summary>A grant names the same thing for its whole life; only rights and names of collections change.</summary>
    public static bool IsSameGrantAs(this OfferRow row, GrantNotice notice) =>
        row.Owner == notice.Owner.Value && row.App == notice.App.Value && row.CollectionId == (notice.Collection?.ToString() ?? string.Empty)
        && row.Recipient == (notice.Recipient?.Value ?? string.Empty);

    public static void Take(this OfferRow row, GrantNotice notice, long now)
    {
        if (row.Rights != (int)notice.Rights)
            row.Changed = now;
        row.Version = notice.Version;
        row.Rights = (int)notice.Rights;
        // An end may come when the collections are gone; their names say what it was.
        if (notice.Covered.Count > 0)
            row.Covered = Write(notice.Covered);
        row.Ended = notice.IsEnd ? now : null;
    }

    private static GrantNotice ToNotice(this OfferRow row) => new(
        new GrantId(row.GrantId),
        row.Version,
        UserName.Parse(row.Owner),
        AppId.Parse(row.App),
        row.CollectionId.Length == 0 ? null : new CollectionId(Guid.Parse(row.CollectionId)),
        [.. (JsonSerializer.Deserialize<List<Named>>(row.Covered) ?? []).Select(named => new NamedCollection(new CollectionId(named.Id), named.Name, named.Color))],
        row.Recipient.Length == 0 ? null : UserName.Parse(row.Recipient),
        (Rights)row.Rights);

    private static string Write(IEnumerable<NamedCollection> covered) =>
        JsonSerializer.Serialize(covered.Select(collection => new Named(collection.Id.Value, collection.Name, collection.Color)));

    private sealed record Named(Guid Id, string Name, string? Color);
}
