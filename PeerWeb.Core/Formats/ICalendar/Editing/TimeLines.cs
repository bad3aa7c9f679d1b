using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Writes start and end of a component; an end stays a DTEND or DUE, a DURATION or unsaid, as it was.</summary>
internal static class TimeLines
{
    /// <param name="component">As it was, for the forms it had.</param>
    public static void Set(ComponentDocument document, ComponentLines lines, TimedComponent component, EntryTime start, EntryTime end)
    {
        var startLine = component.StartLine;
        SetTime(document, lines, component.StartName, start, startLine, startLine is null ? null : component.Start);
        // What is at its DUE has no other end.
        if (component.StartName == component.Kind.EndName)
            return;
        if (component.EndLine is { } endLine)
        {
            SetEnd(document, lines, start, end, endLine);
        }
        else if (component.Component.Find("DURATION") is { } duration)
        {
            var isSame = TimeLine.IsAlike(start, component.Start.ToEntryTime()) && component.EndOf(start.ToCalendarTime()).ToEntryTime() == end;
            lines.Set(isSame ? duration.Raw : $"DURATION:{DurationText(start, end)}");
        }
        else if (end != ImpliedEnd(start) && component.Kind.EndName is { } endName)
        {
            SetTime(document, lines, endName, Said(end, component.Kind), startLine, startLine is null ? null : component.Start);
        }
    }

    /// <summary>An end in the second of two hours that bear the same name cannot be said by the clock; how long it takes until then can.</summary>
    public static void SetEnd(ComponentDocument document, ComponentLines lines, EntryTime start, EntryTime end, ContentLine endLine)
    {
        if (TimeLine.IsAlike(start, end) && end.ToCalendarTime().Instant != end.Instant)
        {
            lines.Remove(endLine.Name);
            lines.Set($"DURATION:{DurationText(start, end)}");
            return;
        }
        SetTime(document, lines, endLine.Name, Said(end, document.Kind), endLine, CalendarTimeText.Read(endLine, document.Series.Zones));
    }

    /// <summary>Between two times of one kind: exact where they are instants.</summary>
    public static Duration Elapsed(EntryTime start, EntryTime end) => end.InstantFor(DateTimeZone.Utc) - start.InstantFor(DateTimeZone.Utc);

    /// <summary>The time that much later, as <paramref name="like"/> is typed.</summary>
    public static EntryTime After(EntryTime start, Duration elapsed, EntryTime like) =>
        like.ToCalendarTime().At(start.InstantFor(DateTimeZone.Utc) + elapsed).ToEntryTime();

    /// <summary>How the property says an end, which is exclusive here.</summary>
    public static EntryTime Said(EntryTime end, ComponentKind kind) => end.IsDate && kind.IsOfItsLastDay ? EntryTime.Date(end.Local.Date.PlusDays(-1)) : end;

    private static EntryTime ImpliedEnd(EntryTime start) => start.IsDate ? EntryTime.Date(start.Local.Date.PlusDays(1)) : start;

    private static void SetTime(ComponentDocument document, ComponentLines lines, string name, EntryTime time, ContentLine? like, CalendarTime? likeTime)
    {
        if (like?.Name == name && likeTime?.ToEntryTime() == time)
            return;
        var line = TimeLine.Write(name, time, like, likeTime);
        lines.Set(line);
        if (ContentLine.Parse(line, 0).Parameter("TZID") is { } zone && zone != like?.Parameter("TZID"))
            document.NeedZone(time);
    }

    private static string DurationText(EntryTime start, EntryTime end)
    {
        var seconds = (long)Elapsed(start, end).TotalSeconds;
        if (start.IsDate)
            return FormattableString.Invariant($"P{seconds / 86400}D");
        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        var text = (hours > 0 ? FormattableString.Invariant($"{hours}H") : string.Empty)
            + (minutes > 0 ? FormattableString.Invariant($"{minutes}M") : string.Empty)
            + (rest > 0 || seconds == 0 ? FormattableString.Invariant($"{rest}S") : string.Empty);
        return $"PT{text}";
    }
}
