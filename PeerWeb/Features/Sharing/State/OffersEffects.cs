using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Sharing.Offers;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing.State;

/// <summary>Reads and answers what others offer, as the signed-in user of the circuit, and follows what comes.</summary>
public sealed partial class OffersEffects(
    IOfferBook book,
    IPeerBook peers,
    AppRegistry apps,
    OfferChanges changes,
    AuthenticationStateProvider viewer,
    ViewerZone zone,
    TimeProvider time,
    ILogger<OffersEffects> log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>One after the other: what was read before an answer never shows after it.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private Action<OfferChange>? _watching;
    private bool _isReadDue;

    [EffectMethod]
    public Task HandleWatch(WatchOffersAction action, IDispatcher dispatcher)
    {
        if (_watching is null)
        {
            _watching = _ => dispatcher.Dispatch(new LoadOffersAction());
            changes.Changed += _watching;
        }
        return HandleLoad(new LoadOffersAction(), dispatcher);
    }

    [EffectMethod]
    public Task HandleLoad(LoadOffersAction action, IDispatcher dispatcher) =>
        // One that waits for its turn will see this change, too.
        Interlocked.Exchange(ref _isReadDue, true) ? Task.CompletedTask : GuardAsync(dispatcher, () => ReadAsync(dispatcher));

    [EffectMethod]
    public Task HandleAnswer(AnswerOfferAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async () =>
    {
        var (key, answer) = (action.Offer.Key, action.Answer);
        var isDone = await book.AnswerAsync(await viewer.NameAsync(), key.Peer, key.Grant, answer, _ended.Token);
        await ReadAsync(dispatcher);
        dispatcher.Dispatch(new OfferAnsweredAction(key, isDone ? Notice(action.Offer, answer) : Gone));
    });

    [EffectMethod]
    public Task HandleDismiss(DismissOfferAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async () =>
    {
        var key = action.Offer.Key;
        var isDone = await book.DismissAsync(await viewer.NameAsync(), key.Peer, key.Grant, _ended.Token);
        await ReadAsync(dispatcher);
        dispatcher.Dispatch(new OfferAnsweredAction(key, isDone ? new OffersNotice(IsRefusal: false, "It is put away.") : Gone));
    });

    public void Dispose()
    {
        if (_watching is not null)
            changes.Changed -= _watching;
        // Not disposed: neither has a timer or a handle, and what runs may still come to its end.
        _ended.Cancel();
    }

    private static OffersNotice Gone => new(IsRefusal: true, "This offer is not there any more.");

    private static OffersNotice Notice(OfferCard offer, OfferAnswer answer) => answer switch
    {
        OfferAnswer.Accepted => new(IsRefusal: false, $"Accepted: {offer.What} of {offer.Owner} shows beside your own now.", $"/{offer.Notice.App}"),
        OfferAnswer.Declined => new(IsRefusal: false, $"Declined: {offer.What} of {offer.Owner} does not show. You can still accept it later."),
        OfferAnswer.Open => new(IsRefusal: false, $"You left {offer.What} of {offer.Owner}. You can accept it again at any time."),
    };

    private async Task ReadAsync(IDispatcher dispatcher)
    {
        Interlocked.Exchange(ref _isReadDue, false);
        var offers = await book.ListAsync(await viewer.NameAsync(), _ended.Token);
        var known = await peers.ListAsync(_ended.Token);
        var cards = offers.Select(offer => Card(offer, known.FirstOrDefault(peer => peer.Id == offer.Peer))).OfType<OfferCard>();
        dispatcher.Dispatch(new OffersLoadedAction([.. cards], await zone.ReadAsync(_ended.Token), Instant.FromDateTimeOffset(time.GetUtcNow())));
    }

    /// <summary>Null for an app that this installation does not have: there is nowhere to show it.</summary>
    private OfferCard? Card(Offer offer, Peer? peer) => peer is not null && apps.Find(offer.Notice.App) is { } app
        ? new OfferCard(offer, new Address(offer.Notice.Owner, peer.Domain), DisplayText.OneLine(peer.DisplayName), app.CollectionNoun)
        : null;

    private async Task GuardAsync(IDispatcher dispatcher, Func<Task> step)
    {
        try
        {
            // Who announces a change does not wait for what is read because of it.
            await Task.Yield();
            await _turn.WaitAsync(_ended.Token);
            try
            {
                await step();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new OffersFailedAction($"{StoreFaults.In(exception)?.Message ?? "This server failed."} Reload the page to see what is stored."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading or answering offers failed")]
    private partial void LogFailed(Exception exception);
}
