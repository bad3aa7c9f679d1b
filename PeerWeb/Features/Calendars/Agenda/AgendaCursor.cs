using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Agenda;

/// <summary>Where the focus is in the list: an event under one of its days.</summary>
public readonly record struct AgendaCursor(LocalDate Day, InstanceKey Key)
{
    public static AgendaCursor Of(AgendaRow row) => new(row.Day, row.Instance.Key);

    /// <summary>Where a key leads in the list; null for a key that leads nowhere in it.</summary>
    /// <param name="key">As <c>KeyboardEvent.key</c>.</param>
    /// <param name="at">Null: nowhere yet.</param>
    public static AgendaCursor? After(string key, AgendaLayout layout, AgendaCursor? at)
    {
        var rows = layout.Rows.ToList();
        if (rows.Count == 0)
            return null;
        var index = at is { } here ? rows.FindIndex(row => Of(row) == here) : -1;
        var day = index < 0 ? default : rows[index].Day;
        int? to = key switch
        {
            "ArrowDown" => Math.Min(index + 1, rows.Count - 1),
            "ArrowUp" => Math.Max(index - 1, 0),
            "ArrowRight" => index < 0 ? 0 : rows.FindIndex(row => row.Day > day) is var next and >= 0 ? next : rows.Count - 1,
            "ArrowLeft" => index < 0 ? 0 : rows.FindIndex(row => row.Day == rows[Math.Max(rows.FindIndex(other => other.Day == day) - 1, 0)].Day),
            "Home" => 0,
            "End" => rows.Count - 1,
            _ => null,
        };
        return to is { } found ? Of(rows[found]) : null;
    }
}
