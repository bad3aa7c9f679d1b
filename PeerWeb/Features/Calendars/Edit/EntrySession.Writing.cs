using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

public sealed partial class EntrySession
{
    /// <summary>Saves what the form holds, or repeats the last save where the form still is as it was then.</summary>
    public async Task<EntryResult> SaveAsync(CancellationToken cancellationToken)
    {
        Notice = null;
        _isTried = true;
        if (!Problems.AreNone || Allowance.NoSave is not null || (!IsNew && Base is null))
            return Stay(null);
        if (Base is not null && !HasChanges && _sent is null)
            return new EntryResult.Done(null);
        try
        {
            if (_sent is null || _sentForm != Form)
                Plan(Compose());
        }
        catch (InvalidEntryException invalid)
        {
            return Stay(new EntryNotice(invalid.Message));
        }
        return await SendAsync(_sent!, cancellationToken);
    }

    /// <summary>Deletes the event, or the opened instance of it.</summary>
    public async Task<EntryResult> DeleteAsync(CancellationToken cancellationToken)
    {
        Notice = null;
        if (Base is not { } there || Allowance.NoDelete is not null || _source is not { } source)
            return Stay(null);
        var text = IsRecurring && Form.Scope == EventScope.This ? EventText.Remove(there.Text, RecurrenceId, Form.Scope, Scene.Now) : null;
        if (_removal is null || _removal.ETag != there.ETag || (_removal.Text is null) != (text is null))
            _removal = text is null ? PlannedWrite.Delete(source, Uid, there.ETag) : PlannedWrite.Save(source, Uid, text, there.ETag);
        var answer = await _calls.Write(_removal, cancellationToken);
        return answer switch
        {
            WriteAnswer.Decided { Outcome: SaveOutcome.Deleted } => await DoneAsync(
                "Deleted.", Source is { } into && EntryAllowance.MayAdd(into) ? PlannedWrite.Save(source, Uid, there.Text, null) : null, cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved } => await DoneAsync(
                "Deleted this one event of the series.", PlannedWrite.Save(source, Uid, there.Text, saved.ETag), cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } => await DoneAsync("It was deleted already.", null, cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Stale } => await SeeAgainAsync(cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Forbidden forbidden } => Stay(new EntryNotice(SaveWords.Forbidden(Source, forbidden.Missing))),
            WriteAnswer.Unavailable unavailable => Stay(new EntryNotice(SaveWords.Unavailable(Source, unavailable, isDeletion: true))),
            WriteAnswer.Decided { Outcome: var other } => Stay(new EntryNotice(SaveWords.Unexpected(other))),
            _ => throw new InvalidOperationException($"There is no answer {answer}."),
        };
    }

    /// <summary>What was typed becomes a new event in the viewer's own calendar; what it was a change of is not there any more.</summary>
    public async Task<EntryResult> SaveAsOwnAsync(CancellationToken cancellationToken)
    {
        if (Scene.Own is not { } own)
            return Stay(new EntryNotice("You have no calendar of your own yet.", NoticeOffers.KeepDraft));
        if (_sent is null || _sent.Source != own.Id || _sent.ETag is not null || _sentForm != Form)
            Plan(AsNew(own.Id));
        return await SendAsync(_sent!, cancellationToken);
    }

