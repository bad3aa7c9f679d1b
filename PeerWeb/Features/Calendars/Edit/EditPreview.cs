using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What an edit of an event would come to.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Text">The entry as it is there.</param>
/// <param name="Impact">Of the edit; where nothing was typed yet, what the scope means.</param>
/// <param name="Recurrence">How what was edited would repeat.</param>
/// <param name="Problem">Why it cannot be; null where it can.</param>
public sealed record EditPreview(EntryForm Form, string Text, bool IsChange, EventImpact Impact, Recurrence? Recurrence, string? Problem)
{
    private static readonly Uid Rest = Uid.Parse("rest");
    private static readonly EventImpact Unknown = new(null, null);

    public static EditPreview Of(EntryForm form, string text, string? recurrenceId, EventFields before, EventFields after, Instant now)
    {
        var preview = new EditPreview(form, text, before != after, Unknown, before.Recurrence, null);
        if (before.Recurrence is null)
            return preview;
        try
        {
            if (before == after)
                return preview with { Impact = EventText.RemovalImpact(text, recurrenceId, form.Scope) };
            var edit = EventText.Change(text, recurrenceId, form.Scope, before, after, Rest, now);
            var edited = edit.Following?.Text ?? edit.Text;
            return preview with
            {
                Impact = EventText.Impact(text, recurrenceId, form.Scope, before, after),
                Recurrence = edited is null ? null : EventText.Fields(edited, null).Recurrence,
            };
        }
        catch (InvalidEntryException invalid)
        {
            return preview with { Problem = invalid.Message };
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
