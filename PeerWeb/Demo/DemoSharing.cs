using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Todos;
using PeerWeb.Demo.Data;

namespace PeerWeb.Demo;

/// <summary>Gives the demo's grants on one side, and accepts their offers on the other, each once: what people change afterwards stays, over restarts too.</summary>
internal sealed class DemoSharing(DemoSide side, SqlGrants grants, GrantDeliveries deliveries, SqlOffers offers)
{
    private const Rights Everything = Rights.Read | Rights.Add | Rights.Edit | Rights.Delete;

    /// <summary>All that somebody has of an app, for somebody on the other side; nobody gives somebody two.</summary>
    private static readonly (DemoPerson Owner, AppId App, DemoPerson Reader, Rights Rights)[] Shares =
    [
        (DemoPerson.Ada, CalendarApp.AppId, DemoPerson.Sam, Rights.Read | Rights.Add | Rights.Edit),
        (DemoPerson.Bob, CalendarApp.AppId, DemoPerson.Sam, Rights.Read),
        (DemoPerson.Sam, TodoApp.AppId, DemoPerson.Ada, Everything),
        (DemoPerson.Grace, AddressBookApp.AppId, DemoPerson.Ada, Rights.Read),
    ];

    /// <returns>Whether this side is through.</returns>
    public async Task<bool> StepAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var isThrough = true;
        foreach (var (owner, app, reader, rights) in Shares)
        {
            if (side.People.Contains(owner))
                await GrantAsync(peer, UserName.Parse(owner.User), app, UserName.Parse(reader.User), rights, cancellationToken);
            else
                isThrough &= await AcceptAsync(peer, UserName.Parse(owner.User), UserName.Parse(reader.User), cancellationToken);
        }
        return isThrough;
    }

    private async Task GrantAsync(PeerId peer, UserName owner, AppId app, UserName reader, Rights rights, CancellationToken cancellationToken)
    {
        var told = await deliveries.ListAsync(owner, cancellationToken);
        if (told.Any(delivery => delivery.Peer == peer && delivery.Notice.Recipient == reader))
            return;
        // Where there is a grant from before, version 0 changes nothing.
        var grant = new GrantChange(app, Collection: null, new Principal.RemoteUser(peer, reader), rights, Rights.None, Version: 0);
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
