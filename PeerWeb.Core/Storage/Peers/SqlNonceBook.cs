using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Nonces in the entry database. Each is on the disk before its request is looked at, by a commit that it shares with who else writes just then.</summary>
public sealed class SqlNonceBook(GroupCommit commits, TimeProvider time) : INonceBook
{
    private const string Burn =
        """
        DELETE FROM "nonces" WHERE "Expires" < @now;
        INSERT INTO "nonces" ("PeerId", "Nonce", "Expires") VALUES (@peer, @nonce, @expires) ON CONFLICT DO NOTHING RETURNING 1
        """;

    public Task<bool> TryBurnAsync(PeerId peer, string nonce, Instant expires, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return commits.WriteAsync(entries: 1, db => BurnAsync(db, peer, nonce, expires, now), cancellationToken);
    }

    private static async Task<bool> BurnAsync(PeerWebContext db, PeerId peer, string nonce, Instant expires, Instant now)
    {
        await using var command = InstanceTable.CommandOf(db, Burn);
        command.Add("now", now.ToUnixTimeMilliseconds());
        command.Add("peer", peer.Value);
        command.Add("nonce", nonce);
        command.Add("expires", expires.ToUnixTimeMilliseconds());
        return await command.ExecuteScalarAsync() is not null;
    }
}
