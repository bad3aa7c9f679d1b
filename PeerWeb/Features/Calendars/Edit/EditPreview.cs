using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What an edit of an event would come to.</summary>
public sealed class EditPreview
{
    private static readonly Uid Rest = Uid.Parse("rest");

    private readonly bool _isChange;
    private Func<EventImpact>? _impact;

    private EditPreview(EventForm form, string text, bool isChange) => (Form, Text, _isChange) = (form, text, isChange);

    /// <summary>What was typed.</summary>
    public EventForm Form { get; }

    /// <summary>The entry as it is there.</summary>
    public string Text { get; }

    /// <summary>How what was edited would repeat.</summary>
    public Recurrence? Recurrence { get; private set; }

    /// <summary>Why it cannot be; null where it can.</summary>
    public string? Problem { get; private set; }

    public static EditPreview Of(EventForm form, string text, string? recurrenceId, EventFields before, EventFields after, Instant now)
    {
        var preview = new EditPreview(form, text, before != after) { Recurrence = before.Recurrence };
        if (before.Recurrence is null)
            return preview;
        if (before == after)
        {
            preview._impact = () => EventText.RemovalImpact(text, recurrenceId, form.Scope);
            return preview;
        }
        try
        {
            var edit = EventText.Change(text, recurrenceId, form.Scope, before, after, Rest, now);
            var edited = edit.Following?.Text ?? edit.Text;
            preview.Recurrence = edited is null ? null : EventText.Fields(edited, null).Recurrence;
            preview._impact = () => EventText.Impact(text, recurrenceId, form.Scope, before, after, edit);
        }
        catch (InvalidEntryException invalid)
        {
            preview.Problem = invalid.Message;
        }
        return preview;
    }

    /// <summary>How many instances that is, in words; where nothing was typed yet, what the scope means. It looks at every instance, so not on a circuit's thread.</summary>
    /// <param name="from">The day from which on it is meant.</param>
    public string Count(LocalDate? from)
    {
        try
        {
            return ScopeWords.Of(_impact?.Invoke() ?? new EventImpact(null, null), Form.Scope, from, _isChange);
        }
        catch (InvalidEntryException invalid)
        {
            return invalid.Message;
        }
    }

    /// <summary>The rule of what follows if the series were split; null where it cannot be, or nothing is before.</summary>
    public static string? RuleOfFollowing(string text, string? recurrenceId, EventFields before, Instant now)
    {
        try
        {
            var other = before with { IsPrivate = !before.IsPrivate };
            return EventText.Change(text, recurrenceId, EventScope.ThisAndFollowing, before, other, Rest, now).Following is { } rest
                ? EventText.Fields(rest.Text, null).Recurrence?.Rule
                : null;
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }
}
