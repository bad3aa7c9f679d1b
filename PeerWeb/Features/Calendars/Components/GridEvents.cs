using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>An event of a grid, as its element names it.</summary>
public abstract class GridEventArgs : EventArgs
{
    public string? Source { get; set; }

    public string? Uid { get; set; }

    public string? RecurrenceId { get; set; }

    /// <summary>The instance that was picked; null where there is none of that name.</summary>
    public InstanceKey? Instance =>
        SourceId.TryParse(Source, out var source) && Core.Primitives.Uid.TryParse(Uid, out var uid)
            ? new InstanceKey(source, uid, RecurrenceId ?? string.Empty)
            : null;
}

/// <summary>Where in the grid something happened; made by <c>calendar.js</c> from the element's data.</summary>
public class GridPickEventArgs : GridEventArgs
{
    /// <summary>"event", "menu", "more", "less", "new", "close", or null for the cell itself.</summary>
    public string? Pick { get; set; }

    /// <summary>ISO date of the cell.</summary>
    public string? Day { get; set; }

    /// <summary>In a week the number of the half hour, or "all-day"; null in a month.</summary>
    public string? Slot { get; set; }

    /// <summary>The lower left corner of the picked element within the grid, in CSS pixels.</summary>
    public int X { get; set; }

    public int Y { get; set; }
}

public sealed class GridKeyEventArgs : GridPickEventArgs
{
    /// <summary>As <c>KeyboardEvent.key</c>; empty with Ctrl, Alt or Meta.</summary>
    public string Key { get; set; } = string.Empty;

    /// <summary>The focus is on something that has a click of its own.</summary>
    public bool OnButton { get; set; }
}

public sealed class GridSizeEventArgs : EventArgs
{
    /// <summary>Height of one cell in CSS pixels.</summary>
    public int CellHeight { get; set; }

    /// <summary>Too narrow for titles in the cells.</summary>
    public bool IsNarrow { get; set; }
}

/// <summary>An event was dragged, or moved by keys; made by <c>drag.js</c>, once, at the end.</summary>
public sealed class GridMoveEventArgs : GridEventArgs
{
    /// <summary>ISO local time in the viewer's zone, or an ISO date.</summary>
    public string? Begin { get; set; }

    /// <summary>The same; exclusive.</summary>
    public string? End { get; set; }

    /// <summary>Null where the browser said nothing sensible.</summary>
    public (LocalDateTime Begin, LocalDateTime End)? Times => GridTimes.Parse(Begin) is { } begin && GridTimes.Parse(End) is { } end && end >= begin ? (begin, end) : null;
}

/// <summary>A time was marked out for a new event.</summary>
public sealed class GridNewEventArgs : EventArgs
{
    /// <summary>ISO local time in the viewer's zone; an ISO date of an all-day event.</summary>
    public string? Begin { get; set; }

    /// <summary>The same; exclusive.</summary>
    public string? End { get; set; }

    public bool IsAllDay { get; set; }

    /// <summary>Null where the browser said nothing sensible.</summary>
    public (LocalDateTime Begin, LocalDateTime End)? Times => GridTimes.Parse(Begin) is { } begin && GridTimes.Parse(End) is { } end && end > begin ? (begin, end) : null;
}

/// <summary>Times as an element holds them for <c>drag.js</c>.</summary>
public static class GridTimes
{
    public static string Text(LocalDateTime time, bool isAllDay) => isAllDay ? LocalDatePattern.Iso.Format(time.Date) : LocalDateTimePattern.GeneralIso.Format(time);

    public static LocalDateTime? Parse(string? text) =>
        EventWords.ParseIsoDay(text) is { } day ? day.AtMidnight()
        : text is not null && LocalDateTimePattern.GeneralIso.Parse(text) is { Success: true, Value: var time } ? time
        : null;
}

[EventHandler("ongridpick", typeof(GridPickEventArgs))]
[EventHandler("ongridkey", typeof(GridKeyEventArgs))]
[EventHandler("ongriddouble", typeof(GridPickEventArgs))]
[EventHandler("ongridmenu", typeof(GridPickEventArgs))]
[EventHandler("ongridmove", typeof(GridMoveEventArgs))]
[EventHandler("ongridnew", typeof(GridNewEventArgs))]
[EventHandler("ongridsize", typeof(GridSizeEventArgs))]
public static class EventHandlers;
