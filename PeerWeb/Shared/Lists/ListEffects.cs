using System.Collections.Concurrent;
using Fluxor;
using Microsoft.JSInterop;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shared.Lists;

/// <summary>One entry whole, from its owner, as the signed-in user of the circuit.</summary>
public delegate Task<EntryAnswer> ReadEntry(SourceId source, Uid uid, CancellationToken cancellationToken);

/// <summary>Asks for the lists that are open and for the entries that are opened of them, and keeps both as they are at their owners.</summary>
/// <param name="open">A listing of its own for each list; closed with it.</param>
public sealed partial class ListEffects(
    IEnumerable<ListQuestion> questions, Func<IEntryListing> open, ReadEntry read, ViewerZone zone, HiddenSources hidden, IState<ListsState> state,
    ILogger<ListEffects> log) : IDisposable
{
    private readonly Dictionary<AppId, ListQuestion> _questions = questions.ToDictionary(question => question.App);
    private readonly ConcurrentDictionary<AppId, IEntryListing> _open = [];
    private readonly CancellationTokenSource _ended = new();

    [EffectMethod]
    public async Task HandleEnter(EnterListAction action, IDispatcher dispatcher)
    {
        _open.GetOrAdd(action.App, _ => open());
        dispatcher.Dispatch(new ZoneKnownAction(await zone.ReadAsync(_ended.Token)));
        // Where the browser keeps nothing, it is what was hidden on the last visit of this tab.
        var known = state.Value.Of(action.App).View.Hidden;
        await InBrowserAsync(async () => known = await hidden.ReadAsync(action.App, _ended.Token));
        dispatcher.Dispatch(new HiddenListedKnownAction(action.App, known));
    }

    [EffectMethod]
    public Task HandleKnown(HiddenListedKnownAction action, IDispatcher dispatcher) => AskAsync(action.App, dispatcher);

    [EffectMethod]
    public Task HandleSearch(SearchListAction action, IDispatcher dispatcher) => AskAsync(action.App, dispatcher);

    [EffectMethod]
    public Task HandleToggle(ToggleListedAction action, IDispatcher dispatcher) => AskWithoutAsync(action.App, dispatcher);

    [EffectMethod]
    public Task HandleShowOnly(ShowOnlyListedAction action, IDispatcher dispatcher) => AskWithoutAsync(action.App, dispatcher);

    [EffectMethod]
    public Task HandleMore(MoreListedAction action, IDispatcher dispatcher) => GuardAsync(action.App, dispatcher, listing => listing.MoreAsync());

    /// <summary>Where the last question failed as a whole, it is asked anew.</summary>
    [EffectMethod]
    public Task HandleRefresh(RefreshListAction action, IDispatcher dispatcher) =>
        state.Value.Of(action.App).View.Failure is null ? GuardAsync(action.App, dispatcher, listing => listing.RefreshAsync()) : AskAsync(action.App, dispatcher);

    [EffectMethod]
    public Task HandleOpen(OpenEntryAction action, IDispatcher dispatcher) => ReadAsync(action.App, dispatcher);

    /// <summary>What has come shows, and the rest follows where all is wanted. The opened entry may have changed where its row did.</summary>
    [EffectMethod]
    public async Task HandleListed(ListedAction action, IDispatcher dispatcher)
    {
        var list = state.Value.Of(action.App);
        if (_questions[action.App].IsReadToItsEnd && action.Request == list.View.Request && action.List is { HasMore: true, IsLoading: false })
            await GuardAsync(action.App, dispatcher, listing => listing.MoreAsync());
        if (list is { Opened: { } opened, Entry: OpenedEntry.Found found }
            && action.List.Entries.FirstOrDefault(entry => EntryLink.Of(entry) == opened) is { } row && row.Summary.ETag != found.ETag)
            await ReadAsync(action.App, dispatcher);
    }

    [EffectMethod]
    public Task HandleLeave(LeaveListAction action, IDispatcher dispatcher)
    {
        if (_open.TryRemove(action.App, out var listing))
            listing.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Not disposed of: what still runs looks at it.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        foreach (var listing in _open.Values)
            listing.Dispose();
    }

    /// <summary>Asks, and remembers what is hidden from now on.</summary>
    private Task AskWithoutAsync(AppId app, IDispatcher dispatcher) => Task.WhenAll(
        AskAsync(app, dispatcher), InBrowserAsync(() => hidden.RememberAsync(app, state.Value.Of(app).View.Hidden, _ended.Token)));

    /// <summary>A browser that keeps nothing, or has left, hides nothing.</summary>
    private async Task InBrowserAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            LogNotKept(exception);
        }
    }

    private Task AskAsync(AppId app, IDispatcher dispatcher)
    {
        var (view, question) = (state.Value.Of(app).View, _questions[app]);
        return GuardAsync(app, dispatcher, listing => listing.OpenAsync(
            question.Of(view), view.Hidden, view.List.Sources, list => dispatcher.Dispatch(new ListedAction(app, view.Request, list)), question.PageSize));
    }

    private async Task ReadAsync(AppId app, IDispatcher dispatcher)
    {
        if (state.Value.Of(app).Opened is not { } link || _questions[app] is not { Open: { } openAs, Nouns: var nouns })
            return;
        try
        {
            dispatcher.Dispatch(new EntryReadAction(app, link, await read(link.Source, link.Uid, _ended.Token) switch
            {
                EntryAnswer.Found found => openAs(found.Entry),
                EntryAnswer.Unavailable unavailable => new OpenedEntry.Missing($"It cannot be read now: {unavailable.Reason}"),
                _ => new OpenedEntry.Missing($"This {nouns.Entry} is not there any more, or is no longer shared with you."),
            }));
        }
        catch (InvalidEntryException invalid)
        {
            dispatcher.Dispatch(new EntryReadAction(app, link, new OpenedEntry.Missing($"Its text is broken: {invalid.Message}")));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(nouns.Entries, exception);
            dispatcher.Dispatch(new EntryReadAction(app, link, OpenedEntry.Missing.For(exception)));
        }
    }

    /// <summary>Nothing is asked for a list that is not open any more.</summary>
    private async Task GuardAsync(AppId app, IDispatcher dispatcher, Func<IEntryListing, Task> step)
    {
        if (!_open.TryGetValue(app, out var listing))
            return;
        var request = state.Value.Of(app).View.Request;
        try
        {
            await step(listing);
        }
        catch (Exception exception)
        {
            var entries = _questions[app].Nouns.Entries;
            LogFailed(entries, exception);
            dispatcher.Dispatch(new ListFailedAction(
                app, request, $"{StoreFaults.In(exception)?.Message ?? $"The {entries} could not be read."} Try again; if it stays so, tell your administrator."));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "What the viewer hides of a list is not known or was not kept")]
    private partial void LogNotKept(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading {Entries} failed")]
    private partial void LogFailed(string entries, Exception exception);
}
