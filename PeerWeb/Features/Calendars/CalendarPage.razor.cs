using Fluxor;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;

namespace PeerWeb.Features.Calendars;

/// <summary>The merged calendar. The address says which days show; the state says what is known of them.</summary>
public sealed partial class CalendarPage(
    IState<CalendarState> state,
    IDispatcher dispatcher,
    CalendarBrowser browser,
    NavigationManager navigation,
    TimeProvider time)
{
    /// <summary>How often an open view asks again by itself.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<InstanceKey> _decided = [];
    private Task _asking = Task.CompletedTask;
    private CalendarSpan? _span;
    private LocalDate _day;
    private LocalDate _active;
    private string? _notice;
    private bool _isPanelOpen;
    private EntryDesk? _desk;
    private PendingMoves _moves = PendingMoves.None;
    private (object, object, object, object?, object?) _from;
    private IReadOnlyList<EventInstance> _instances = [];
    private IReadOnlyDictionary<SourceId, SourceLook> _looks = new Dictionary<SourceId, SourceLook>();
    private IReadOnlyDictionary<SourceId, string> _colors = new Dictionary<SourceId, string>();

    [Parameter]
    public string? View { get; set; }

    /// <summary>A day or a month, ISO 8601; today where there is none.</summary>
    [Parameter]
    public string? Date { get; set; }

    /// <summary>Held for <see cref="Fluxor.Blazor.Web.Components.FluxorComponent"/>, which watches it.</summary>
    private IState<CalendarState> State { get; } = state;

    private IDispatcher Dispatcher { get; } = dispatcher;

    private CalendarState Calendar => State.Value;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private LocalDate Today => Now.InZone(_zone ?? DateTimeZone.Utc).Date;

    private DateTimeZone? _zone;

    protected override void OnParametersSet()
    {
        if (_zone is not null)
            Open(_zone);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            // The first question needs the zone: a month has other edges in another one.
            var (zone, hidden) = await browser.ReadAsync();
            Dispatcher.Dispatch(new HiddenSourcesLoadedAction(hidden));
            _zone = zone;
            Open(zone);
            _asking = AskAgainAsync(_left.Token);
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The browser left before it could say anything; nobody is there to be shown a calendar.
            await _left.CancelAsync();
        }
    }

    protected override bool ShouldRender()
    {
        Arrange();
        return true;
    }

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        await _left.CancelAsync();
        await _asking;
        _left.Dispose();
        Dispatcher.Dispatch(new CloseCalendarAction());
        await base.DisposeAsyncCore(disposing);
    }

    private void Open(DateTimeZone zone)
    {
        var asked = DateOf(Date);
        var day = asked ?? Today;
        var known = View is null ? null : CalendarSpan.Of(View, day);
        _span = known ?? MonthSpan.Of(day);
        _day = _active = _span.Includes(day) ? day : _span.First;
        _notice = this switch
        {
            { View: not null } when known is null => $"There is no view called “{Short(View)}”. This is the month.",
            { Date: not null } when asked is null => $"“{Short(Date)}” is no date. This is today.",
            _ => null,
        };
        Dispatcher.Dispatch(new OpenSpanAction(_span, zone));
        Arrange();
    }

    private static LocalDate? DateOf(string? text) =>
        EventWords.ParseIsoDay(text) is { } day ? day
        : text is not null && YearMonthPattern.Iso.Parse(text) is { Success: true, Value: var month } ? month.OnDayOfMonth(1)
        : null;

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    /// <summary>Makes what the components get anew only where its origin changed, so that they see by reference whether they must redraw.</summary>
    private void Arrange()
    {
        Settle();
        if (_span is null || _from == (Calendar.Entries, Calendar.Sources, Calendar.Hidden, (object?)_zone, (object?)_moves))
            return;
        if (!ReferenceEquals(_from.Item2, Calendar.Sources))
        {
            _looks = SourceLook.Of(Calendar.Sources, _looks);
            _colors = _looks.ToDictionary(look => look.Key, look => look.Value.Color);
        }
        var instances = Calendar.Entries.Values
            .SelectMany(entries => entries)
            .Where(entry => !Calendar.Hidden.Contains(entry.Source))
            .Select(entry => EventInstance.Of(entry, Calendar.Zone))
            .OfType<EventInstance>()
            .Order(InstanceOrder.Default)
            .ToList();
        _moves = _moves.Settle(instances);
        var shown = _moves.Apply(instances);
        if (!_instances.SequenceEqual(shown))
            _instances = shown;
        _from = (Calendar.Entries, Calendar.Sources, Calendar.Hidden, _zone, _moves);
    }

    /// <summary>What the owners have decided, and what was asked since says, is how it is.</summary>
    private void Settle()
    {
        if (_decided.Count == 0 || Calendar.IsAsking)
            return;
        _moves = _decided.Aggregate(_moves, (moves, key) => moves.Without(key));
        _decided.Clear();
    }

    private string? Hint()
    {
        if (_span is null || _instances.Any(instance => instance.FirstDay < _span.End && instance.LastDay >= _span.Start) || Calendar.IsAsking)
            return null;
        if (Calendar.Sources.Count == 0)
            return "There is no calendar yet. Import a file, or ask somebody to share theirs with you.";
        return Calendar.Sources.All(source => Calendar.Hidden.Contains(source.Id))
            ? "All sources are switched off."
            : $"No events in {_span.Title}.";
    }

    private void GoTo(LocalDate day) => GoTo(_span?.View ?? MonthSpan.ViewName, day);

    private void GoTo(CalendarSpan span) => GoTo(span.View, span.Includes(Today) ? Today : span.First);

    private void GoTo(string view, LocalDate day) => navigation.NavigateTo($"/calendar/{view}/{EventWords.IsoDay(day)}");

    /// <summary>The viewer moved to another day of what shows; the next view opens there.</summary>
    private void Stay(LocalDate day) => _active = day;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private void Refresh() => Dispatcher.Dispatch(new RefreshCalendarAction());

    private void CloseOnEscape(KeyboardEventArgs args)
    {
        if (args.Key == "Escape")
            _isPanelOpen = false;
    }

    private Task OpenAsync(EventInstance instance) => _desk?.OpenAsync(instance) ?? Task.CompletedTask;

    private Task NewAsync(NewSlot? slot) => _desk?.NewAsync(slot) ?? Task.CompletedTask;

    private async Task MoveAsync(EventMove move)
    {
        if (_desk is null)
            return;
        _moves = _moves.With(move);
        _decided.Remove(move.Instance.Key);
        try
        {
            await _desk.MoveAsync(move);
        }
        finally
        {
            _decided.Add(move.Instance.Key);
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
