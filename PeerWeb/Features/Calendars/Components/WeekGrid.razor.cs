using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.Week;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>Days as a grid of half hours, after the ARIA grid pattern: one of them has the focus, the events of its day follow in the tab order.</summary>
public sealed partial class WeekGrid(IJSRuntime js, TimeProvider time) : EventGrid<HourSpan>(js)
{
    private const string AllDaySlot = "all-day";
    private const int DaysOnAPhone = 3;
    private const int WideBlocks = 8;
    private const int FewLanes = 3;
    private const int AllLanes = 1000;
    private const int MorningMinute = 7 * 60;

    private static readonly LocalTime UsualCursor = new(9, 0);

    private readonly CancellationTokenSource _left = new();
    private Task _ticking = Task.CompletedTask;
    private WeekViewLayout _layout = WeekViewLayout.Of(WeekSpan.Of(MonthSpan.Earliest), [], FewLanes);
    private LocalDateTime _now;
    private LocalDate? _asked;
    private WeekCursor _cursor;
    private bool _isExpanded;
    private bool _isFocusDue;
    private bool _isLeaving;
    private (HourSpan Span, LocalDate Day, int Minute)? _shownAt;
    private ElementReference _root;

    private int Lanes => _isExpanded ? AllLanes : FewLanes;

    protected override async ValueTask DisposeAsyncCore()
    {
        await _left.CancelAsync();
        await _ticking;
        _left.Dispose();
        await base.DisposeAsyncCore();
    }

    protected override void OnParametersSet()
    {
        if (!IsNew())
            return;
        _now = Now();
        if (_asked != Day || !Span.Shows(_cursor.Day))
        {
            // Who came here by key goes on by key, at the same time of another week.
            if (!_isLeaving)
                _cursor = WeekCursor.At(Day == _now.Date ? _now : Day + UsualCursor);
            else
                _cursor = _cursor with { Day = Day };
            (_asked, _isFocusDue, _isLeaving) = (Day, _isFocusDue || _isLeaving, false);
        }
        _layout = WeekViewLayout.Of(Span, Instances, Lanes);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        IsDirty = false;
        if (firstRender)
            _ticking = TickAsync(_left.Token);
        var at = (Span, Day: _asked ?? Span.First, Minute: Math.Min(MorningMinute, _layout.FirstMinute ?? MorningMinute));
        if (_shownAt != at)
        {
            _shownAt = at;
            await CallAsync("showTime", _root, EventWords.IsoDay(at.Day), at.Minute);
            await ArriveAsync(_root);
        }
        if (firstRender)
            await CallAsync("watchDrag", _root);
        var isFocusDue = _isFocusDue;
        _isFocusDue = false;
        if (isFocusDue)
            await CallAsync("focusCell", _root);
        else
            await KeepFocusAsync(_root);
    }

