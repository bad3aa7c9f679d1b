using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>The peer book in the entry database.</summary>
/// <param name="ended">Asked in the transaction of every revoke, ours and theirs.</param>
public sealed class SqlPeerBook(
    IDbContextFactory<PeerWebContext> contexts, IEnumerable<ILinkEnded> ended, PeerChanges changes, OutboxSignal outbox, TimeProvider time) : IPeerBook
{
    private static readonly Duration RevokedKeyLifetime = Duration.FromDays(90);

    // Every signed request asks one of these and every answer the other: they are translated once.
    private static readonly Compiled<Func<PeerWebContext, Guid, CancellationToken, Task<PeerRow?>>> ById = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, Guid id, CancellationToken _) =>
            db.Set<PeerRow>().AsNoTracking().Include(row => row.Keys).FirstOrDefault(row => row.Id == id)));

    private static readonly Compiled<Func<PeerWebContext, string, IAsyncEnumerable<PeerRow>>> ByKey = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, string thumbprint) => db.Set<PeerRow>().AsNoTracking().Include(row => row.Keys)
            .Where(row => row.Keys.Any(key => key.Use == PeerKeyUse.Current && key.Thumbprint == thumbprint))));

    public async Task<IReadOnlyList<Peer>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<PeerRow>().AsNoTracking().Include(row => row.Keys).OrderBy(row => row.FirstSeen).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => !IsExpired(row)).Select(row => row.ToPeer())];
    }

    public async Task<Peer?> FindAsync(PeerId id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await ById.For(context)(context, id.Value, cancellationToken);
        return row is null || IsExpired(row) ? null : row.ToPeer();
    }

    public async Task<Peer?> FindByKeyAsync(KeyThumbprint thumbprint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await ByKey.For(context)(context, thumbprint.Value).ToListAsync(cancellationToken);
        var forgotten = (Now - RevokedKeyLifetime).ToUnixTimeMilliseconds();
        // The same key asks twice only with another id or domain; the row that the admin dealt with is the one it speaks for.
        return rows.Where(row => !IsExpired(row) && !(row.Revoked <= forgotten))
            .OrderBy(row => -(row.Revoked ?? long.MaxValue)).ThenBy(row => row.Verified is null).ThenBy(row => row.FirstSeen).FirstOrDefault()?.ToPeer();
    }

    public async Task<T> ChangeAsync<T>(Func<IReadOnlyList<Peer>, BookChange<T>> decide, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWriteAsync(cancellationToken);
        var (change, over) = await ApplyAsync(context, decide, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Announce(change, over);
        return change.Answer;
    }

    public async Task<ReceiveOutcome> ReceiveAsync(
        PeerId peer, Receipt receipt, Func<IReadOnlyList<Peer>, BookChange<ReceiveOutcome>> decide, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWriteAsync(cancellationToken);
        if (await context.FirstOutcomeAsync(peer, receipt, cancellationToken) is { } first)
            return first;

        var (change, over) = await ApplyAsync(context, decide, cancellationToken);
        await context.KeepOutcomeAsync(peer, receipt, change.Answer, Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Announce(change, over);
        return change.Answer;
    }

    public async Task RecordContactAsync(PeerId peer, PeerContact contact, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var at = contact.At.ToUnixTimeMilliseconds();
        var skew = (long?)contact.ClockSkew?.TotalMilliseconds;
        var row = context.Set<PeerRow>().Where(row => row.Id == peer.Value);
        var written = contact.Error is { } error
            ? await row.ExecuteUpdateAsync(
                set => set.SetProperty(p => p.LastError, error).SetProperty(p => p.LastErrorAt, at)
                    .SetProperty(p => p.ClockSkewMilliseconds, p => skew ?? p.ClockSkewMilliseconds),
                cancellationToken)
            : await row.ExecuteUpdateAsync(
                set => set.SetProperty(p => p.LastError, (string?)null).SetProperty(p => p.LastErrorAt, (long?)null)
                    .SetProperty(p => p.LastExchange, at).SetProperty(p => p.ClockSkewMilliseconds, p => skew ?? p.ClockSkewMilliseconds),
                cancellationToken);
        if (written > 0)
            changes.Announce();
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task<(BookChange<T> Change, IReadOnlyList<Peer> Over)> ApplyAsync<T>(
        PeerWebContext context, Func<IReadOnlyList<Peer>, BookChange<T>> decide, CancellationToken cancellationToken)
    {
        var rows = await context.Set<PeerRow>().Include(row => row.Keys).OrderBy(row => row.FirstSeen).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var expired = rows.Where(IsExpired).ToList();
        context.RemoveRange(expired);
        var known = rows.Except(expired).ToDictionary(row => row.Id);
        var change = decide([.. known.Values.Select(row => row.ToPeer())]);
        var over = new List<Peer>();
        foreach (var peer in change.Saved)
        {
            var before = known.GetValueOrDefault(peer.Id.Value);
            var ends = peer.State == LinkState.Revoked && before is not null && before.Revoked is null;
            if (before is null)
                context.Add(peer.ToNewRow());
            else
                before.Take(peer);
            if (!ends)
                continue;
            over.Add(peer);
            await EndAsync(context, peer, cancellationToken);
        }
        foreach (var message in change.Sent)
            context.AppendMessage(message.Peer, message.Draft, Now);
        await context.SaveChangesAsync(cancellationToken);
        return (change, over);
    }

    private async Task EndAsync(PeerWebContext context, Peer peer, CancellationToken cancellationToken)
    {
        await context.WithdrawMessagesAsync(peer.Id, Now, cancellationToken);
        foreach (var part in ended)
            await part.EndAsync(context, peer.Id, Now, cancellationToken);
    }

    private bool IsExpired(PeerRow row) =>
        row is { AskedHere: null, ApprovedHere: null, RejectedHere: null } && row.RevokedBy != (int)LinkSide.Here
        && Math.Max(row.FirstSeen, row.AskedAgain ?? 0).ToInstant() + LinkRequests.PendingLifetime <= Now;

    private void Announce<T>(BookChange<T> change, IReadOnlyList<Peer> over)
    {
        foreach (var (peer, part) in from peer in over from part in ended select (peer, part))
            part.Announce(peer);
        if (change.Saved.Count > 0)
            changes.Announce();
        if (change.Sent.Count > 0)
            outbox.Raise();
    }
}
