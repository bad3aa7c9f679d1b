
namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>How an entry repeats, from the properties that say so.</summary>
/// <remarks>RFC 5545 3.8.5.</remarks>
internal static class RecurrenceLines
{
    /// <summary>What says when an entry repeats; without all of them it is a single one.</summary>
    public static readonly string[] Names = ["RRULE", "RDATE", "EXDATE", "EXRULE"];

    /// <summary>Null where it does not repeat.</summary>
    public static Recurrence? Read(ComponentSeries series)
    {
        if (!series.IsRecurring)
            return null;
        if (series.Master is not { } master)
            return new Recurrence(string.Empty, []) { FixedBecause = "Only single instances of this series are here, not the rule by which it repeats." };
        var rules = master.Component.All("RRULE").ToList();
        return new Recurrence(rules.Count == 0 ? string.Empty : rules[0].Value.Trim(), [.. Exceptions(series, master).Distinct().Order(StringComparer.Ordinal)])
        {
            FixedBecause = master.Component.Find("EXRULE") is not null
                ? "This series also has a rule of dates to leave out (EXRULE), of a kind that is not used any more."
                : rules.Count switch
                {
                    0 => "This series repeats on dates that are listed one by one, not by a rule.",
                    1 => null,
                    _ => "This series repeats by several rules at once.",
                },
        };
    }

    private static IEnumerable<string> Exceptions(ComponentSeries series, TimedComponent master) => master.Component.All("EXDATE")
        .SelectMany(line => CalendarTimeText.ReadList(line, series.Zones))
        .Select(time => IdOf(master.Start, time.Start));

    /// <summary>The recurrence id of the instance that a listed time names.</summary>
    public static string IdOf(CalendarTime start, CalendarTime time) => start.At(start.LocalLikeMe(time)).ToBasicFormat();
}
