using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

public sealed partial class EventSession
{
    protected override object? RemovalScope => Form.Scope;

    protected override string ToldRemaining => Form.Scope == EventScope.This ? "Deleted this one event of the series." : "Deleted this event and all that follow.";

    protected override string IsThere => "What follows is saved as an event of its own, but the series does not end before it yet";

    protected override string MayBeThere => "What follows may be there already as an event of its own";

    private bool IsLeaving => Target is not null;

    /// <summary>Another calendar; a series goes as a whole.</summary>
    public override void GoTo(string source)
    {
        Form = Form with { Source = source };
        if (IsRecurring && IsLeaving)
            Choose(EventScope.All);
    }

    protected override string NewText() => EventText.Create(Uid, Fields(), Scene.Now);

    protected override (string Text, (Uid Uid, string Text)? SplitOff) ChangedText(string text)
    {
        var edit = Change(text);
        var main = edit.Text ?? throw new InvalidEntryException("Nothing would be left of this event. Delete it instead.", null);
        return (main, edit.Following is { } rest ? (rest.Uid, rest.Text) : null);
    }

    /// <summary>Of one instance that alone, of a part of a series that part.</summary>
    protected override string CopiedText(Uid uid)
    {
        if (Base is not { } there || (IsRecurring && Form.Scope == EventScope.This))
            return EventText.Create(uid, IsRecurring ? Fields(recurrence: null) : Fields(), Scene.Now);
        var edit = Change(there.Text);
        var text = edit.Following?.Text ?? edit.Text ?? throw new InvalidEntryException("Nothing would be left of this event.", null);
        return EventText.WithUid(text, uid);
    }

    protected override string? Remaining(string text) => EventText.Remove(text, RecurrenceId, IsRecurring ? Form.Scope : EventScope.All, Scene.Now);

    protected override IReadOnlyList<EntryDifference> Differences(string left, string right) => EventText.Differences(left, right);

    protected override EntryMerge Merge(string baseText, string mine, string theirs) => EventText.Merge(baseText, mine, theirs);

    /// <summary>Of a split series as if all of it had been changed, since each half alone says less.</summary>
    protected override string Compared(PlannedEdit edit)
    {
        if (edit.Ahead is null || edit.Main.Text is not { } first || Base is not { } there || _baseFields is not { } before)
            return base.Compared(edit);
        try
        {
            return EventText.Change(there.Text, RecurrenceId, EventScope.All, before, Fields(), NewUid(), Scene.Now).Text ?? first;
        }
        catch (InvalidEntryException)
        {
            return first;
        }
    }

    protected override string? ToldSaved(PlannedEdit edit, bool isThere)
    {
        var start = Fields().Start;
        if (isThere && !Form.HasTimesOf(Opened))
        {
            var moved = TimeWords.Moved(start.LocalFor(Scene.Zone), start.IsDate);
            return edit.Ahead is null ? moved : $"{moved} All that follow have moved along.";
        }
        return edit.Ahead is null ? null : $"Saved for all from {TimeWords.Moment(start.LocalFor(Scene.Zone), isAllDay: true)} on.";
    }

    private EventFields Fields() => Fields(Times is var (start, _) ? RecurrenceOf(start) : null);

    private EventFields Fields(Recurrence? recurrence) => FormFields.Of(Form, _baseFields, _known, recurrence);

    /// <summary>The text with what the form holds in place of what it says.</summary>
    private EventEdit Change(string text) =>
        EventText.Change(text, RecurrenceId, Form.Scope, EventText.Fields(text, RecurrenceId), On(text), NewUid(), Scene.Now);

    /// <summary>The fields of a text that may have been written meanwhile, with what was typed on top; exceptions of its own stay.</summary>
    private EventFields On(string text)
    {
        var mine = Fields();
        if (_baseFields is not { } before || Base?.Text == text)
            return mine;
        var theirs = EventText.Fields(text, RecurrenceId);
        return new EventFields(
            mine.Summary == before.Summary ? theirs.Summary : mine.Summary,
            mine.Start == before.Start ? theirs.Start : mine.Start,
            mine.End == before.End ? theirs.End : mine.End,
            mine.Location == before.Location ? theirs.Location : mine.Location,
            mine.Description == before.Description ? theirs.Description : mine.Description,
            mine.Transparency == before.Transparency ? theirs.Transparency : mine.Transparency,
            mine.IsPrivate == before.IsPrivate ? theirs.IsPrivate : mine.IsPrivate,
            Joined(before.Recurrence, mine.Recurrence, theirs.Recurrence));
    }

    /// <summary>My rule where I changed it, and the exceptions of both.</summary>
    private static Recurrence? Joined(Recurrence? before, Recurrence? mine, Recurrence? theirs)
    {
        if (mine == before)
            return theirs;
        if (mine is null || theirs is null)
            return mine;
        var (old, own) = (before?.Exceptions ?? [], mine.Exceptions);
        return mine with
        {
            Rule = mine.Rule == before?.Rule && !mine.CountsFromSplit ? theirs.Rule : mine.Rule,
            Exceptions = [.. theirs.Exceptions.Except(old.Except(own)).Union(own.Except(old)).Order(StringComparer.Ordinal)],
        };
    }
}
