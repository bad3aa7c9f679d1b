using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>How an entry repeats, as a dialog shows and changes it.</summary>
/// <param name="Rule">Value of the entry's first RRULE, such as <c>FREQ=WEEKLY;BYDAY=MO</c>; empty where it repeats without one.</param>
/// <param name="Exceptions">Recurrence ids that EXDATE leaves out: basic format, typed as the entry's start, ascending.</param>
/// <remarks>RFC 5545 3.8.5. Dates that RDATE adds to a rule stay whatever the rule becomes, until the entry stops repeating.</remarks>
public sealed record Recurrence(string Rule, ValueList<string> Exceptions)
{
    /// <summary>Why no other rule can be set, as a sentence for a person; null where one can. Exceptions can be changed all the same, and the entry can stop repeating.</summary>
    public string? FixedBecause { get; init; }

    /// <summary>Of an edit of this and all that follow: COUNT is what comes from there on, also where it is the number that the whole series had.</summary>
    public bool CountsFromSplit { get; init; }

    public bool IsEditable => FixedBecause is null;
}
