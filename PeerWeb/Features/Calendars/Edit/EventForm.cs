using System.Text.Json.Serialization;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What the inputs of the dialog hold, as typed; it may be wrong.</summary>
/// <param name="Start">As a native input holds it: <c>2025-03-14T09:00</c> by the clock of <paramref name="StartZone"/>, or <c>2025-03-14</c> where all-day.</param>
/// <param name="End">The same by the clock of <paramref name="EndZone"/>; of all-day events the last day.</param>
/// <param name="StartZone">A <see cref="FormZone"/>; without effect where all-day.</param>
/// <param name="Source">A source id; empty where none is chosen.</param>
public sealed record EventForm(
    string Title, bool IsAllDay, string Start, string End, string StartZone, string EndZone, string Source, string Location, string Notes, bool IsPrivate, RuleForm Rule, EventScope Scope) : IEntryForm
{
    /// <summary>Longest title and place, in characters; the owner counts bytes.</summary>
    public const int MaxLine = 1024;

    /// <summary>Longest notes as they are written, in bytes: what a property may have, less its name and parameters.</summary>
    public const int MaxNotes = 100_000;

    /// <summary>By one clock, or none, at both ends.</summary>
    [JsonIgnore]
    public string EndZoneInEffect => StartZone == FormZone.Floating || EndZone == FormZone.Floating ? StartZone : EndZone;

    public static EventForm Of(EventFields fields, string source, RuleForm rule, EventScope scope, DateTimeZone viewer)
    {
        var form = new EventForm(
            fields.Summary, fields.Start.IsDate, string.Empty, string.Empty, FormZone.TextOf(fields.Start, viewer), FormZone.TextOf(fields.End, viewer),
            source, fields.Location, fields.Description, fields.IsPrivate, rule, scope);
        return form.With(fields.Start, fields.End);
    }

    /// <param name="slot">In the viewer's zone, where the event is to be.</param>
    public static EventForm Of(NewSlot slot, string source, DateTimeZone viewer) => new(
        string.Empty, slot.IsAllDay, FormTimes.Text(slot.Start, slot.IsAllDay), FormTimes.EndText(slot.Start, slot.End, slot.IsAllDay), viewer.Id, viewer.Id,
        source, string.Empty, string.Empty, IsPrivate: false, RuleForm.None, EventScope.All);

    /// <summary>Other times, as the zones of the form show them.</summary>
    public EventForm With(EntryTime start, EntryTime end)
    {
        var first = Show(start, StartZone);
        return this with { IsAllDay = start.IsDate, Start = FormTimes.Text(first, start.IsDate), End = FormTimes.EndText(first, Show(end, EndZoneInEffect), start.IsDate) };
    }

    public bool HasTimesOf(EventForm other) =>
        (IsAllDay, Start, End) == (other.IsAllDay, other.Start, other.End) && (IsAllDay || (StartZone, EndZoneInEffect) == (other.StartZone, other.EndZoneInEffect));

    /// <summary>What was typed since <paramref name="before"/>, on top of what the event says now.</summary>
    public EventForm Rebase(EventForm before, EventForm now) => this with
    {
        Title = Title == before.Title ? now.Title : Title,
        IsAllDay = HasTimesOf(before) ? now.IsAllDay : IsAllDay,
        Start = HasTimesOf(before) ? now.Start : Start,
        End = HasTimesOf(before) ? now.End : End,
        StartZone = HasTimesOf(before) ? now.StartZone : StartZone,
        EndZone = HasTimesOf(before) ? now.EndZone : EndZone,
        Location = Location == before.Location ? now.Location : Location,
        Notes = Notes == before.Notes ? now.Notes : Notes,
        IsPrivate = IsPrivate == before.IsPrivate ? now.IsPrivate : IsPrivate,
        Rule = Rule == before.Rule ? now.Rule : Rule,
    };

    private static LocalDateTime Show(EntryTime time, string zone) => FormZone.Read(zone)?.Show(time) ?? time.Local;
}
