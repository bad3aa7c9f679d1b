using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;

namespace PeerWeb.Core.Todos;

/// <summary>Completes and reopens a todo, or one instance of a repeating one.</summary>
/// <remarks>RFC 5545 3.8.1.8, 3.8.1.11 and 3.8.2.1, of an instance in a component of its own with its RECURRENCE-ID.</remarks>
public static class TodoCompletion
{
    private static readonly TodoText Texts = new();

    /// <summary>STATUS:COMPLETED, COMPLETED and PERCENT-COMPLETE:100; the text itself where that is so.</summary>
    /// <param name="recurrenceId">Which instance, in basic format; null for the todo as such, which of a repeating one means all of it.</param>
    /// <exception cref="InvalidEntryException">The text is no todo, has no such instance, or would be beyond a cap.</exception>
    /// <remarks>Of what was done long ago of a todo that repeats for years only as much is kept as an entry can hold.</remarks>
    public static string Complete(string text, string? recurrenceId, Instant now)
    {
        var completed = Set(text, recurrenceId, TodoStatus.Completed, now);
        return recurrenceId is null || completed == text ? completed : CalendarText.Guard(() => TodoHistory.Shortened(completed));
    }

    /// <summary>Takes the three back. An instance that had nothing else of its own is one of the series again.</summary>
    /// <inheritdoc cref="Complete"/>
    public static string Reopen(string text, string? recurrenceId, Instant now)
    {
        var reopened = Set(text, recurrenceId, TodoStatus.NeedsAction, now);
        return recurrenceId is null ? reopened : CalendarText.Guard(() => Rejoined(reopened, recurrenceId));
    }

    private static string Set(string text, string? recurrenceId, TodoStatus status, Instant now)
    {
        var before = TodoText.ReadInstance(text, recurrenceId);
        return recurrenceId is null || before.Recurrence is null
            ? Texts.Change(text, before, before.With(status), now)
            : TodoText.ChangeInstance(text, recurrenceId, before, before.With(status), now);
    }

    private static string Rejoined(string text, string recurrenceId)
    {
        var document = ComponentDocument.Read(text, ComponentKind.Todo);
        if (document.Series.Master is null || InstanceChange.FindOverride(document, recurrenceId) is not { ChangesFollowing: false } changed)
            return text;
        var lines = document.LinesOf(changed);
        document.Calendar.Remove(lines);
        var without = document.Again();
        return without.Series.Has(recurrenceId) && PropertyUnits.AreEqual(InstanceChange.MakeOverride(without, recurrenceId), lines) ? without.Write() : text;
    }
}