    private async Task TickAsync(CancellationToken left)
    {
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                await Task.Delay(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMinute), time, left);
                (_now, IsDirty) = (Now(), true);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
    }

    private Task OnPickAsync(GridPickEventArgs args)
    {
        Unfollow(args);
        switch (args.Pick)
        {
            case "event" when Find(args.Instance) is { } instance:
                return OnEvent.InvokeAsync(instance);
            case "check":
                return CheckAsync(args);
            case "menu":
                OpenMenu(args);
                break;
            case "more" when CursorOf(args) is { } crowded:
                Expand(true, crowded);
                break;
            case "less":
                Expand(false, _cursor with { Slot = null });
                break;
            case null when CursorOf(args) is { } chosen:
                GoTo(chosen);
                return OnNew.InvokeAsync(NewSlots.At(chosen));
        }
        return Task.CompletedTask;
    }

    private Task OnKeyAsync(GridKeyEventArgs args)
    {
        Unfollow(args);
        if (CursorOf(args) is not { } cursor)
            return Task.CompletedTask;
        if (cursor.After(args.Key, Span, WeekCursor.At(Now())) is { } to)
        {
            if (Span.Includes(to.Day))
                to = to with { Day = Span.Nearest(to.Day) };
            if (!Span.Shows(to.Day))
            {
                (_cursor, _isLeaving, IsDirty) = (_cursor with { Slot = to.Slot }, true, true);
                return OnLeave.InvokeAsync(to.Day);
            }
            GoTo(to);
            return Task.CompletedTask;
        }
        var isEnter = args is { Key: "Enter" or " ", OnButton: false };
        if (isEnter && _layout.At(cursor) is [var first, ..])
            return OnEvent.InvokeAsync(first);
        if (!isEnter && args.Key is not ("n" or "N"))
            return Task.CompletedTask;
        GoTo(cursor);
        return OnNew.InvokeAsync(NewSlots.At(cursor));
    }

    private Task OnMarkedAsync(GridNewEventArgs args)
    {
        if (args.Times is not var (begin, end))
            return Task.CompletedTask;
        GoTo(args.IsAllDay ? new WeekCursor(begin.Date, null) : WeekCursor.At(begin));
        return OnNew.InvokeAsync(new NewSlot(begin, end, args.IsAllDay));
    }

    private void GoTo(WeekCursor cursor)
    {
        if (!Span.Shows(cursor.Day))
            return;
        (_cursor, _isFocusDue, IsDirty) = (cursor, true, true);
        OnDay?.Invoke(cursor.Day);
    }

    private void Expand(bool isExpanded, WeekCursor cursor)
    {
        _isExpanded = isExpanded;
        _layout = WeekViewLayout.Of(Span, Instances, Lanes);
        GoTo(cursor);
    }

    private static WeekCursor? CursorOf(GridPickEventArgs args)
    {
        if (EventWords.ParseIsoDay(args.Day) is not { } day)
            return null;
        if (args.Slot == AllDaySlot)
            return new WeekCursor(day, null);
        return int.TryParse(args.Slot, out var slot) && slot is >= 0 and < WeekCursor.Slots ? new WeekCursor(day, slot) : null;
    }

    private LocalDateTime Now() => Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Zone).LocalDateTime;

    private bool IsActive(LocalDate day, int? slot) => _cursor.Day == day && _cursor.Slot == slot;

    private bool IsNow(LocalDate day, int slot) => WeekCursor.At(_now) == new WeekCursor(day, slot);

    private string TabOf(LocalDate day) => day == _cursor.Day ? "0" : "-1";

    /// <summary>What the cell is; its events say their own names after it.</summary>
    private string CursorName()
    {
        var when = _cursor.Slot is { } slot ? EventWords.Time(WeekCursor.TimeOf(slot)) : "all day";
        var what = _layout.At(_cursor).Count switch { 0 => "no events", 1 => "1 event", var count => EventWords.Number(count) + " events" };
        return $"{EventWords.Day(_cursor.Day)}, {when}, {what}";
    }

    private string HeadClass(LocalDate day) => day == _now.Date ? "day today" : "day";

    private string CellClass(LocalDate day) => (day == _now.Date, day.DayOfWeek >= IsoDayOfWeek.Saturday) switch
    {
        (true, _) => "cell today",
        (_, true) => "cell weekend",
        _ => "cell",
    };

    /// <summary>Outside of these hours paper shows none, as long as nothing lies there.</summary>
    private string SlotClass(int slot) =>
        $"slot{(slot % 2 == 0 ? " full" : null)}{(slot < _layout.Printed.First || slot >= _layout.Printed.End ? " idle" : null)}";

    private string Sizes() => string.Join(
        ';',
        $"--days:{EventWords.Number(_layout.Days.Count)}",
        $"--fit:{EventWords.Number(Math.Min(_layout.Days.Count, DaysOnAPhone))}",
        $"--bars:{EventWords.Number(_layout.Lanes)}",
        $"--all-bars:{EventWords.Number(_layout.AllDay.Lanes)}",
        $"--slots:{EventWords.Number(_layout.Printed.End - _layout.Printed.First)}");

    private string NumberOf() => EventWords.Number(WeekNumber.Of(Span.First.With(DateAdjusters.PreviousOrSame(Settings.WeekStart))));

    /// <summary>The time in the second zone at a half hour of the first day that shows; null where there is no second zone.</summary>
    private string? Elsewhere(int slot) => Settings.Second is { } second
        ? EventWords.Time((Span.First + WeekCursor.TimeOf(slot)).InZoneLeniently(Zone).WithZone(second).TimeOfDay)
        : null;

    /// <summary>No other part of the event shows before.</summary>
    private bool IsFirst(WeekBlock block, LocalDate day) => !block.ContinuesBefore || !_layout.Days.Any(shown => shown.Date < day && block.Instance.Touches(shown.Date));

    private static string Shown(WeekBlock block) => block.ContinuesBefore ? string.Empty : $"{EventWords.Time(block.Instance.Start.TimeOfDay)} ";

    /// <summary>So narrow that the title needs all of the width.</summary>
    private bool IsSlim(WeekBlock block) => block.Lanes > block.Span && block.Lanes * _layout.Days.Count > WideBlocks * block.Span;

    private string BlockClass(WeekBlock block) =>
        $"event block{(block.Bottom - block.Top <= 45 ? " short" : null)}{(IsSlim(block) ? " slim" : null)}{(block.ContinuesBefore ? " before" : null)}{(block.ContinuesAfter ? " after" : null)}{StateClass(block.Instance)}";

    private string BlockStyle(WeekBlock block) => string.Join(
        ';',
        $"--top:{EventWords.Number(block.Top % WeekCursor.Minutes)}",
        $"--length:{EventWords.Number(block.Bottom - block.Top)}",
        $"--lane:{EventWords.Number(block.Lane)}",
        $"--lanes:{EventWords.Number(block.Lanes)}",
        $"--span:{EventWords.Number(block.Span)}",
        $"--color:{ColorOf(block.Instance)}");

    private string BarClass(Segment segment) =>
        $"event bar{(segment.ContinuesBefore ? " before" : null)}{(segment.ContinuesAfter ? " after" : null)}{StateClass(segment.Instance)}";

    private string BarStyle(Segment segment) =>
        $"--lane:{EventWords.Number(segment.Lane)};--span:{EventWords.Number(segment.Span)};--color:{ColorOf(segment.Instance)}";
}
