using NodaTime;
using NodaTime.Calendars;

namespace PeerWeb.Features.Calendars.Settings;

/// <summary>Numbers of weeks after ISO 8601. A week that begins on Sunday or Saturday has the number of the ISO week that it shares its Thursday with.</summary>
/// <remarks>So a week has one number for everybody, wherever theirs begins; the first of a year is the one with its first Thursday.</remarks>
public static class WeekNumber
{
    /// <param name="weekStart">The first day of a week.</param>
    public static int Of(LocalDate weekStart) => WeekYearRules.Iso.GetWeekOfWeekYear(weekStart.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Thursday)));
}
