using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>What a line that somebody typed means.</summary>
/// <param name="Fields">Of a new todo.</param>
/// <param name="Understood">The words that say something else than the title, in their order; all others are the title.</param>
public sealed record QuickAddLine(TodoFields Fields, IReadOnlyList<string> Understood);

/// <summary>Reads one line such as "Call Ada tomorrow 14:00 #phone !high".</summary>
/// <remarks>
/// A day: today, tomorrow, a weekday ("on Friday", "next Friday" of next week), "in 3 days", "in a week", 2026-11-30, 24.12., 24.12.2026. A time: 14:00, 9am, 2:30pm, "in 2 hours"; without a day the next
/// such time. #tag, !high, !medium, !low, !1 to !9. Of several days or times the first counts; what is not understood stays in the title.
/// </remarks>
public static class QuickAdd
{
    /// <summary>Longer lines are a title as they are.</summary>
    private const int MostWords = 200;

    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u00A0'];

    /// <param name="viewer">Zone of the days and times.</param>
    public static QuickAddLine Read(string line, DateTimeZone viewer, Instant now)
    {
        var words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > MostWords)
            return AsTitle(words);
        var reading = new QuickAddReading(words, now.InZone(viewer).LocalDateTime);
        reading.Run();
        // A todo needs a title more than anything else.
        if (reading.Title.Count == 0)
            return AsTitle(words);
        var fields = TodoFields.None with
        {
            Summary = string.Join(' ', reading.Title),
            Due = DueOf(reading, viewer, now),
            Tags = [.. reading.Tags.Distinct()],
            Priority = reading.Priority ?? 0,
        };
        return new QuickAddLine(fields, reading.Understood);
    }

    private static QuickAddLine AsTitle(string[] words) => new(TodoFields.None with { Summary = string.Join(' ', words) }, []);

    private static EntryTime? DueOf(QuickAddReading reading, DateTimeZone viewer, Instant now)
    {
        if (reading.After is { } span)
            return viewer.At((now + span).InZone(viewer).LocalDateTime.With(TimeAdjusters.TruncateToMinute));
        if (reading.Time is not { } time)
            return reading.Day is { } day ? EntryTime.Date(day) : null;
        var today = now.InZone(viewer).Date;
        var due = viewer.At((reading.Day ?? today).At(time));
        return reading.Day is null && due.Instant <= now ? viewer.At(today.PlusDays(1).At(time)) : due;
    }
}
