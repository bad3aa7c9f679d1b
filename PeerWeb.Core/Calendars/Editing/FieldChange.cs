using NodaTime;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>What somebody changed of an event in a dialog.</summary>
internal sealed record FieldChange(EventFields Before, EventFields After, Instant Now)
{
    public bool IsMoved => Before.Start != After.Start || Before.End != After.End;

    public bool RepeatsElse => Before.Recurrence != After.Recurrence;

    /// <summary>The rule that was set; null where it stays or goes.</summary>
    public string? NewRule => After.Recurrence is { } recurrence && (recurrence.Rule != Before.Recurrence?.Rule || recurrence.CountsFromSplit) ? recurrence.Rule : null;

    public bool IsRescheduled => IsMoved || RepeatsElse;

    public IReadOnlyList<string> NewExceptions => [.. (After.Recurrence?.Exceptions ?? []).Except(Before.Recurrence?.Exceptions ?? [])];

    public IReadOnlyList<string> GoneExceptions =>
        After.Recurrence is { } recurrence ? [.. (Before.Recurrence?.Exceptions ?? []).Except(recurrence.Exceptions)] : [];

    /// <summary>Changes one component, times and all, but not how it repeats.</summary>
    public void Apply(EventDocument document, EventComponent component)
    {
        var lines = document.LinesOf(component);
        ApplyTexts(lines);
        if (IsMoved)
            TimeLines.Set(document, lines, component, After.Start, After.End);
        EventDocument.Stamp(lines, Now, IsRescheduled);
    }

    /// <summary>Changes everything but the times.</summary>
    public void ApplyTexts(ComponentLines lines)
    {
        if (Before.Summary != After.Summary)
            FieldLines.SetSummary(lines, After.Summary);
        if (Before.Location != After.Location)
            FieldLines.SetLocation(lines, After.Location);
        if (Before.Description != After.Description)
            FieldLines.SetDescription(lines, After.Description);
        if (Before.Transparency != After.Transparency)
            FieldLines.SetTransparency(lines, After.Transparency);
        if (Before.IsPrivate != After.IsPrivate)
            FieldLines.SetPrivate(lines, After.IsPrivate);
    }

    /// <summary>This change as far as it means a changed instance: one that had words of its own keeps them. Private is always meant for all.</summary>
    public FieldChange For(EventFields instance, EventFields series) => this with
    {
        Before = After with
        {
            Summary = instance.Summary == series.Summary ? Before.Summary : After.Summary,
            Location = instance.Location == series.Location ? Before.Location : After.Location,
            Description = instance.Description == series.Description ? Before.Description : After.Description,
            Transparency = instance.Transparency == series.Transparency ? Before.Transparency : After.Transparency,
            IsPrivate = Before.IsPrivate,
        },
    };

    public bool HasTexts => (Before with { Start = After.Start, End = After.End, Recurrence = After.Recurrence }) != After;
}
