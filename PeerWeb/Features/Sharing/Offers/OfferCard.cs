using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.Offers;

/// <summary>How an offer stands for its reader.</summary>
public enum OfferStanding
{
    /// <summary>Waits for a first answer.</summary>
    Open,
    Accepted,

    /// <summary>Declined, or left after it was accepted; can be accepted at any time.</summary>
    PutAside,

    /// <summary>The owner took it back.</summary>
    Ended,
}

/// <summary>One offer as its reader sees it.</summary>
/// <param name="Owner">The address of who offers.</param>
/// <param name="Home">Name of the owner's installation.</param>
/// <param name="Noun">"calendar".</param>
public sealed record OfferCard(Offer Offer, Address Owner, string Home, string Noun)
{
    public GrantNotice Notice => Offer.Notice;

    public OfferKey Key => new(Offer.Peer, Notice.Grant);

    /// <summary>The value of <c>data-source</c>.</summary>
    public string Source => $"{Owner}/{Notice.App}/{Notice.Collection?.ToString() ?? "all"}";

    public OfferStanding Standing => Offer switch
    {
        { Ended: not null } => OfferStanding.Ended,
        { Answer: OfferAnswer.Accepted } => OfferStanding.Accepted,
        { Answered: null } => OfferStanding.Open,
        _ => OfferStanding.PutAside,
    };

    /// <summary>The value of <c>data-state</c>.</summary>
    public string StateName => Standing switch
    {
        OfferStanding.Open => "open",
        OfferStanding.Accepted => "accepted",
        OfferStanding.PutAside => Offer.Answer == OfferAnswer.Declined ? "declined" : "left",
        OfferStanding.Ended => "ended",
    };

    /// <summary>The names of what is offered: "Work and Home"; at most five.</summary>
    public string What
    {
        get
        {
            var names = Notice.Covered.Select(collection => $"“{DisplayText.Excerpt(collection.Name, 60)}”").ToList();
            var shown = names.Count > 5 ? [.. names.Take(4), $"{names.Count - 4} more"] : names;
            return shown.Count switch
            {
                0 => Notice.Collection is null ? $"no {Noun} yet" : $"a {Noun}",
                1 => shown[0],
                _ => $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}",
            };
        }
    }

    /// <summary>"You can read, add and edit."</summary>
    public string Rights
    {
        get
        {
            var rights = Notice.Rights.InEffect();
            if (rights == Core.Primitives.Rights.FreeBusy)
                return "You can see when it is busy.";
            var words = Matrix.RightColumn.Words(rights & ~Core.Primitives.Rights.FreeBusy).Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word == "private" ? "see what is private" : word).ToArray();
            return words switch
            {
                [] => "It gives nothing yet.",
                [var one] => $"You can {one}.",
                _ => $"You can {string.Join(", ", words.SkipLast(1))} and {words[^1]}.",
            };
        }
    }
}

/// <summary>Names one offer.</summary>
public sealed record OfferKey(PeerId Peer, GrantId Grant);