    private async Task<EntryResult> SendAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        Notice = null;
        var answer = await _calls.Write(write, cancellationToken);
        var source = Scene.Find(write.Source);
        return answer switch
        {
            WriteAnswer.Unavailable unavailable => Unanswered(write, source, unavailable),
            WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved } => await SavedAsync(write, saved.ETag, cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Stale stale } => await StaleAsync(write, stale.Current, cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Forbidden forbidden } =>
                Stay(new EntryNotice(SaveWords.Forbidden(source, forbidden.Missing), NoticeOffers.KeepDraft)),
            WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } => Gone(),
            WriteAnswer.Decided { Outcome: SaveOutcome.Invalid invalid } => Stay(new EntryNotice($"It cannot be saved like this: {invalid.Reason}")),
            WriteAnswer.Decided { Outcome: SaveOutcome.KeyReused } => Anew(),
            WriteAnswer.Decided { Outcome: var other } => Stay(new EntryNotice(SaveWords.Unexpected(other))),
            _ => throw new InvalidOperationException($"There is no answer {answer}."),
        };
    }

    private async Task<EntryResult> SavedAsync(PlannedWrite write, ETag etag, CancellationToken cancellationToken)
    {
        var isThere = Base is not null && write.Source == _source && write.Uid == Uid;
        var undo = isThere && (_replaced ?? Base?.Text) is { } before ? PlannedWrite.Save(write.Source, Uid, before, etag) : null;
        var isMove = undo is not null && !Form.HasTimesOf(Opened);
        var start = Fields().Start;
        var isElsewhere = write.Source != (_source ?? Source?.Id);
        return await DoneAsync(
            isMove ? SaveWords.Moved(start.LocalFor(Scene.Zone), start.IsDate) : isElsewhere && Scene.Find(write.Source) is { } into ? $"Saved in {EntryScene.NameOf(into)}." : "Saved.", undo, cancellationToken);
    }

    private async Task<EntryResult> DoneAsync(string message, PlannedWrite? undo, CancellationToken cancellationToken)
    {
        if (IsDraft)
            await _calls.Drop(Id, cancellationToken);
        return new EntryResult.Done(message, undo);
    }

    /// <summary>Somebody changed it before it could be deleted: who deletes now has seen what it is.</summary>
    private async Task<EntryResult> SeeAgainAsync(CancellationToken cancellationToken)
    {
        (Base, _removal) = (null, null);
        await LoadAsync(cancellationToken);
        return Base is null ? Gone() : Stay(new EntryNotice("Somebody has changed this event meanwhile. This is how it is now; delete it again if you still want to."));
    }

    private EntryResult.Stays Gone() => Stay(new EntryNotice(
        "This event is not there any more, or is no longer shared with you. What you typed is still here.",
        Scene.Own is null ? NoticeOffers.KeepDraft : NoticeOffers.SaveAsOwn | NoticeOffers.KeepDraft));

    private EntryResult.Stays Unanswered(PlannedWrite write, Source? source, WriteAnswer.Unavailable answer)
    {
        if (answer.MayHaveHappened)
            _unanswered = write.Text;
        return Stay(new EntryNotice(SaveWords.Unavailable(source, answer), NoticeOffers.TryAgain | NoticeOffers.KeepDraft));
    }

    private void Plan(PlannedWrite write) => (_sent, _sentForm) = (write, Form);

    private EntryResult.Stays Anew()
    {
        (_sent, _sentForm) = (null, null);
        return Stay(new EntryNotice("It was not saved.", NoticeOffers.TryAgain | NoticeOffers.KeepDraft));
    }

    private PlannedWrite Compose()
    {
        if (Base is not { } there || _source is not { } source)
            return PlannedWrite.Save(Source!.Id, Uid, EventText.Create(Uid, Fields(), Scene.Now), null);
        return Change(there.Text) is { } text ? PlannedWrite.Save(source, Uid, text, there.ETag) : PlannedWrite.Delete(source, Uid, there.ETag);
    }

    private EventFields Fields() => FormFields.Of(Form, _baseFields, _known);

    /// <summary>The text with what the form holds in place of what it says.</summary>
    private string? Change(string text) =>
        EventText.Change(text, RecurrenceId, Form.Scope, EventText.Fields(text, RecurrenceId), Fields(), NewUid(), Scene.Now).Text;

    /// <summary>What was typed as an event of its own; of one instance, that instance alone.</summary>
    private PlannedWrite AsNew(SourceId into)
    {
        var uid = NewUid();
        var text = Base is { } there && (!IsRecurring || Form.Scope == EventScope.All) && Change(there.Text) is { } changed
            ? EventText.WithUid(changed, uid)
            : EventText.Create(uid, Fields(), Scene.Now);
        return PlannedWrite.Save(into, uid, text, null);
    }

    private static Uid NewUid() => Uid.Parse(Guid.NewGuid().ToString("D"));
}
