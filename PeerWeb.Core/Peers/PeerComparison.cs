using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>One signed call that asks a peer what it can do, and changes nothing on either side.</summary>
public interface IMethodsProbe
{
    /// <summary>A failure is an answer with an error, never thrown.</summary>
    Task<MethodsAnswer> AskMethodsAsync(PeerId peer, CancellationToken cancellationToken);
}

/// <param name="Error">One sentence; null where a signed answer came.</param>
/// <param name="Methods">Null, without an error, where the peer is from before there was this question.</param>
public sealed record MethodsAnswer(string? Error, PeerMethods? Methods);

/// <summary>What a peer can do beside what we can.</summary>
public abstract record MethodComparison
{
    private MethodComparison()
    {
    }

    /// <param name="OnlyThere">What it can do and we cannot.</param>
    /// <param name="OnlyHere">What we can do and it cannot.</param>
    public sealed record Known(IReadOnlyList<MethodGap> OnlyThere, IReadOnlyList<MethodGap> OnlyHere) : MethodComparison;

    /// <summary>The peer does not say what it can do.</summary>
    public sealed record NotSaid : MethodComparison;

    /// <param name="Reason">One sentence for the admin.</param>
    public sealed record Failed(string Reason) : MethodComparison;
}

/// <summary>Compares what a peer can do with what we can: the one use case behind the page and the command line.</summary>
public sealed class PeerComparison(IMethodsProbe probe, OwnMethods own)
{
    public async Task<MethodComparison> CompareAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var answer = await probe.AskMethodsAsync(peer, cancellationToken);
        if (answer.Error is { } reason)
            return new MethodComparison.Failed(reason);
        if (answer.Methods is not { } theirs)
            return new MethodComparison.NotSaid();
        var ours = own();
        return new MethodComparison.Known(theirs.Beyond(ours), ours.Beyond(theirs));
    }
}
