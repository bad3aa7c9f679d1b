using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Import;

/// <summary>One event of a file as its preview shows it.</summary>
/// <param name="When">In the event's own zone; empty where it cannot be read.</param>
/// <param name="Rule">How it repeats, in words; null where it does not.</param>
/// <param name="Changes">What would be another than it is now, as "title: old → new".</param>
public sealed record PreviewRow(ImportedEntry Result, string Title, string When, string? Rule, IReadOnlyList<string> Changes)
{
    public static PreviewRow Of(PreviewedEntry entry)
    {
        if (entry.Text is not { } text || Read(text) is not { } read)
            return new PreviewRow(entry.Result, entry.Result.Label, string.Empty, Rule: null, []);
        var now = entry.Current is { } current ? Read(current) : null;
        return new PreviewRow(entry.Result, read.Summary, WhenOf(read), read.RecurrenceRule, now is null ? [] : ChangesOf(now, read));
    }

    private static List<string> ChangesOf(CalendarEvent now, CalendarEvent then)
    {
        var changes = new List<string>();
        Compare("title", now.Summary, then.Summary);
        Compare("time", WhenOf(now), WhenOf(then));
        Compare("repeats", now.RecurrenceRule ?? "never", then.RecurrenceRule ?? "never");
        Compare("place", now.Location ?? "none", then.Location ?? "none");
        return changes.Count > 0 ? changes : ["other details"];

        void Compare(string what, string old, string fresh)
        {
            if (old != fresh)
                changes.Add($"{what}: {old} → {fresh}");
        }
    }

    private static string WhenOf(CalendarEvent read)
    {
        var when = EventWords.When(read.Start.Local, read.End.LocalFor(ZoneOf(read.Start)), read.Start.IsDate);
        return read.Start.Kind switch
        {
            TimeKind.Utc => $"{when} UTC",
            TimeKind.Zoned => $"{when} ({read.Start.ZoneId?.Replace('_', ' ')})",
            TimeKind.Floating or TimeKind.Date => when,
        };
    }

    private static NodaTime.DateTimeZone ZoneOf(EntryTime time) =>
        time.ZoneId is { } id ? NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? NodaTime.DateTimeZone.Utc : NodaTime.DateTimeZone.Utc;

    private static CalendarEvent? Read(string text)
    {
        try
        {
            return CalendarEvent.Read(text);
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }
}
