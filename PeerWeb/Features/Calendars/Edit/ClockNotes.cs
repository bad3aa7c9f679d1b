using System.Globalization;
using NodaTime.Text;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What there is to know of a time at which clocks are changed.</summary>
public static class ClockNotes
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>Null where the clock shows this time once, as it should.</summary>
    /// <param name="typed">As the input holds it.</param>
    /// <param name="time">What it means.</param>
    public static string? Of(string typed, string zone, EntryTime time)
    {
        if (time.Instant is not { } instant || FormTimes.Read(typed, isAllDay: false) is not { } local || FormZone.Read(zone) is not { } by)
            return null;
        var map = by.Clock.MapLocal(local);
        return map.Count switch
        {
            0 => $"Clocks go forward: {EventWords.Time(local.TimeOfDay)} does not exist on {Day.Format(local.Date)} in {Name(by)}. It becomes {EventWords.Time(by.Show(time).TimeOfDay)}.",
            2 => $"Clocks go back: {EventWords.Time(local.TimeOfDay)} comes twice on {Day.Format(local.Date)} in {Name(by)}. The {(instant == map.First().ToInstant() ? "first" : "second")} is meant.",
            _ => null,
        };
    }

    private static string Name(FormZone zone) => zone.Clock.Id.Replace('_', ' ');
}
