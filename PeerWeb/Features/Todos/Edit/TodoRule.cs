using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>How often a todo repeats, as a list to choose from; what other programs say beyond it stays as it is.</summary>
public static class TodoRule
{
    /// <summary>It repeats without a rule, on dates that are listed one by one.</summary>
    public const string Listed = "listed";

    public static readonly IReadOnlyList<(string Rule, string Words)> Common =
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "Every two weeks"),
        ("FREQ=MONTHLY", "Every month"),
        ("FREQ=YEARLY", "Every year"),
    ];

    public static string TextOf(Recurrence? recurrence) => recurrence switch
    {
        null => string.Empty,
        { Rule.Length: 0 } => Listed,
        { Rule: var rule } => rule,
    };

    /// <summary>The recurrence that a choice means; the todo's own where it stayed.</summary>
    public static Recurrence? Of(string text, Recurrence? before)
    {
        if (text.Length == 0)
            return null;
        if (before is not null && text == TextOf(before))
            return before;
        return text == Listed ? throw new InvalidEntryException("Dates can be listed by other programs only.", null) : new Recurrence(text, before?.Exceptions ?? []);
    }

    /// <summary>What a todo says of its repeating.</summary>
    public static string Words(TodoFields fields)
    {
        if (fields is not { Recurrence: { } recurrence } || (fields.Start ?? fields.Due) is not { } start)
            return "Does not repeat";
        var words = RecurrenceSentence.Of(recurrence, start);
        return words.Length > 0 ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }
}
