using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>The fields of a dialog, from and to the properties that hold them.</summary>
internal static class TodoLines
{
    public static TodoFields Read(Component component, TodoTimes times, Recurrence? recurrence)
    {
        var progress = TodoProgress.Of(component);
        return new TodoFields(
            TextLines.Line(component, "SUMMARY"),
            component.Text("DESCRIPTION") ?? string.Empty,
            times.Start,
            times.Due,
            TodoDetail.PriorityOf(component),
            progress.Percent,
            progress.Status,
            [.. component.Categories],
            TodoParent.Of(component.Properties),
            TextLines.Line(component, "LOCATION"),
            component.IsPrivate,
            recurrence);
    }

    /// <summary>What differs, times and rule left out.</summary>
    public static void Change(ComponentLines lines, TodoFields before, TodoFields after, Instant now)
    {
        if (before.Summary != after.Summary)
            TextLines.SetLine(lines, "SUMMARY", after.Summary);
        if (before.Description != after.Description)
            TextLines.SetLines(lines, "DESCRIPTION", after.Description);
        if (before.Location != after.Location)
            TextLines.SetLine(lines, "LOCATION", after.Location);
        if (before.Priority != after.Priority)
            SetNumber(lines, "PRIORITY", Math.Clamp(after.Priority, 0, 9));
        if (before.Progress != after.Progress)
            SetProgress(lines, after.Progress, now);
        if (before.Tags != after.Tags)
            TextLines.SetCategories(lines, after.Tags);
        if (before.Parent != after.Parent)
            TodoParent.Set(lines, after.Parent);
        if (before.IsPrivate != after.IsPrivate)
            TextLines.SetPrivate(lines, after.IsPrivate);
    }

    /// <summary>Start and due of a todo that does not repeat.</summary>
    /// <param name="component">As it was, for the forms it had.</param>
    /// <exception cref="InvalidEntryException">The two do not go together.</exception>
    public static void SetTimes(ComponentDocument document, TimedComponent component, TodoTimes times)
    {
        if (TodoTimes.Of(component) == times)
            return;
        Check(times);
        var lines = document.LinesOf(component);
        var (start, due) = (component.Component.Find("DTSTART"), component.Component.Find("DUE"));
        lines.Remove("DURATION");
        Set(document, lines, "DTSTART", times.Start, start);
        Set(document, lines, "DUE", times.Due, due ?? start);
    }

    /// <exception cref="InvalidEntryException">The two do not go together.</exception>
    public static void Check(TodoTimes times)
    {
        if (times is not { Start: { } start, Due: { } due })
            return;
        if (start.IsDate != due.IsDate || (start.Instant is null) != (due.Instant is null))
            throw new InvalidEntryException("Start and due are of different kinds (a date, a time with or without a zone).", null);
        if (due.InstantFor(DateTimeZone.Utc) < start.InstantFor(DateTimeZone.Utc))
            throw new InvalidEntryException("It is due before it starts.", null);
    }

    private static void Set(ComponentDocument document, ComponentLines lines, string name, EntryTime? time, ContentLine? like)
    {
        if (time is not { } said)
        {
            lines.Remove(name);
            return;
        }
        var likeTime = like is null ? (CalendarTime?)null : CalendarTimeText.Read(like, document.Series.Zones);
        if (like?.Name == name && likeTime?.ToEntryTime() == said)
            return;
        lines.Set(TimeLine.Write(name, said, like, likeTime));
        if (lines.Find(name)?.Parameter("TZID") is { } zone && zone != like?.Parameter("TZID"))
            document.NeedZone(said);
    }

    /// <remarks>An open todo without progress says nothing: NEEDS-ACTION is what is meant then.</remarks>
    private static void SetProgress(ComponentLines lines, TodoProgress progress, Instant now)
    {
        var was = lines.Find("COMPLETED");
        if (progress.Status != TodoStatus.Completed)
            lines.Remove("COMPLETED");
        else if (was is null)
            lines.Set($"COMPLETED:{TimeLine.Utc(now)}");
        SetNumber(lines, "PERCENT-COMPLETE", progress.Percent);
        switch (progress.Status)
        {
            case TodoStatus.NeedsAction:
                lines.Remove("STATUS");
                break;
            case TodoStatus.InProcess:
                lines.Set("STATUS:IN-PROCESS");
                break;
            case TodoStatus.Completed:
                lines.Set("STATUS:COMPLETED");
                break;
            case TodoStatus.Cancelled:
                lines.Set("STATUS:CANCELLED");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(progress));
        }
    }

    private static void SetNumber(ComponentLines lines, string name, int number)
    {
        if (number == 0)
            lines.Remove(name);
        else
            lines.Set(FormattableString.Invariant($"{name}:{number}"));
    }
}
