using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Peers as rows and back.</summary>
internal static class PeerRows
{
    public static Peer ToPeer(this PeerRow row)
    {
        var seen = row.Keys.Find(key => key.Use == PeerKeyUse.Seen);
        return new Peer
        {
            Id = new PeerId(row.Id),
            Installation = new InstallationId(row.Installation),
            Domain = Domain.Parse(row.Domain),
            Key = PublicKey.FromJwk(row.Keys.Single(key => key.Use == PeerKeyUse.Current).Jwk),
            Theirs = row.Theirs is { } theirs ? new LinkId(theirs) : null,
            Name = row.Name,
            Endpoint = row.Endpoint is null ? null : new Uri(row.Endpoint),
            FirstSeen = row.FirstSeen.ToInstant(),
            AskedAgain = row.AskedAgain?.ToInstant(),
            Facts = new LinkFacts
            {
                AskedHere = row.AskedHere?.ToInstant(),
                AskedThere = row.AskedThere?.ToInstant(),
                ApprovedHere = row.ApprovedHere?.ToInstant(),
                ApprovedThere = row.ApprovedThere?.ToInstant(),
                RejectedHere = row.RejectedHere?.ToInstant(),
                RejectedThere = row.RejectedThere?.ToInstant(),
                SuspendedHere = row.SuspendedHere?.ToInstant(),
                SuspendedThere = row.SuspendedThere?.ToInstant(),
                Blocked = row.Blocked?.ToInstant(),
                Revoked = row.Revoked?.ToInstant(),
                RevokedBy = (LinkSide?)row.RevokedBy,
            },
            Seen = seen is null
                ? null
                : new OtherKey(new InstallationId(row.SeenInstallation ?? row.Installation), PublicKey.FromJwk(seen.Jwk), row.SeenReason ?? string.Empty),
            Verified = row.Verified?.ToInstant(),
            LastExchange = row.LastExchange?.ToInstant(),
            LastError = row.LastError,
            LastErrorAt = row.LastErrorAt?.ToInstant(),
            ClockSkew = row.ClockSkewMilliseconds is { } skew ? Duration.FromMilliseconds(skew) : null,
        };
    }

    public static PeerRow ToNewRow(this Peer peer)
    {
        var row = new PeerRow
        {
            Id = peer.Id.Value,
            Installation = peer.Installation.Value,
            Domain = peer.Domain.Value,
            Name = peer.Name,
            FirstSeen = peer.FirstSeen.ToUnixTimeMilliseconds(),
            State = peer.State.Name(),
        };
        row.Take(peer);
        return row;
    }

    public static void Take(this PeerRow row, Peer peer)
    {
        var facts = peer.Facts;
        row.Installation = peer.Installation.Value;
        row.Domain = peer.Domain.Value;
        row.Theirs = peer.Theirs?.Value;
        row.Name = peer.Name;
        row.Endpoint = peer.Endpoint?.OriginalString;
        row.AskedAgain = peer.AskedAgain?.ToUnixTimeMilliseconds();
        row.AskedHere = facts.AskedHere?.ToUnixTimeMilliseconds();
        row.AskedThere = facts.AskedThere?.ToUnixTimeMilliseconds();
        row.ApprovedHere = facts.ApprovedHere?.ToUnixTimeMilliseconds();
        row.ApprovedThere = facts.ApprovedThere?.ToUnixTimeMilliseconds();
        row.RejectedHere = facts.RejectedHere?.ToUnixTimeMilliseconds();
        row.RejectedThere = facts.RejectedThere?.ToUnixTimeMilliseconds();
        row.SuspendedHere = facts.SuspendedHere?.ToUnixTimeMilliseconds();
        row.SuspendedThere = facts.SuspendedThere?.ToUnixTimeMilliseconds();
        row.Blocked = facts.Blocked?.ToUnixTimeMilliseconds();
        row.Revoked = facts.Revoked?.ToUnixTimeMilliseconds();
        row.RevokedBy = (int?)facts.RevokedBy;
        row.State = peer.State.Name();
        row.SeenInstallation = peer.Seen?.Installation.Value;
        row.SeenReason = peer.Seen?.Reason;
        row.Verified = peer.Verified?.ToUnixTimeMilliseconds();
        row.LastExchange = peer.LastExchange?.ToUnixTimeMilliseconds();
        row.LastError = peer.LastError;
        row.LastErrorAt = peer.LastErrorAt?.ToUnixTimeMilliseconds();
        row.ClockSkewMilliseconds = peer.ClockSkew is { } skew ? (long)skew.TotalMilliseconds : null;
        row.Hold(PeerKeyUse.Current, peer.Key);
        row.Hold(PeerKeyUse.Seen, peer.Seen?.Key);
    }

    public static Instant ToInstant(this long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);

    private static void Hold(this PeerRow row, PeerKeyUse use, PublicKey? key)
    {
        var held = row.Keys.Find(known => known.Use == use);
        if (key is null)
            row.Keys.RemoveAll(known => known.Use == use);
        else if (held is null)
            row.Keys.Add(new PeerKeyRow { PeerId = row.Id, Use = use, Thumbprint = key.Thumbprint.Value, Jwk = key.ToJwk() });
        else
            (held.Thumbprint, held.Jwk) = (key.Thumbprint.Value, key.ToJwk());
    }
}
