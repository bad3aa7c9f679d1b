using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Features.Calendars.Agenda;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>Days under each other with their events: one of these has its place in the tab order, arrow keys lead to the others.</summary>
public sealed partial class AgendaGrid(IJSRuntime js, TimeProvider time) : EventGrid<AgendaSpan>(js)
{
    private AgendaLayout _layout = AgendaLayout.Of(AgendaSpan.Of(MonthSpan.Earliest), [], MonthSpan.Earliest);
    private AgendaCursor? _cursor;
    private AgendaSpan? _asked;
    private (AgendaSpan, bool)? _arrivedAt;
    private bool _isFocusDue;
    private bool _isLeaving;
    private ElementReference _root;

    protected override void OnParametersSet()
    {
        if (!IsNew())
            return;
        _layout = AgendaLayout.Of(Span, Instances, Today);
        if (_asked != Span)
            // Who came here by key goes on by key.
            (_asked, _isFocusDue, _isLeaving) = (Span, _isFocusDue || _isLeaving, false);
        if (_cursor is { } cursor && _layout.Rows.Any(row => AgendaCursor.Of(row) == cursor))
            return;
        _cursor = _layout.Rows.FirstOrDefault(row => row.Day >= Day) is { } first ? AgendaCursor.Of(first) : AgendaCursor.After("End", _layout, null);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        IsDirty = false;
        if (_arrivedAt != (Span, _cursor is not null))
        {
            _arrivedAt = (Span, _cursor is not null);
            await ArriveAsync(_root);
        }
        // Events may come later than the days; whoever waits for them gets the first.
        var isFocusDue = _isFocusDue && _cursor is not null;
        _isFocusDue &= !isFocusDue;
        if (isFocusDue)
            await CallAsync("focusCell", _root);
        else
            await KeepFocusAsync(_root);
    }

    private Task OnPickAsync(GridPickEventArgs args)
    {
        Unfollow(args);
        switch (args.Pick)
        {
            case "event" when Find(args.Instance) is { } instance:
                if (CursorOf(args) is { } cursor)
                    GoTo(cursor, takesFocus: false);
                return OnEvent.InvokeAsync(instance);
            case "check":
                return CheckAsync(args);
            case "menu":
                OpenMenu(args);
                break;
            case "new" when EventWords.ParseIsoDay(args.Day) is { } day:
                return NewAsync(day);
        }
        return Task.CompletedTask;
    }

    private Task OnKeyAsync(GridKeyEventArgs args)
    {
        Unfollow(args);
        switch (args.Key)
        {
            case "PageUp":
                return LeaveAsync(Span.Previous.First);
            case "PageDown":
                return LeaveAsync(Span.Next.First);
            case "t" or "T" when !Span.Shows(Today):
                return LeaveAsync(Today);
            case "t" or "T":
                if (_layout.Rows.FirstOrDefault(row => row.Day >= Today) is { } next)
                    GoTo(AgendaCursor.Of(next), takesFocus: true);
                break;
            case "n" or "N":
                return NewAsync(EventWords.ParseIsoDay(args.Day) ?? _cursor?.Day ?? Day);
            default:
                if (AgendaCursor.After(args.Key, _layout, CursorOf(args) ?? _cursor) is { } to)
                    GoTo(to, takesFocus: true);
                break;
        }
        return Task.CompletedTask;
    }

    private Task LeaveAsync(LocalDate day)
    {
        _isLeaving = true;
        return OnLeave.InvokeAsync(day);
    }

    private Task NewAsync(LocalDate day) =>
        OnNew.InvokeAsync(NewSlots.On(day, Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Zone).LocalDateTime));

    private void GoTo(AgendaCursor cursor, bool takesFocus)
    {
        (_cursor, _isFocusDue, IsDirty) = (cursor, takesFocus, true);
        OnDay?.Invoke(cursor.Day);
    }

    private static AgendaCursor? CursorOf(GridPickEventArgs args) =>
        args.Instance is { } key && EventWords.ParseIsoDay(args.Day) is { } day ? new AgendaCursor(day, key) : null;

    private string Relative(LocalDate day) => Period.DaysBetween(Today, day) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        _ => string.Empty,
    };

    private static string DaysOf(AgendaRow row) => row.Of > 1 ? $"day {EventWords.Number(row.Number)} of {EventWords.Number(row.Of)}" : string.Empty;

    private static string? PlaceOf(EventInstance instance) => CalendarEventDetail.Parse(instance.Summary.Detail).Location;

    private static string NameOf(EventInstance instance, SourceLook? look) => look is null ? instance.Source.Owner.ToString() : $"{look.Name} · {look.Id.Owner}";
}
