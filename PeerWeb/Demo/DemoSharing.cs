using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Demo;

/// <summary>Gives the demo's grants on one side, and accepts their offers on the other, each once: what people change afterwards stays, over restarts too.</summary>
internal sealed class DemoSharing(DemoSide side, SqlGrants grants, GrantDeliveries deliveries, SqlOffers offers)
{
    /// <summary>All calendars of somebody at Acme, for somebody at Globex.</summary>
    private static readonly (UserName Owner, UserName Reader, Rights Rights)[] Calendars =
    [
        (UserName.Parse("ada"), UserName.Parse("sam"), Rights.Read | Rights.Add | Rights.Edit),
        (UserName.Parse("bob"), UserName.Parse("sam"), Rights.Read),
    ];

    /// <returns>Whether this side is through.</returns>
    public async Task<bool> StepAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var isThrough = true;
        foreach (var (owner, reader, rights) in Calendars)
        {
            if (side.AsksForLink)
                await GrantAsync(peer, owner, reader, rights, cancellationToken);
            else
                isThrough &= await AcceptAsync(peer, owner, reader, cancellationToken);
        }
        return isThrough;
    }

    private async Task GrantAsync(PeerId peer, UserName owner, UserName reader, Rights rights, CancellationToken cancellationToken)
    {
        var told = await deliveries.ListAsync(owner, cancellationToken);
        if (told.Any(delivery => delivery.Peer == peer && delivery.Notice.Recipient == reader))
            return;
        // Where there is a grant from before, version 0 changes nothing.
        var grant = new GrantChange(CalendarApp.AppId, Collection: null, new Principal.RemoteUser(peer, reader), rights, Rights.None, Version: 0);
        await grants.SaveAsync(owner, [grant], cancellationToken);
    }

    /// <returns>Whether the reader answered, now or long ago, or there is nothing to answer any more.</returns>
    private async Task<bool> AcceptAsync(PeerId peer, UserName owner, UserName reader, CancellationToken cancellationToken)
    {
        if (await offers.FirstAsync(peer, owner, reader, cancellationToken) is not { } offer)
            return false;
        if (offer is { Answered: null, Ended: null })
            await offers.AnswerAsync(reader, peer, offer.Notice.Grant, OfferAnswer.Accepted, cancellationToken);
        return true;
    }
}
