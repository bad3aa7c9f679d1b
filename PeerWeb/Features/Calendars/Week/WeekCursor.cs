using NodaTime;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>Where the focus is in a week: half an hour of a day, or its place in the row of all-day events.</summary>
/// <param name="Slot">The half hour, from 0; null in the row of all-day events.</param>
public readonly record struct WeekCursor(LocalDate Day, int? Slot)
{
    public const int Minutes = 30;
    public const int Slots = 24 * 60 / Minutes;

    public static WeekCursor At(LocalDateTime time) => new(time.Date, ((time.Hour * 60) + time.Minute) / Minutes);

    public static LocalTime TimeOf(int slot) => LocalTime.Midnight.PlusMinutes(slot * Minutes);

    /// <summary>Where a key leads, also out of the span; null for a key that leads nowhere.</summary>
    /// <param name="span">The days that show; where some are left out, keys pass over them.</param>
    /// <param name="key">As <c>KeyboardEvent.key</c>.</param>
    /// <param name="now">Where "t" leads.</param>
    public WeekCursor? After(string key, HourSpan span, WeekCursor now) => key switch
    {
        "ArrowLeft" => this with { Day = span.After(Day, -1) },
        "ArrowRight" => this with { Day = span.After(Day, 1) },
        "ArrowUp" => this with { Slot = Slot is null or 0 ? null : Slot - 1 },
        "ArrowDown" => this with { Slot = Slot is { } slot ? Math.Min(slot + 1, Slots - 1) : 0 },
        "Home" => this with { Day = span.Days[0] },
        "End" => this with { Day = span.Days[^1] },
        "PageUp" => this with { Day = Day.PlusDays(-span.Length) },
        "PageDown" => this with { Day = Day.PlusDays(span.Length) },
        "t" or "T" => now,
        _ => null,
    };
}
