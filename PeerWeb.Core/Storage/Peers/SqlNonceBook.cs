using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Peers;

public sealed class SqlNonceBook(IDbContextFactory<PeerWebContext> contexts, TimeProvider time) : INonceBook
{
    public async Task<bool> TryBurnAsync(PeerId peer, string nonce, Instant expires, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeMilliseconds();
        await context.Set<NonceRow>().Where(row => row.Expires < now).ExecuteDeleteAsync(cancellationToken);
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "nonces" ("PeerId", "Nonce", "Expires") VALUES ({peer.Value}, {nonce}, {expires.ToUnixTimeMilliseconds()}) ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
