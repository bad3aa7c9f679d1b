using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>What peers tell us of their grants. Each notice is a whole state: the newest version counts, in whatever order they come.</summary>
/// <remarks>Whether a recipient is there is never looked at, so that no answer tells who our users are.</remarks>
public sealed class ReceivedOffers(IDbContextFactory<PeerWebContext> contexts, OfferChanges changes, TimeProvider time) : ILinkEnded
{
    /// <summary>Offers of one peer, ended ones included.</summary>
    public const int MostOffers = 10_000;

    /// <summary>Longer than any message is repeated; until then an ended offer is kept, so that an old notice cannot bring it back.</summary>
    private static readonly Duration KeepEnded = Duration.FromDays(90);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Once per (peer, key), in one transaction: a repeat gets the outcome of the first, the same key over another body is refused.</summary>
    /// <param name="peer">Whose key signed the notice.</param>
    public async Task<ReceiveOutcome> ReceiveAsync(PeerId peer, GrantNotice notice, Receipt receipt, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.FirstOutcomeAsync(peer, receipt, cancellationToken) is { } first)
            return first;
        var link = await db.Set<PeerRow>().AsNoTracking().Where(row => row.Id == peer.Value).Select(row => new { row.Domain, row.Revoked })
            .FirstOrDefaultAsync(cancellationToken);
        if (link is not { Revoked: null })
            return new ReceiveOutcome.Refused("There is no such link.");
        var (outcome, isNew) = await TakeAsync(db, peer, notice, cancellationToken);
        await db.KeepOutcomeAsync(peer, receipt, outcome, Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (isNew)
            changes.Announce(new OfferChange(peer, Domain.Parse(link.Domain), notice.Collection, notice.Recipient, notice.IsEnd));
        return outcome;
    }

    /// <summary>With a link end its offers.</summary>
    public Task EndAsync(PeerWebContext context, PeerId peer, Instant now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        return context.Set<OfferRow>().Where(row => row.PeerId == peer.Value && row.Ended == null)
            .ExecuteUpdateAsync(row => row.SetProperty(offer => offer.Ended, at), cancellationToken);
    }

    public void Announce(Peer peer) => changes.Announce(new OfferChange(peer.Id, peer.Domain, Collection: null, Viewer: null, IsGone: true));

    private async Task<(ReceiveOutcome Outcome, bool IsNew)> TakeAsync(
        PeerWebContext db, PeerId peer, GrantNotice notice, CancellationToken cancellationToken)
    {
        var now = Now.ToUnixTimeMilliseconds();
        var row = await db.Set<OfferRow>().FirstOrDefaultAsync(
            offer => offer.PeerId == peer.Value && offer.GrantId == notice.Grant.Value, cancellationToken);
        if (row is null)
        {
            if (await IsFullAsync(db, peer, cancellationToken))
                return (notice.IsEnd ? new ReceiveOutcome.Accepted() : new ReceiveOutcome.Refused("There are too many offers of this installation."), false);
            db.Add(notice.ToRow(peer, now));
            return (new ReceiveOutcome.Accepted(), true);
        }
        if (!row.IsSameGrantAs(notice))
            return (new ReceiveOutcome.Refused("The grant's id was another grant's before."), false);
        if (notice.Version <= row.Version)
            return (new ReceiveOutcome.Accepted(), false);
        // What has ended must be offered, and accepted, anew.
        if (row.Ended is not null && !notice.IsEnd)
            return (new ReceiveOutcome.Refused("The grant has ended; a new one has an id of its own."), false);
        if (row.Ended is null)
            row.Take(notice, now);
        return (new ReceiveOutcome.Accepted(), true);
    }

    private async Task<bool> IsFullAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken)
    {
        var offers = db.Set<OfferRow>().Where(row => row.PeerId == peer.Value);
        if (await offers.CountAsync(cancellationToken) < MostOffers)
            return false;
        var old = (Now - KeepEnded).ToUnixTimeMilliseconds();
        return await offers.Where(row => row.Ended < old).ExecuteDeleteAsync(cancellationToken) == 0;
    }
}
