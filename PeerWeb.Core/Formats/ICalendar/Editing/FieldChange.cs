using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>When an entry is and how it repeats, as a dialog shows it.</summary>
/// <param name="End">Exclusive.</param>
internal sealed record ComponentTimes(EntryTime Start, EntryTime End, Recurrence? Recurrence);

/// <summary>What somebody changed of an entry in a dialog; what else than times its app knows.</summary>
internal abstract record FieldChange(ComponentTimes Before, ComponentTimes After, Instant Now)
{
    public bool IsMoved => Before.Start != After.Start || Before.End != After.End;

    public bool RepeatsElse => Before.Recurrence != After.Recurrence;

    /// <summary>The rule that was set; null where it stays or goes.</summary>
    public string? NewRule => After.Recurrence is { } recurrence && (recurrence.Rule != Before.Recurrence?.Rule || recurrence.CountsFromSplit) ? recurrence.Rule : null;

    public bool IsRescheduled => IsMoved || RepeatsElse;

    public IReadOnlyList<string> NewExceptions => [.. (After.Recurrence?.Exceptions ?? []).Except(Before.Recurrence?.Exceptions ?? [])];

    public IReadOnlyList<string> GoneExceptions =>
        After.Recurrence is { } recurrence ? [.. (Before.Recurrence?.Exceptions ?? []).Except(recurrence.Exceptions)] : [];

    /// <summary>Whether anything but times and rule changes.</summary>
    public abstract bool HasTexts { get; }

    /// <summary>Changes everything but the times.</summary>
    public abstract void ApplyTexts(ComponentLines lines);

    /// <summary>The words of this change as far as they mean a changed instance: one that had words of its own keeps them. Private is always meant for all.</summary>
    public abstract FieldChange For(TimedComponent instance, TimedComponent series);

    /// <summary>Changes one component, times and all, but not how it repeats.</summary>
    public void Apply(ComponentDocument document, TimedComponent component)
    {
        var lines = document.LinesOf(component);
        ApplyTexts(lines);
        if (IsMoved)
            TimeLines.Set(document, lines, component, After.Start, After.End);
        ComponentDocument.Stamp(lines, Now, IsRescheduled);
    }
}
