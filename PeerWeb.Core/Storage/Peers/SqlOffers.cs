using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>The offers in the entry database, as each user has them before them.</summary>
public sealed class SqlOffers(IDbContextFactory<PeerWebContext> contexts, OfferChanges changes, TimeProvider time) : IOfferBook
{
    public async Task<IReadOnlyList<Offer>> ListAsync(UserName viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from offer in OffersTo(db, viewer).AsNoTracking()
            join answer in db.Set<OfferAnswerRow>().AsNoTracking().Where(row => row.User == viewer.Value)
                on new { offer.PeerId, offer.GrantId } equals new { answer.PeerId, answer.GrantId } into answers
            from answer in answers.DefaultIfEmpty()
            where offer.Ended == null || (answer != null && answer.Answer == OfferAnswer.Accepted && !answer.IsDismissed)
            orderby offer.Received descending, offer.GrantId descending
            select new { offer, answer }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.offer.ToOffer(row.answer))];
    }

    public Task<bool> AnswerAsync(UserName viewer, PeerId peer, GrantId grant, OfferAnswer answer, CancellationToken cancellationToken) =>
        ChangeAsync(viewer, peer, grant, (offer, before, now) =>
        {
            if (offer.Ended is not null && before?.Answer != OfferAnswer.Accepted)
                return null;
            var row = before ?? new OfferAnswerRow { PeerId = peer.Value, GrantId = grant.Value, User = viewer.Value, Answer = answer, Answered = now };
            if (row.Answer != answer)
                (row.Answer, row.Answered) = (answer, now);
            return row;
        }, cancellationToken);

    public Task<bool> DismissAsync(UserName viewer, PeerId peer, GrantId grant, CancellationToken cancellationToken) =>
        ChangeAsync(viewer, peer, grant, (offer, before, _) =>
        {
            if (offer.Ended is null || before is not { Answer: OfferAnswer.Accepted, IsDismissed: false })
                return null;
            before.IsDismissed = true;
            return before;
        }, cancellationToken);

    /// <summary>The first offer of an owner to one user that came, whatever became of it; null where none did.</summary>
    public async Task<Offer?> FirstAsync(PeerId peer, UserName owner, UserName recipient, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var offer = await db.Set<OfferRow>().AsNoTracking()
            .Where(row => row.PeerId == peer.Value && row.Owner == owner.Value && row.Recipient == recipient.Value)
            .OrderBy(row => row.Received).ThenBy(row => row.GrantId).FirstOrDefaultAsync(cancellationToken);
        if (offer is null)
            return null;
        var answer = await db.Set<OfferAnswerRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.PeerId == offer.PeerId && row.GrantId == offer.GrantId && row.User == recipient.Value, cancellationToken);
        return offer.ToOffer(answer);
    }

    private static IQueryable<OfferRow> OffersTo(PeerWebContext db, UserName viewer) =>
        db.Set<OfferRow>().Where(row => row.Recipient == viewer.Value || row.Recipient == "");

    /// <param name="decide">The viewer's answer as it is to be; null where there is nothing to do.</param>
    private async Task<bool> ChangeAsync(
        UserName viewer, PeerId peer, GrantId grant, Func<OfferRow, OfferAnswerRow?, long, OfferAnswerRow?> decide, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var offer = await OffersTo(db, viewer).FirstOrDefaultAsync(row => row.PeerId == peer.Value && row.GrantId == grant.Value, cancellationToken);
        if (offer is null)
            return false;
        var before = await db.Set<OfferAnswerRow>().FirstOrDefaultAsync(
            row => row.PeerId == peer.Value && row.GrantId == grant.Value && row.User == viewer.Value, cancellationToken);
        if (decide(offer, before, time.GetUtcNow().ToUnixTimeMilliseconds()) is not { } answer)
            return false;
        if (before is null)
            db.Add(answer);
        await db.SaveChangesAsync(cancellationToken);
        var domain = await db.Set<PeerRow>().Where(row => row.Id == peer.Value).Select(row => row.Domain).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var shows = answer is { Answer: OfferAnswer.Accepted, IsDismissed: false } && offer.Ended is null;
        CollectionId? collection = offer.CollectionId.Length == 0 ? null : new CollectionId(Guid.Parse(offer.CollectionId));
        changes.Announce(new OfferChange(peer, Domain.Parse(domain), collection, viewer, IsGone: !shows));
        return true;
    }
}
