namespace PeerWeb.Core.Peers;

/// <summary>What became of one step in the life of a link; callers switch over it.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    /// <param name="Peer">As it is now.</param>
    /// <param name="Send">What the other side is told; null where it cannot or need not be.</param>
    public sealed record Done(Peer Peer, LinkMessage? Send) : Transition;

    /// <summary>It was so already; nothing changed and nothing is sent.</summary>
    public sealed record Unchanged(Peer Peer) : Transition;

    /// <param name="Reason">One sentence for the admin, or for the other side.</param>
    public sealed record Refused(string Reason) : Transition;
}
