using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.PeerApi.Messages;

namespace PeerWeb.PeerApi.Live;

/// <summary>A peer says what its users have open of ours, and hears what of it is leased. Repeating it does no harm, so no receipt is kept.</summary>
internal sealed class LeaseMessages(LeaseGuard guard) : IPeerMessageHandler
{
    public string Kind => LiveMessageKinds.Lease;

    public MessageShape Shape { get; } = new(typeof(WireLease), typeof(WireLeased), IsRepeated: false, "These views are open: tell us when they change");

    public async Task<IResult> HandleAsync(PeerId peer, ReadOnlyMemory<byte> body, Receipt? receipt, CancellationToken cancellationToken)
    {
        var lease = PeerBody.Read<WireLease>(body);
        // The reader refuses null for a member, not inside of a list.
        if (lease.Views.Any(view => view is null))
            throw Malformed("A view is not what it must be.");
        if (lease.Views.Count > WireLease.MostViews || lease.Views.Sum(view => view.Collections.Count) > WireLease.MostCollections)
            throw Malformed($"A lease is of at most {WireLease.MostViews} views and {WireLease.MostCollections} collections.");
        var views = lease.Views.Select(view => (View: view, Holder: HolderOf(peer, view), Wanted: LiveIds.Read(view.Collections))).ToList();
        var given = new List<WireOpenView>();
        foreach (var (view, holder, wanted) in views)
        {
            var ids = await guard.GiveAsync(holder, wanted, cancellationToken);
            if (ids.Count > 0)
                given.Add(view with { Collections = [.. ids.Select(id => id.ToString())] });
        }
        return new PeerAnswer<WireLeased>(new WireLeased(given, (int)Leases.Length.TotalSeconds));
    }

    /// <summary>A user of the peer whose key signed, and nobody else.</summary>
    private static Actor.Remote HolderOf(PeerId peer, WireOpenView view)
    {
        try
        {
            var actor = ActorField.Create(view.User, view.Groups ?? []);
            return new Actor.Remote(peer, UserName.Parse(actor.User), actor.Groups);
        }
        catch (FormatException)
        {
            throw Malformed("A view names no user, or groups that are none.");
        }
    }

    private static PeerCallException Malformed(string reason) => new(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, reason);
}
