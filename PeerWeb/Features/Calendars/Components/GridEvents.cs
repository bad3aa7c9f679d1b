using Microsoft.AspNetCore.Components;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>Where in the grid something happened; made by <c>calendar.js</c> from the element's data.</summary>
public class GridPickEventArgs : EventArgs
{
    /// <summary>"event", "more", "close", or null for the cell itself.</summary>
    public string? Pick { get; set; }

    /// <summary>ISO date of the cell.</summary>
    public string? Day { get; set; }

    public string? Source { get; set; }

    public string? Uid { get; set; }

    public string? RecurrenceId { get; set; }

    /// <summary>The instance that was picked; null where there is none of that name.</summary>
    public InstanceKey? Instance =>
        SourceId.TryParse(Source, out var source) && Core.Primitives.Uid.TryParse(Uid, out var uid)
            ? new InstanceKey(source, uid, RecurrenceId ?? string.Empty)
            : null;
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

[EventHandler("ongridpick", typeof(GridPickEventArgs))]
[EventHandler("ongridkey", typeof(GridKeyEventArgs))]
[EventHandler("ongridsize", typeof(GridSizeEventArgs))]
public static class EventHandlers;
