using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Short ways to write calendar texts and to ask for their index.</summary>
internal static class Ics
{
    public static readonly CalendarApp App = new();

    public static TimeRange Years(int from, int to) => new(Instant.FromUtc(from, 1, 1, 0, 0), Instant.FromUtc(to, 1, 1, 0, 0));

    public static string Calendar(params string[] lines) =>
        string.Concat(lines.Prepend("PRODID:-//Example//Test//EN").Prepend("VERSION:2.0").Prepend("BEGIN:VCALENDAR").Append("END:VCALENDAR").Select(line => line + "\r\n"));

    /// <summary>A calendar with one VEVENT of these properties and a UID.</summary>
    public static string Event(params string[] lines) => Calendar(Component(lines));

    public static string[] Component(params string[] lines) => ["BEGIN:VEVENT", "UID:event-1@test.example", .. lines, "END:VEVENT"];

    public static IndexedEntry Index(string text, int from = 2026, int to = 2028) => App.Index(text, Years(from, to));

    public static InvalidEntryException Refused(string text) => Assert.Throws<InvalidEntryException>(() => Index(text));

    public static string?[] Ids(IndexedEntry entry) => [.. entry.Instances.Select(instance => instance.RecurrenceId)];

    public static string Local(EntryTime? time) => time?.Local.ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;

    public static string[] Starts(IndexedEntry entry) => [.. entry.Instances.Select(instance => Local(instance.Start))];
}
