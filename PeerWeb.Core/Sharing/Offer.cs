using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>What a user did with an offer. The numbers are stored.</summary>
public enum OfferAnswer
{
    /// <summary>Not answered yet: its source does not show.</summary>
    Open = 0,
    Accepted = 1,
    Declined = 2,
}

/// <summary>A grant of somebody at a peer, as one user of ours has it before them.</summary>
/// <param name="Notice">As last told.</param>
/// <param name="Received">When it first came.</param>
/// <param name="Changed">When its rights last changed.</param>
/// <param name="Ended">When the owner took it back; null while it stands.</param>
/// <param name="Answered">When the user last answered, leaving included; null until they did.</param>
public sealed record Offer(
    PeerId Peer, GrantNotice Notice, Instant Received, Instant Changed, Instant? Ended, OfferAnswer Answer, Instant? Answered)
{
    public bool Covers(UserName owner, AppId app, CollectionId collection) =>
        Notice.Owner == owner && Notice.App == app && (Notice.Collection is null || Notice.Collection == collection);
}

/// <summary>The offers that came from peers, and what our users answered. Accepting only makes a source show; rights are the owner's to decide.</summary>
public interface IOfferBook
{
    /// <summary>All offers to a user, the newest first; ended ones only where they were accepted and not put away.</summary>
    Task<IReadOnlyList<Offer>> ListAsync(UserName viewer, CancellationToken cancellationToken);

    /// <summary>Accepts, declines, or (Open after Accepted) leaves again.</summary>
    /// <returns>False where there is no such offer for this user, or it has ended and was not accepted.</returns>
    Task<bool> AnswerAsync(UserName viewer, PeerId peer, GrantId grant, OfferAnswer answer, CancellationToken cancellationToken);

    /// <summary>Puts away an ended offer, so that its source no longer shows as refused.</summary>
    Task<bool> DismissAsync(UserName viewer, PeerId peer, GrantId grant, CancellationToken cancellationToken);
}
