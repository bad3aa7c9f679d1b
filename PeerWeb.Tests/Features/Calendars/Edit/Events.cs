using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>Ada's view: her own calendar, and Sam's with the rights that a test gives.</summary>
internal static class Events
{
    public const string Uid = "a";

    private static readonly DateTimeOffset Now = new(2025, 3, 14, 13, 2, 0, TimeSpan.Zero);

    public const string Review = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//x//y//EN
        BEGIN:VEVENT
        UID:a
        DTSTAMP:20250101T000000Z
        DTSTART:20250314T130000Z
        DTEND:20250314T140000Z
        SUMMARY:Review
        X-OURS:kept
        END:VEVENT
        END:VCALENDAR

        """;

    /// <summary>Fridays from 14 March 2025, 13:00 UTC, for an hour.</summary>
    public static string Weekly => Review.Replace("SUMMARY:", "RRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:", StringComparison.Ordinal);

    public const string SecondId = "20250321T130000Z";

    /// <summary>The second of <see cref="Weekly"/>, a week later.</summary>
    public static EventInstance Second(Source source)
    {
        var entry = Merged.Entry(source, Uid, EntryTime.Utc(Instant.FromUtc(2025, 3, 21, 13, 0)), EntryTime.Utc(Instant.FromUtc(2025, 3, 21, 14, 0)), "{}");
        return (entry with { Summary = entry.Summary with { Title = "Review", RecurrenceId = SecondId } }).Instance();
    }

    /// <summary>What the dialog says of an edit once it has counted.</summary>
    public static async Task<string?> ImpactAsync(EventSession session)
    {
        await session.CountAsync(default);
        return session.ImpactWords;
    }

    /// <summary>How many instances a text has.</summary>
    public static int CountOf(string text) => EventText.RemovalImpact(text, null, EventScope.All).Total ?? throw new InvalidOperationException("It has no end.");

    /// <summary>9 to 10 in New York, which is 14 to 15 in Berlin that week.</summary>
    public static string InNewYork => Review
        .Replace("DTSTART:20250314T130000Z", "DTSTART;TZID=America/New_York:20250314T090000", StringComparison.Ordinal)
        .Replace("DTEND:20250314T140000Z", "DTEND;TZID=America/New_York:20250314T100000", StringComparison.Ordinal);

    public static Source Sams(Rights rights) => Merged.Sams with { MyRights = rights };

    public static EntryScene Scene(params Source[] sources) => new(
        EventKind.Nouns, [Merged.Home, Merged.Peer()], sources.Length == 0 ? [Merged.Mine] : sources, new Dictionary<SourceId, string>(), Merged.Berlin, NewClock());

    /// <summary>14 March 2025, 14:02 in Berlin.</summary>
    public static FakeTimeProvider NewClock() => new(Now);

    /// <summary>The event as a month in Berlin shows it: 14:00 to 15:00.</summary>
    public static EventInstance Shown(Source source, string? recurrenceId = null)
    {
        var entry = Merged.Entry(source, Uid, EntryTime.Utc(Instant.FromUtc(2025, 3, 14, 13, 0)), EntryTime.Utc(Instant.FromUtc(2025, 3, 14, 14, 0)), "{}");
        return (entry with { Summary = entry.Summary with { Title = "Review", RecurrenceId = recurrenceId } }).Instance();
    }

    public static async Task<EventSession> OpenAsync(Writing writing, EntryScene scene, Source source, string text = Review, string? recurrenceId = null)
    {
        writing.Put(source, Uid, text);
        var session = EventSession.Of(writing.Calls, scene, Shown(source, recurrenceId));
        await session.LoadAsync(default);
        return session;
    }

    /// <summary>The second of a series, opened to change it and what follows.</summary>
    public static async Task<EventSession> OpenSecondAsync(Writing writing, EntryScene scene, Source source, string text)
    {
        writing.Put(source, Uid, text);
        var session = EventSession.Of(writing.Calls, scene, Second(source));
        await session.LoadAsync(default);
        session.Choose(EventScope.ThisAndFollowing);
        return session;
    }

    public static EventSession New(Writing writing, EntryScene? scene = null) => EventSession.New(
        writing.Calls, scene ?? Scene(), new NewSlot(new LocalDateTime(2025, 3, 14, 16, 0), new LocalDateTime(2025, 3, 14, 17, 0), IsAllDay: false));
}
