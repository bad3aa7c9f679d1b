using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

/// <summary>Short ways to change event texts and to look at what came out.</summary>
internal static class Texts
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    public static readonly Uid Following = Uid.Parse("following-1@test.example");
    public static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    public static EntryTime InZurich(int month, int day, int hour, int minute = 0, int year = 2026) => In(Zurich, new LocalDateTime(year, month, day, hour, minute));

    public static EntryTime In(DateTimeZone zone, LocalDateTime local) => EntryTime.Zoned(local, zone.Id, zone.AtLeniently(local).ToInstant());

    public static EntryTime Day(int month, int day) => EntryTime.Date(new LocalDate(2026, month, day));

    /// <summary>Unfolded, without the stamps.</summary>
    public static string[] Lines(string text) =>
        [.. ContentLines.Read(text).Select(line => line.Raw).Where(raw => !raw.StartsWith("DTSTAMP:", StringComparison.Ordinal) && !raw.StartsWith("LAST-MODIFIED:", StringComparison.Ordinal))];

    public static string[] Added(string before, string after) => [.. Left(Lines(after), Lines(before))];

    public static string[] Gone(string before, string after) => [.. Left(Lines(before), Lines(after))];

    /// <summary>Changes what the dialog showed of an event or an instance.</summary>
    public static string Change(string text, string? id, EventScope scope, Func<EventFields, EventFields> edit)
    {
        var before = EventText.Fields(text, id);
        var changed = EventText.Change(text, id, scope, before, edit(before), Following, Now);
        Assert.Null(changed.Following);
        Ics.Index(changed.Text!);
        return changed.Text!;
    }

    public static EventFields Moved(EventFields fields, Period by) => fields with { Start = Moved(fields.Start, by), End = Moved(fields.End, by) };

    public static EntryTime Moved(EntryTime time, Period by)
    {
        var calendarTime = time.ToCalendarTime();
        return calendarTime.At(calendarTime.Local + by).ToEntryTime();
    }

    public static List<ComponentInstance> Instances(string text) => ComponentSeries.Read(text, ComponentKind.Event).Instances(Ics.Years(2025, 2030), null, 2000);

    public static (EntryTime Start, EntryTime End)[] Times(string text) => [.. Instances(text).Select(instance => (instance.Start, instance.End))];

    private static List<string> Left(string[] lines, string[] without)
    {
        var left = lines.ToList();
        foreach (var line in without)
            left.Remove(line);
        return left;
    }
}
