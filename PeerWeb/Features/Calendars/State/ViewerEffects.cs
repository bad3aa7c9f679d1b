using Fluxor;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.State;

/// <summary>Reads who looks, and keeps what they choose: settings and view on the server, the day in the browser's tab.</summary>
public sealed partial class ViewerEffects(
    CalendarQueries queries, CalendarBrowser browser, IState<CalendarState> state, TimeProvider time, ILogger<ViewerEffects> log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _turn = new(1);
    private string? _keptView;

    [EffectMethod]
    public async Task HandleEnter(EnterCalendarAction action, IDispatcher dispatcher)
    {
        try
        {
            var facts = await FactsAsync();
            var (settings, view) = await ReadAsync();
            var viewer = new CalendarViewer(facts.Zone, settings);
            var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(viewer.Zone).Date;
            _keptView = view;
            dispatcher.Dispatch(new HiddenSourcesLoadedAction(facts.Hidden));
            dispatcher.Dispatch(new CalendarEnteredAction(viewer, new CalendarPlace(view, facts.Day is var (day, on) && on == today ? day : null)));
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser left before it could say anything; nobody is there to be shown a calendar.
            LogNotKept(exception);
        }
    }

    [EffectMethod]
    public async Task HandleKeep(KeepPlaceAction action, IDispatcher dispatcher)
    {
        try
        {
            await browser.RememberDayAsync(action.Day, action.Today);
            if (_keptView == action.View)
                return;
            _keptView = action.View;
            await queries.Settings.KeepView(action.View, _ended.Token);
        }
        catch (Exception exception)
        {
            // Next time the calendar opens elsewhere; nothing is lost.
            LogNotKept(exception);
        }
    }

    /// <summary>One after the other, and always what was chosen last.</summary>
    [EffectMethod]
    public async Task HandleChange(ChangeSettingsAction action, IDispatcher dispatcher)
    {
        if (state.Value.Viewer is not { Settings: var settings })
            return;
        try
        {
            await InTurnAsync(async () =>
            {
                settings = state.Value.Viewer?.Settings ?? settings;
                await queries.Settings.Save(settings, _ended.Token);
                return true;
            });
            dispatcher.Dispatch(new SettingsSavedAction(settings, IsSaved: true));
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new SettingsSavedAction(settings, IsSaved: false));
        }
    }

    /// <summary>Not disposed of: what still runs looks at them.</summary>
    public void Dispose() => _ended.Cancel();

    private async Task<BrowserFacts> FactsAsync()
    {
        try
        {
            return await browser.ReadAsync();
        }
        catch (JSException exception)
        {
            // A script that did not load, or a browser that keeps nothing: the calendar opens all the same, on today.
            LogNotKept(exception);
            return BrowserFacts.Unknown;
        }
    }

    private async Task<(CalendarSettings Settings, string? View)> ReadAsync()
    {
        try
        {
            // What was chosen a moment ago is kept before it is read.
            return await InTurnAsync(async () => (await queries.Settings.Read(_ended.Token), await queries.Settings.LastView(_ended.Token)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A calendar that looks otherwise than chosen is better than none.
            LogFailed(exception);
            return (CalendarSettings.Default, null);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> step)
    {
        await _turn.WaitAsync(_ended.Token);
        try
        {
            return await step();
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading or saving the settings of a calendar failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Where the viewer was is not known or was not kept")]
    private partial void LogNotKept(Exception exception);
}
