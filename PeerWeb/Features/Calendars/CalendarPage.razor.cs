using Fluxor;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NodaTime;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Shared;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Calendars;

/// <summary>The merged calendar. The address says which days show; the state says what is known of them.</summary>
public sealed partial class CalendarPage(
    IState<CalendarState> state,
    IState<LayersState> layers,
    LayerCalls layerCalls,
    IEnumerable<EntryPage> pages,
    IDispatcher dispatcher,
    NavigationManager navigation,
    TimeProvider time)
{
    /// <summary>How often an open view asks again by itself.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    /// <summary>How long other days wait for this installation's answer, so that they are drawn once; then they are drawn without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _left = new();
    private readonly ShownEvents _events = new();
    private Task _asking = Task.CompletedTask;
    private Task _waiting = Task.CompletedTask;
    private int _shownUnanswered;
    private CalendarViewer? _viewer;
    private bool _isEntered;
    private CalendarView _view = CalendarView.Month;
    private CalendarSpan? _span;
    private LocalDate _day;
    private LocalDate _active;
    private string? _notice;
    private string? _opened;
    private bool _isPanelOpen;
    private EventDesk? _desk;

    [Parameter]
    public string? View { get; set; }

    /// <summary>An <see cref="EntryLink"/>: its event is opened once it shows.</summary>
    [SupplyParameterFromQuery(Name = EntryLink.Parameter)]
    public string? Entry { get; set; }

    /// <summary>A day or a month, ISO 8601; today where there is none.</summary>
    [Parameter]
    public string? Date { get; set; }

    /// <summary>Held for <see cref="Fluxor.Blazor.Web.Components.FluxorComponent"/>, which watches it.</summary>
    private IState<CalendarState> State { get; } = state;

    /// <summary>Held as the other.</summary>
    private IState<LayersState> LayersState { get; } = layers;

    private IDispatcher Dispatcher { get; } = dispatcher;

    private CalendarState Calendar => State.Value;

    private CalendarSettings Settings => _viewer?.Settings ?? CalendarSettings.Default;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private LocalDate Today => Now.InZone(_viewer?.Zone ?? DateTimeZone.Utc).Date;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        // What an earlier page learnt may be old.
        _viewer = Calendar.Viewer;
    }

    protected override void OnParametersSet()
    {
        if (_isEntered)
            Open();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Entry == _opened || !EntryLink.TryParse(Entry, out var link))
            return;
        if (_desk is null || _events.Instances.FirstOrDefault(instance => instance.Layer is null && instance.Source == link.Source && instance.Summary.Uid == link.Uid) is not { } instance)
            return;
        _opened = Entry;
        await OpenAsync(instance);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            // The first question needs the zone: a month has other edges in another one.
            Dispatcher.Dispatch(new EnterCalendarAction());
        if (ReferenceEquals(_viewer, Calendar.Viewer))
            return;
        _viewer = Calendar.Viewer;
        if (!_isEntered)
            _asking = AskAgainAsync(_left.Token);
        _isEntered = true;
        Open();
        StateHasChanged();
    }

    protected override bool ShouldRender()
    {
        Arrange();
        return !Calendar.IsOpening || _shownUnanswered == Calendar.Request;
    }

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        await _left.CancelAsync();
        await _asking;
        await _waiting;
        _left.Dispose();
        Dispatcher.Dispatch(new CloseCalendarAction());
        await base.DisposeAsyncCore(disposing);
    }

    private void Open()
    {
        if (_viewer is not { } viewer)
            return;
        var isFirst = _span is null;
        var (view, day, notice) = CalendarAddress.Read(View, Date, Calendar.Place, Today);
        _span = view.Open(day, viewer.Settings);
        _day = _active = _span.Nearest(_span.Includes(day) ? day : _span.First);
        (_view, _notice) = (view, notice);
        Dispatcher.Dispatch(new OpenSpanAction(_span, viewer.Zone));
        if (isFirst)
            _shownUnanswered = Calendar.Request;
        else if (_waiting.IsCompleted)
            _waiting = WaitAsync(_left.Token);
        if (notice is null)
            Dispatcher.Dispatch(new KeepPlaceAction(view.Name, _day, Today));
        // The way back leads to what showed, not to what shows where the viewer was last.
        if (View is null)
            navigation.NavigateTo(CalendarAddress.Of(view.Name, _day), replace: true);
        Arrange();
    }

    private void Arrange()
    {
        if (_span is not null)
            _events.Arrange(Calendar, LayersState.Value, layerCalls.Layers);
    }

    private Dictionary<string, object?> Parameters(CalendarSpan span) => new()
    {
        [nameof(EventGrid<CalendarSpan>.Span)] = span,
        [nameof(EventGrid.Instances)] = _events.Instances,
        [nameof(EventGrid.Looks)] = _events.Looks,
        [nameof(EventGrid.Zone)] = Calendar.Zone,
        [nameof(EventGrid.Settings)] = Settings,
        [nameof(EventGrid.Today)] = Today,
        [nameof(EventGrid.Day)] = _day,
        [nameof(EventGrid.Pending)] = _events.Moving,
        [nameof(EventGrid.OnDay)] = (Action<LocalDate>)Stay,
        [nameof(EventGrid.OnLeave)] = EventCallback.Factory.Create<LocalDate>(this, GoTo),
        [nameof(EventGrid.OnEvent)] = EventCallback.Factory.Create<EventInstance>(this, OpenAsync),
        [nameof(EventGrid.OnCheck)] = EventCallback.Factory.Create<EventInstance>(this, CheckAsync),
        [nameof(EventGrid.OnMove)] = EventCallback.Factory.Create<EventMove>(this, MoveAsync),
        [nameof(EventGrid.OnNew)] = EventCallback.Factory.Create<NewSlot>(this, NewAsync),
    };

    private void GoTo(LocalDate day) => GoTo(_view.Name, day);

    private void GoTo(CalendarSpan span) => GoTo(span.View, span.Includes(Today) ? Today : span.First);

    private void GoTo(string view, LocalDate day) => navigation.NavigateTo(CalendarAddress.Of(view, day));

    /// <summary>The viewer moved to another day of what shows; the next view opens there.</summary>
    private void Stay(LocalDate day) => _active = day;

    private void Refresh() => Dispatcher.Dispatch(new RefreshCalendarAction());

    private void CloseOnEscape(KeyboardEventArgs args)
    {
        if (args.Key == "Escape")
            _isPanelOpen = false;
    }

    /// <summary>An entry of another app opens on its own page.</summary>
    private Task OpenAsync(EventInstance instance)
    {
        if (instance.Layer is null)
            return _desk?.OpenAsync(instance) ?? Task.CompletedTask;
        if (pages.FirstOrDefault(page => page.App == instance.Layer.App) is { } page)
            navigation.NavigateTo(page.AddressOf(instance.Entry, Calendar.Zone));
        return Task.CompletedTask;
    }

    private async Task CheckAsync(EventInstance instance)
    {
        if (_desk is null || instance.Layer is not { App: var app, Check: { } check } || !_events.BeginCheck(instance.Key))
            return;
        try
        {
            await _desk.CheckAsync(instance, check, LayersState.Value.Answers.GetValueOrDefault(app, LayerAnswers.None));
        }
        finally
        {
            _events.EndCheck(instance.Key);
        }
        Dispatcher.Dispatch(new ReaskLayerAction(app));
    }

    private Task NewAsync(NewSlot? slot) => _desk?.NewAsync(slot) ?? Task.CompletedTask;

    private async Task MoveAsync(EventMove move)
    {
        if (_desk is null)
            return;
        _events.Begin(move);
        try
        {
            await _desk.MoveAsync(move);
        }
        finally
        {
            _events.Decide(move.Instance.Key);
        }
    }

    private async Task WaitAsync(CancellationToken left)
    {
        try
        {
            await Task.Delay(Patience, time, left);
            _shownUnanswered = Calendar.Request;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task AskAgainAsync(CancellationToken left)
    {
        using var timer = new PeriodicTimer(AskEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
            {
                Dispatcher.Dispatch(new ReaskCalendarAction());
                // Midnight may have passed.
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
    }
}
