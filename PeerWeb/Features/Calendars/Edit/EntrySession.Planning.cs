using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

public sealed partial class EntrySession
{
    /// <summary>The calendar that an event is to go to; null where it stays.</summary>
    private SourceId? Target => _source is { } source && SourceId.TryParse(Form.Source, out var chosen) && chosen != source ? chosen : null;

    /// <summary>Another calendar can be chosen: of a new event any, of one that is there where it may go away from here.</summary>
    public bool MayGo => IsNew || (!IsLocked && _source is { } source && MayDeleteFrom(source));

    private bool IsLeaving => Target is not null;

    /// <summary>Another calendar; a series goes as a whole.</summary>
    public void GoTo(string source)
    {
        Form = Form with { Source = source };
        if (IsRecurring && IsLeaving)
            Choose(EventScope.All);
    }

    /// <exception cref="InvalidEntryException">What is typed makes no event.</exception>
    private PlannedEdit Compose()
    {
        if (Base is not { } there || _source is not { } source)
            return new PlannedEdit(PlannedWrite.Save(Source!.Id, Uid, EventText.Create(Uid, Fields(), Scene.Now), null));
        return Compose(there.Text, there.ETag, source);
    }

    /// <summary>The edit of a text that may be another than the one that was read.</summary>
    private PlannedEdit Compose(string text, ETag etag, SourceId source)
    {
        var edit = Change(text);
        var main = edit.Text ?? throw new InvalidEntryException("Nothing would be left of this event. Delete it instead.", null);
        if (Target is { } target)
            return new PlannedEdit(PlannedWrite.Delete(source, Uid, etag), PlannedWrite.Save(target, Uid, main, null));
        return new PlannedEdit(
            PlannedWrite.Save(source, Uid, main, etag), edit.Following is { } rest ? PlannedWrite.Save(source, rest.Uid, rest.Text, null) : null);
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

    /// <summary>What was typed as an event of its own: of one instance that alone, of a part of a series that part.</summary>
    private PlannedWrite AsNew(SourceId into)
    {
        var uid = NewUid();
        if (Base is not { } there || (IsRecurring && Form.Scope == EventScope.This))
            return PlannedWrite.Save(into, uid, EventText.Create(uid, IsRecurring ? Fields(recurrence: null) : Fields(), Scene.Now), null);
        var edit = Change(there.Text);
        var text = edit.Following?.Text ?? edit.Text ?? throw new InvalidEntryException("Nothing would be left of this event.", null);
        return PlannedWrite.Save(into, uid, EventText.WithUid(text, uid), null);
    }

    private static Uid NewUid() => Uid.Parse(Guid.NewGuid().ToString("D"));
}
