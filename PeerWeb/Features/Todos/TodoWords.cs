using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos;

/// <summary>Todos in words.</summary>
public static class TodoWords
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);

    public static string Title(string title) => title.Length > 0 ? title : "(no title)";

    public static string Of(TodoStatus status) => status switch
    {
        TodoStatus.NeedsAction => "To do",
        TodoStatus.InProcess => "In progress",
        TodoStatus.Completed => "Done",
        TodoStatus.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Null where there is none.</summary>
    /// <remarks>RFC 5545 3.8.1.9.</remarks>
    public static string? Priority(int priority) => priority switch
    {
        >= 1 and <= 4 => "High",
        5 => "Medium",
        >= 6 and <= 9 => "Low",
        _ => null,
    };

    /// <summary>"today, 14:00", "tomorrow", "Fri 27 Nov", "24 Dec 2027".</summary>
    public static string When(EntryTime time, DateTimeZone viewer, Instant now)
    {
        var local = time.LocalFor(viewer);
        var day = Day(local.Date, now.InZone(viewer).Date);
        return time.IsDate ? day : $"{day}, {Clock.Format(local.TimeOfDay)}";
    }

    /// <summary>"Due 24 Dec 2026, done": when a todo is due and how it stands, for a line about it; null where it is open and not due.</summary>
    public static string? About(MergedEntry entry, DateTimeZone zone)
    {
        var todo = ShownTodo.Of(entry.Source.Owner, entry.Summary);
        var due = todo.Due is { } time ? $"Due {time.LocalFor(zone).Date.ToString("d MMM uuuu", CultureInfo.InvariantCulture)}" : null;
        var status = todo.Progress.Status == TodoStatus.NeedsAction ? null : Of(todo.Progress.Status);
        return due is null ? status : status is null ? due : $"{due}, {status.ToLowerInvariant()}";
    }

    /// <summary>What a line was understood to say beside its title, in one sentence; null where nothing.</summary>
    public static string? Understood(TodoFields fields, DateTimeZone viewer, Instant now)
    {
        var parts = new[]
        {
            fields.Due is { } due ? $"due {When(due, viewer, now)}" : null,
            Priority(fields.Priority) is { } priority ? $"{priority.ToLowerInvariant()} priority" : null,
            fields.Tags.Count switch { 0 => null, 1 => $"tag {fields.Tags[0]}", _ => $"tags {string.Join(", ", fields.Tags)}" },
        }.OfType<string>().ToList();
        return parts.Count == 0 ? null : $"“{fields.Summary}”, {string.Join(", ", parts)}.";
    }

    private static string Day(LocalDate day, LocalDate today) => Period.DaysBetween(today, day) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        _ => day.ToString(day.Year == today.Year ? "ddd d MMM" : "d MMM uuuu", CultureInfo.InvariantCulture),
    };
}
