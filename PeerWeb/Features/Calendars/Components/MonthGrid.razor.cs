using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>A month as a grid of days, after the ARIA grid pattern: one day has the focus, its events follow in the tab order.</summary>
public sealed partial class MonthGrid(IJSRuntime js, TimeProvider time) : EventGrid<MonthSpan>(js)
{
    private const int LinesBeforeMeasured = 4;

    // A wall display in portrait has room for a busy day; nobody has room for more.
    private const int MostLines = 60;

    /// <summary>By position, not by day: another month is drawn into the same elements.</summary>
    private readonly ElementReference[] _cells = new ElementReference[7 * 6];
    private MonthLayout _layout = MonthLayout.Of(MonthSpan.Of(MonthSpan.Earliest), [], LinesBeforeMeasured);
    private int _lanes = LinesBeforeMeasured;
    private bool _isNarrow;
    private bool _isMeasured;
    private LocalDate _asked;
    private (MonthSpan, LocalDate)? _arrivedAt;
    private LocalDate _active;
    private LocalDate? _open;
    private FocusOn _focus;
    private bool _isLeaving;
    private ElementReference _root;
    private DayList? _list;

    private enum FocusOn
    {
        Nothing,
        Day,
        List,
    }

    private int DaysShown => Span.DaysShown;

    protected override void OnParametersSet()
    {
        if (!IsNew())
            return;
        if (_asked != Day)
        {
            (_asked, _active, _open) = (Day, Day, null);
            // Who came here by key goes on by key.
            (_focus, _isLeaving) = (_isLeaving ? FocusOn.Day : _focus, false);
        }
        Arrange();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        IsDirty = false;
        if (firstRender)
        {
            await CallAsync("watchSize", _root);
            await CallAsync("watchDrag", _root);
            await CallAsync("followFocus", _root);
        }
        if (_arrivedAt != (Span, _asked))
        {
            _arrivedAt = (Span, _asked);
            await ArriveAsync(_root);
        }
        var focus = _focus;
        _focus = FocusOn.Nothing;
        try
        {
            if (focus == FocusOn.Day && Span.Shows(_active))
                await _cells[Span.Days.ToList().IndexOf(_active)].FocusAsync();
            else if (focus == FocusOn.List && _list is not null)
                await _list.FocusAsync();
            else
                await KeepFocusAsync(_root);
        }
        catch (JSException)
        {
            // A newer drawing has taken the element away; the focus goes with that one.
            _focus = FocusOn.Nothing;
        }
        DropTextsBefore();
    }

    private Task OnPickAsync(GridPickEventArgs args)
    {
        Unfollow(args);
        var day = EventWords.ParseIsoDay(args.Day);
        switch (args.Pick)
        {
            case "event" when Find(args.Instance) is { } instance:
                return OnEvent.InvokeAsync(instance);
            case "check":
                return CheckAsync(args);
            case "menu":
                OpenMenu(args);
                break;
            case "new" when day is { } wanted:
                return NewAsync(wanted);
            case "more" when day is { } crowded:
                Open(crowded);
                break;
            case "close":
                Close();
                break;
            case null when day is { } chosen && chosen != _open:
                _open = null;
                Activate(chosen);
                break;
        }
        return Task.CompletedTask;
    }

    private Task OnDoubleAsync(GridPickEventArgs args) =>
        args.Pick is null && EventWords.ParseIsoDay(args.Day) is { } day && day != _open ? NewAsync(day) : Task.CompletedTask;

    private Task OnKeyAsync(GridKeyEventArgs args)
    {
        Unfollow(args);
        if (args.Key == "Escape" && _open is not null)
        {
            Close();
            return Task.CompletedTask;
        }
        if (EventWords.ParseIsoDay(args.Day) is not { } from || _open == from)
            return Task.CompletedTask;
        var week = WeekOf(from)?.Days;
        LocalDate? to = args.Key switch
        {
            "ArrowLeft" => Span.After(from, -1),
            "ArrowRight" => Span.After(from, 1),
            "ArrowUp" => from.PlusDays(-7),
            "ArrowDown" => from.PlusDays(7),
            "Home" => week?[0].Date,
            "End" => week?[^1].Date,
            "PageUp" => from.PlusMonths(-1),
            "PageDown" => from.PlusMonths(1),
            "t" or "T" => Today,
            _ => null,
        };
        if (to is { } day)
            return MoveAsync(day);
        var isEnter = args is { Key: "Enter" or " ", OnButton: false };
        if (args.Key is "n" or "N" || (isEnter && OnNew.HasDelegate && _layout.Day(from) is { Instances.Count: 0 }))
            return NewAsync(from);
        if (isEnter)
            Open(from);
        return Task.CompletedTask;
    }

