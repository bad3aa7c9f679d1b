using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>What an admin does with peers: the one set of use cases behind the page and the command line.</summary>
public sealed class PeerLinks(
    IPeerBook book, IDiscoveryClient discovery, ILinkProbe probe, HomeSource homeSource, LinkMessageWriter write, TimeProvider time)
{
    public Task<IReadOnlyList<Peer>> ListAsync(CancellationToken cancellationToken) => book.ListAsync(cancellationToken);

    public ValueTask<Home> HomeAsync(CancellationToken cancellationToken) => homeSource(cancellationToken);

    /// <summary>Asks a domain who it is. Changes nothing.</summary>
    public async Task<LookUpOutcome> LookUpAsync(Domain domain, CancellationToken cancellationToken)
    {
        var home = await homeSource(cancellationToken);
        if (domain == home.Domain)
            return new LookUpOutcome.Failed("That is this installation.");
        try
        {
            var found = await discovery.FetchAsync(domain, cancellationToken);
            return found.Installation == home.Installation || found.Key.Thumbprint == home.Key.Thumbprint
                ? new LookUpOutcome.Failed("That is this installation under another name.")
                : new LookUpOutcome.Found(found);
        }
        catch (DiscoveryFailedException failure)
        {
            return new LookUpOutcome.Failed(failure.Message);
        }
    }

    /// <summary>Asks for a link with the installation at a domain.</summary>
    /// <param name="shown">The thumbprint the admin saw at look-up; null where none was shown.</param>
    public async Task<Transition> RequestAsync(Domain domain, KeyThumbprint? shown, CancellationToken cancellationToken)
    {
        switch (await LookUpAsync(domain, cancellationToken))
        {
            case LookUpOutcome.Failed failed:
                return new Transition.Refused(failed.Reason);
            case LookUpOutcome.Found { Installation: var found } when shown is null || shown == found.Key.Thumbprint:
                var home = await homeSource(cancellationToken);
                return await book.ChangeAsync(peers => Write(LinkRequests.Ask(peers, found, home, Now)), cancellationToken);
            default:
                return new Transition.Refused("The installation shows another fingerprint than a moment ago. Look it up again.");
        }
    }

    /// <summary>Opens a row: asks the domain it claims for id and key. Both must match, else the row is blocked.</summary>
    public async Task<Transition> OpenAsync(PeerId id, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is not { } peer)
            return Gone;
        if (peer.State == LinkState.Revoked)
            return new Transition.Refused("The link was revoked.");
        try
        {
            var found = await discovery.FetchAsync(peer.Domain, cancellationToken);
            return await ChangeAsync(id, (current, _) => LinkTransitions.Verify(current, found, Now), cancellationToken);
        }
        catch (DiscoveryFailedException failure)
        {
            await book.RecordContactAsync(id, new PeerContact(Now, failure.Message, null), cancellationToken);
            return new Transition.Refused(failure.Message);
        }
    }

    public async Task<Transition> ApproveAsync(PeerId id, Approval approval, CancellationToken cancellationToken)
    {
        var home = await homeSource(cancellationToken);
        return await ChangeAsync(id, (peer, others) => LinkRequests.Approve(peer, others, home, approval, Now), cancellationToken);
    }

    public Task<Transition> RejectAsync(PeerId id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (peer, _) => LinkTransitions.Reject(peer, Now), cancellationToken);

    public Task<Transition> SuspendAsync(PeerId id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (peer, _) => LinkTransitions.Suspend(peer, Now), cancellationToken);

    public Task<Transition> ResumeAsync(PeerId id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (peer, _) => LinkTransitions.Resume(peer), cancellationToken);

    public Task<Transition> RevokeAsync(PeerId id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (peer, _) => LinkTransitions.Revoke(peer, Now), cancellationToken);

    /// <summary>Checks a link from end to end: its discovery, then one signed call.</summary>
    public async Task<PeerCheck> TestAsync(PeerId id, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(id, cancellationToken);
        if (opened is Transition.Refused refused)
            return new PeerCheck(refused.Reason, null);
        if (await book.FindAsync(id, cancellationToken) is not { } peer)
            return new PeerCheck("There is no such peer.", null);
        if (peer.State == LinkState.Blocked)
            return new PeerCheck(peer.Seen?.Reason ?? "The link is blocked.", null);
        var answer = await probe.ProbeAsync(id, cancellationToken);
        await book.RecordContactAsync(id, new PeerContact(Now, answer.Error, answer.ClockSkew), cancellationToken);
        return new PeerCheck(null, answer);
    }

    private static Transition Gone => new Transition.Refused("There is no such peer.");

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private Task<Transition> ChangeAsync(PeerId id, Func<Peer, IReadOnlyList<Peer>, Transition> step, CancellationToken cancellationToken) =>
        book.ChangeAsync(
            peers => peers.FirstOrDefault(peer => peer.Id == id) is { } peer
                ? Write(step(peer, peers))
                : new BookChange<Transition>(Gone, [], []),
            cancellationToken);

    private BookChange<Transition> Write(Transition transition) => transition switch
    {
        Transition.Done { Peer: var peer, Send: { } message } => new(transition, [peer], [new OutgoingMessage(peer.Id, write(message))]),
        Transition.Done { Peer: var peer } => new(transition, [peer], []),
        _ => new(transition, [], []),
    };
}
