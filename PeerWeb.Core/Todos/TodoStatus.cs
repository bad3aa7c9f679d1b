using System.Globalization;
using NodaTime;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Todos;

/// <remarks>RFC 5545 3.8.1.11.</remarks>
public enum TodoStatus
{
    NeedsAction,
    InProcess,
    Completed,
    Cancelled,
}

/// <summary>How far a todo is. 100 percent and COMPLETED are one.</summary>
/// <param name="Percent">0 to 100.</param>
/// <remarks>RFC 5545 3.8.1.8, 3.8.1.11 and 3.8.2.1.</remarks>
public readonly record struct TodoProgress(TodoStatus Status, int Percent)
{
    public bool IsOpen => Status is TodoStatus.NeedsAction or TodoStatus.InProcess;

    public static TodoProgress Of(Component component)
    {
        var percent = int.TryParse(component.Text("PERCENT-COMPLETE"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? Math.Clamp(said, 0, 100) : 0;
        // Some programs say one of the three only.
        var status = component.Text("STATUS")?.ToUpperInvariant() switch
        {
            "NEEDS-ACTION" => TodoStatus.NeedsAction,
            "IN-PROCESS" => TodoStatus.InProcess,
            "COMPLETED" => TodoStatus.Completed,
            "CANCELLED" => TodoStatus.Cancelled,
            _ when percent == 100 || component.Find("COMPLETED") is not null => TodoStatus.Completed,
            _ => percent > 0 ? TodoStatus.InProcess : TodoStatus.NeedsAction,
        };
        return new TodoProgress(status, status == TodoStatus.Completed ? 100 : Math.Min(percent, 99));
    }

    public static Instant? CompletedAt(Component component) => component.Text("COMPLETED") is { } text ? CalendarTimeText.ReadUtc(text) : null;

    /// <summary>The other status, and a percentage that fits.</summary>
    public TodoProgress With(TodoStatus status) => status switch
    {
        TodoStatus.Completed => new(status, 100),
        TodoStatus.NeedsAction => new(status, 0),
        TodoStatus.InProcess or TodoStatus.Cancelled => new(status, Percent == 100 ? 0 : Percent),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>The other percentage, and a status that fits.</summary>
    public TodoProgress With(int percent) => Math.Clamp(percent, 0, 100) switch
    {
        100 => new(TodoStatus.Completed, 100),
        0 => new(Status == TodoStatus.Cancelled ? Status : TodoStatus.NeedsAction, 0),
        var part => new(Status == TodoStatus.Cancelled ? Status : TodoStatus.InProcess, part),
    };

    /// <summary>What was meant by a change of one or both by hand: the status where it is another one, else the percentage.</summary>
    public TodoProgress ChangedTo(TodoProgress after) => after.Status != Status
        ? after.Status == TodoStatus.InProcess && after.Percent is > 0 and < 100 ? after : after.With(after.Status)
        : after.Percent != Percent ? With(after.Percent) : this;
}
