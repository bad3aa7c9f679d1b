using System.Collections.Immutable;
using Fluxor;
using NodaTime;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing.Offers;

namespace PeerWeb.Features.Sharing.State;

/// <summary>What others offer to the viewer of one circuit.</summary>
[FeatureState]
public sealed record OffersState
{
    /// <summary>Null until they were read; the newest first.</summary>
    public IReadOnlyList<OfferCard>? Offers { get; init; }

    /// <summary>Those that are being answered.</summary>
    public ImmutableHashSet<OfferKey> Busy { get; init; } = [];

    public OffersNotice? Notice { get; init; }

    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>When the offers were read.</summary>
    public Instant Now { get; init; }

    /// <summary>How many wait for a first answer.</summary>
    public int OpenCount => Offers?.Count(offer => offer.Standing == OfferStanding.Open) ?? 0;
}

/// <param name="Link">Where what was accepted shows; null where nothing does.</param>
public sealed record OffersNotice(bool IsRefusal, string Text, string? Link = null);

/// <summary>From here on the state follows what comes and goes, until the circuit ends.</summary>
public sealed record WatchOffersAction;

public sealed record LoadOffersAction;

public sealed record OffersLoadedAction(IReadOnlyList<OfferCard> Offers, DateTimeZone Zone, Instant Now);

public sealed record AnswerOfferAction(OfferCard Offer, OfferAnswer Answer);

/// <summary>Puts an ended offer away.</summary>
public sealed record DismissOfferAction(OfferCard Offer);

public sealed record OfferAnsweredAction(OfferKey Key, OffersNotice Notice);

public sealed record OffersFailedAction(string Reason);

public static class OffersReducers
{
    [ReducerMethod]
    public static OffersState Loaded(OffersState state, OffersLoadedAction action) =>
        state with { Offers = action.Offers, Zone = action.Zone, Now = action.Now };

    [ReducerMethod]
    public static OffersState Answer(OffersState state, AnswerOfferAction action) => state with { Busy = state.Busy.Add(action.Offer.Key), Notice = null };

    [ReducerMethod]
    public static OffersState Dismiss(OffersState state, DismissOfferAction action) => state with { Busy = state.Busy.Add(action.Offer.Key), Notice = null };

    [ReducerMethod]
    public static OffersState Answered(OffersState state, OfferAnsweredAction action) =>
        state with { Busy = state.Busy.Remove(action.Key), Notice = action.Notice };

    [ReducerMethod]
    public static OffersState Failed(OffersState state, OffersFailedAction action) =>
        state with { Busy = [], Notice = new OffersNotice(IsRefusal: true, action.Reason) };
}