    private Task NewAsync(LocalDate day)
    {
        _open = null;
        Activate(day);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Zone).LocalDateTime;
        return OnNew.InvokeAsync(NewSlots.On(day, now));
    }

    private Task MoveAsync(LocalDate day)
    {
        _open = null;
        if (Span.IsOfMonth(day))
        {
            day = Span.Nearest(day);
            _focus = FocusOn.Day;
            Activate(day);
            return Task.CompletedTask;
        }
        (IsDirty, _isLeaving) = (true, true);
        return OnLeave.InvokeAsync(day);
    }

    private void OnSize(GridSizeEventArgs args)
    {
        var (head, line) = args.IsNarrow ? (26, 9) : (27, 22);
        var lanes = Math.Clamp((args.CellHeight - head) / line, 1, MostLines);
        if (_isMeasured && lanes == _lanes && args.IsNarrow == _isNarrow)
            return;
        (_lanes, _isNarrow, _isMeasured, IsDirty) = (lanes, args.IsNarrow, true, true);
        Arrange();
    }

    private void Open(LocalDate day)
    {
        (_open, _focus) = (day, FocusOn.List);
        Activate(day);
    }

    private void Activate(LocalDate day)
    {
        (_active, IsDirty) = (day, true);
        OnDay?.Invoke(day);
    }

    private void Close() => (_open, _focus, IsDirty) = (null, FocusOn.Day, true);

    /// <summary>What is drawn in the cells of that day, so that its list does not name it a second time for who looks for an event.</summary>
    private HashSet<InstanceKey> ShownOn(LocalDate date) =>
        WeekOf(date) is { } week ? ShownOn(week, week.Days.TakeWhile(day => day.Date < date).Count()) : [];

    private static HashSet<InstanceKey> ShownOn(WeekLayout week, int column) =>
        [.. week.Days.SelectMany(day => day.Segments).Where(segment => segment.Covers(column)).Select(segment => segment.Instance.Key)];

    private WeekLayout? WeekOf(LocalDate date) => _layout.Weeks.FirstOrDefault(week => week.Days.Any(day => day.Date == date));

    /// <summary>The number of the week in that row, which may have more days than show.</summary>
    private string NumberOf(int row) => EventWords.Number(WeekNumber.Of(Span.Start.PlusWeeks(row)));

    private string Sizes() => string.Join(
        ';',
        $"--days:{EventWords.Number(DaysShown)}",
        $"--weeks:{EventWords.Number(_layout.Weeks.Count)}",
        $"--lines:{EventWords.Number(_layout.Weeks.Sum(week => Math.Max(week.Lanes, LinesBeforeMeasured)))}");

    private string DayNumber(LocalDate day) => day.Day == 1 && !_isNarrow ? EventWords.DayAndMonth(day) : EventWords.Number(day.Day);

    private static string DayName(DayLayout day) => day.Instances.Count switch
    {
        0 => $"{EventWords.Day(day.Date)}, no events",
        1 => $"{EventWords.Day(day.Date)}, 1 event",
        var count => $"{EventWords.Day(day.Date)}, {EventWords.Number(count)} events",
    };

    private string DayClass(DayLayout day) =>
        $"day{(Span.IsOfMonth(day.Date) ? null : " outside")}{(day.Date == Today ? " today" : null)}{(day.Date == _active ? " active" : null)}"
        + (day.Date.DayOfWeek >= IsoDayOfWeek.Saturday ? " weekend" : null) + (day.Date == _open ? " open" : null);

    private string PopoverClass(int row, int column) =>
        $"popover{(column >= (DaysShown + 1) / 2 ? " right" : null)}{(row >= Span.Weeks / 2 ? " bottom" : null)}";
}
