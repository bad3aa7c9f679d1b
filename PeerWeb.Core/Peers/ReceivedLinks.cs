using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>What other installations tell us about links, behind the peer API. Nothing here fetches or sends anything.</summary>
public sealed class ReceivedLinks(IPeerBook book, HomeSource homeSource, TimeProvider time)
{
    private const string NoSuchLink = "There is no such link.";

    /// <param name="claim">Its signature held under the key it carries.</param>
    public async Task<ReceiveOutcome> RequestAsync(LinkMessage.Request claim, CancellationToken cancellationToken)
    {
        var home = await homeSource(cancellationToken);
        return await book.ChangeAsync(peers => LinkRequests.Receive(peers, claim, home, Now), cancellationToken);
    }

    /// <param name="peer">A row whose key signed the message; which link of that key it is about, the message says.</param>
    public async Task<ReceiveOutcome> ReceiveAsync(PeerId peer, LinkMessage message, Receipt receipt, CancellationToken cancellationToken)
    {
        var home = await homeSource(cancellationToken);
        return await book.ReceiveAsync(peer, receipt, peers => Decide(peers, peer, message, home), cancellationToken);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private BookChange<ReceiveOutcome> Decide(IReadOnlyList<Peer> peers, PeerId id, LinkMessage message, Home home)
    {
        if (peers.FirstOrDefault(row => row.Id == id) is not { } signer)
            return Nothing(new ReceiveOutcome.Refused(NoSuchLink));
        if (LinkRequests.Named(peers, signer.Key.Thumbprint, message.Link) is not { } peer)
            return Nothing(message is LinkMessage.Revoke ? new ReceiveOutcome.Accepted() : new ReceiveOutcome.Refused(NoSuchLink));
        var transition = message switch
        {
            LinkMessage.Approve approve => LinkReceipts.Approved(peer, home, approve.Pair, Now),
            LinkMessage.Reject => LinkReceipts.Rejected(peer, Now),
            LinkMessage.Suspend => LinkReceipts.Suspended(peer, Now),
            LinkMessage.Resume => LinkReceipts.Resumed(peer),
            LinkMessage.Revoke => LinkReceipts.Revoked(peer, Now),
            _ => new Transition.Refused("A request begins a link; it cannot be part of one."),
        };
        return transition switch
        {
            Transition.Refused refused => Nothing(new ReceiveOutcome.Refused(refused.Reason)),
            Transition.Done done => new(new ReceiveOutcome.Accepted(), [Heard(done.Peer, message)], []),
            _ => new(new ReceiveOutcome.Accepted(), [Heard(peer, message)], []),
        };
    }

    private static BookChange<ReceiveOutcome> Nothing(ReceiveOutcome outcome) => new(outcome, [], []);

    private Peer Heard(Peer peer, LinkMessage message) => peer with { LastExchange = Now, Theirs = message.Link.Sender };
}
