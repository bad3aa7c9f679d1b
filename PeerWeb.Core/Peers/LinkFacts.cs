using NodaTime;

namespace PeerWeb.Core.Peers;

public enum LinkSide
{
    Here = 0,
    There = 1,
}

/// <summary>Everything that happened to a link, each as the instant at which it did; what it comes to is computed, never stored.</summary>
public sealed record LinkFacts
{
    public Instant? AskedHere { get; init; }

    public Instant? AskedThere { get; init; }

    public Instant? ApprovedHere { get; init; }

    public Instant? ApprovedThere { get; init; }

    public Instant? RejectedHere { get; init; }

    public Instant? RejectedThere { get; init; }

    public Instant? SuspendedHere { get; init; }

    public Instant? SuspendedThere { get; init; }

    public Instant? Blocked { get; init; }

    public Instant? Revoked { get; init; }

    /// <summary>Who revoked; null while nobody has.</summary>
    public LinkSide? RevokedBy { get; init; }

    /// <summary>Nothing was done here yet: it counts among the pending requests and goes after 30 days.</summary>
    public bool IsUntouchedHere => (AskedHere ?? ApprovedHere ?? RejectedHere) is null && RevokedBy != LinkSide.Here;

    public bool IsApprovedByBoth => ApprovedHere is not null && ApprovedThere is not null;

    /// <exception cref="InvalidOperationException">Nothing happened: such a link is never kept.</exception>
    public LinkState State =>
        Revoked is not null ? LinkState.Revoked
        : Blocked is not null ? LinkState.Blocked
        : (RejectedHere ?? RejectedThere) is not null ? LinkState.Rejected
        : IsApprovedByBoth && (SuspendedHere ?? SuspendedThere) is not null ? LinkState.Suspended
        : Table();

    private LinkState Table() => (Of(AskedHere, ApprovedHere), Of(AskedThere, ApprovedThere)) switch
    {
        (Step.Nothing, Step.Nothing) => throw new InvalidOperationException("A link with which nothing happened has no state."),
        (Step.Nothing, Step.Asked) => LinkState.Incoming,
        (Step.Nothing, Step.Approved) => LinkState.WaitingOurs,
        (Step.Asked, Step.Nothing) => LinkState.Outgoing,
        (Step.Asked, Step.Asked) => LinkState.BothAsked,
        (Step.Asked, Step.Approved) => LinkState.WaitingOurs,
        (Step.Approved, Step.Nothing) => LinkState.ApprovedHere,
        (Step.Approved, Step.Asked) => LinkState.WaitingTheirs,
        (Step.Approved, Step.Approved) => LinkState.Active,
    };

    private static Step Of(Instant? asked, Instant? approved) =>
        approved is not null ? Step.Approved : asked is not null ? Step.Asked : Step.Nothing;

    private enum Step
    {
        Nothing,
        Asked,
        Approved,
    }
}
