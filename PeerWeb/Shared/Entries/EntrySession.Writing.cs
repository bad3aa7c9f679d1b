using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

public abstract partial class EntrySession<TForm>
{
    /// <summary>Saves what the form holds, or repeats the last save where the form still is as it was then.</summary>
    public async Task<EntryResult> SaveAsync(CancellationToken cancellationToken)
    {
        Notice = null;
        IsTried = true;
        if (HasProblems || Allowance.NoSave is not null || (!IsNew && Base is null))
            return Stay(null);
        if (Base is not null && !HasChanges && _sent is null)
            return new EntryResult.Done(null);
        try
        {
            if (_sent is null || (!Equals(_sentForm, Form) && !IsHalfDone))
                Plan(Compose());
        }
        catch (InvalidEntryException invalid)
        {
            return Stay(new EntryNotice(invalid.Message));
        }
        return await SendAsync(_sent!, cancellationToken);
    }

    /// <summary>Deletes the entry, or as much of it as is meant.</summary>
    public async Task<EntryResult> DeleteAsync(CancellationToken cancellationToken)
    {
        Notice = null;
        if (Base is not { } there || !MayDelete || _source is not { } source)
            return Stay(null);
        string? text;
        try
        {
            text = Remaining(there.Text);
        }
        catch (InvalidEntryException invalid)
        {
            return Stay(new EntryNotice(invalid.Message));
        }
        if (_removal is null || _removal.ETag != there.ETag || !Equals(_removalScope, RemovalScope))
            (_removal, _removalScope) = (text is null ? PlannedWrite.Delete(source, Uid, there.ETag) : PlannedWrite.Save(source, Uid, text, there.ETag), RemovalScope);
        var answer = await Calls.Write(_removal, cancellationToken);
        return answer switch
        {
            WriteAnswer.Decided { Outcome: SaveOutcome.Deleted } => await DoneAsync("Deleted.", Restored(source, there.Text, null), cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved } => await DoneAsync(ToldRemaining, Restored(source, there.Text, saved.ETag), cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } => await DoneAsync("It was deleted already.", [], cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Stale } => await SeeAgainAsync(cancellationToken),
            WriteAnswer.Decided { Outcome: SaveOutcome.Forbidden forbidden } => Stay(new EntryNotice(SaveWords.Forbidden(Nouns, Source, forbidden.Missing))),
            WriteAnswer.Unavailable unavailable => Stay(new EntryNotice(SaveWords.Unavailable(Source, unavailable, isDeletion: true))),
            WriteAnswer.Decided { Outcome: var other } => Stay(new EntryNotice(SaveWords.Unexpected(other))),
            _ => throw new InvalidOperationException($"There is no answer {answer}."),
        };
    }

    /// <summary>What was typed becomes a new entry in the viewer's own collection; what it was a change of is not there any more.</summary>
    public async Task<EntryResult> SaveAsOwnAsync(CancellationToken cancellationToken)
    {
        if (Scene.Own is not { } own)
            return Stay(new EntryNotice($"You have no {Nouns.Collection} of your own yet.", NoticeOffers.KeepDraft));
        if (_sent?.Main is not { ETag: null } main || main.Source != own.Id || !Equals(_sentForm, Form))
            Plan(new PlannedEdit(AsNew(own.Id)));
        return await SendAsync(_sent!, cancellationToken);
    }

    private async Task<EntryResult> SendAsync(PlannedEdit edit, CancellationToken cancellationToken)
    {
        Notice = null;
        return edit.Ahead is { } ahead ? await SendBothAsync(edit, ahead) : await SendMainAsync(edit, cancellationToken);
    }

    private async Task<EntryResult> SendMainAsync(PlannedEdit edit, CancellationToken cancellationToken)
    {
        var answer = await Calls.Write(edit.Main, cancellationToken);
        switch (answer)
        {
            case WriteAnswer.Unavailable unavailable:
                return Unanswered(edit, unavailable);
            case WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved }:
                return await SavedAsync(edit, saved.ETag, cancellationToken);
            case WriteAnswer.Decided { Outcome: SaveOutcome.Deleted }:
            case WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } when edit.Main.Text is null:
                return await SavedAsync(edit, null, cancellationToken);
            case WriteAnswer.Decided { Outcome: SaveOutcome.Stale stale }:
                return await StaleAsync(edit, stale.Current, cancellationToken);
            case WriteAnswer.Decided { Outcome: var refused }:
                return await TakeAheadBackAsync(cancellationToken) ?? Refused(edit.Main, refused);
            default:
                throw new InvalidOperationException($"There is no answer {answer}.");
        }
    }

    private EntryResult.Stays Refused(PlannedWrite write, SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Forbidden forbidden => Stay(new EntryNotice(SaveWords.Forbidden(Nouns, Scene.Find(write.Source), forbidden.Missing), NoticeOffers.KeepDraft)),
        SaveOutcome.NotFound => Gone(),
        SaveOutcome.Invalid invalid => Stay(new EntryNotice($"It cannot be saved like this: {invalid.Reason}")),
        SaveOutcome.KeyReused => Anew(),
        _ => Stay(new EntryNotice(SaveWords.Unexpected(outcome))),
    };

    private async Task<EntryResult> SavedAsync(PlannedEdit edit, ETag? etag, CancellationToken cancellationToken)
    {
        var (write, ahead) = (edit.Main, edit.Ahead);
        var isThere = Base is not null && write.Source == _source && write.Uid == Uid;
        var undo = isThere && (_replaced ?? Base?.Text) is { } before ? Restored(write.Source, before, etag) : [];
        if (ahead is not null)
            undo = undo.Count > 0 && _aheadETag is { } made && MayDeleteFrom(ahead.Source) ? [.. undo, PlannedWrite.Delete(ahead.Source, ahead.Uid, made)] : [];
        _isHalfDone = false;
        return await DoneAsync(Told(edit, isThere), undo, cancellationToken);
    }

    private string Told(PlannedEdit edit, bool isThere)
    {
        if (edit.Ahead is { } ahead && ahead.Source != edit.Main.Source)
            return Scene.Find(ahead.Source) is { } target ? $"Moved to {EntryScene.NameOf(target)}." : $"Moved to another {Nouns.Collection}.";
        return ToldSaved(edit, isThere)
            ?? (edit.Main.Source != (_source ?? Source?.Id) && Scene.Find(edit.Main.Source) is { } into ? $"Saved in {EntryScene.NameOf(into)}." : "Saved.");
    }

    /// <summary>What brings a text back; nothing where that needs a right that is not there.</summary>
    private IReadOnlyList<PlannedWrite> Restored(SourceId source, string text, ETag? etag) =>
        etag is not null || (Scene.Find(source) is { } into && EntryAllowance.MayAdd(into)) ? [PlannedWrite.Save(source, Uid, text, etag)] : [];

    protected bool MayDeleteFrom(SourceId source) => Scene.Find(source) is { } from && EntryAllowance.May(from, Rights.Delete);

    private async Task<EntryResult> DoneAsync(string message, IReadOnlyList<PlannedWrite> undo, CancellationToken cancellationToken)
    {
        if (IsDraft || _isBegun)
            await Calls.Drop(Id, cancellationToken);
        return new EntryResult.Done(_leftBehind is null ? message : $"{message} {_leftBehind}", undo);
    }

    /// <summary>Somebody changed it before it could be deleted: who deletes now has seen what it is.</summary>
    private async Task<EntryResult> SeeAgainAsync(CancellationToken cancellationToken)
    {
        (Base, _removal) = (null, null);
        await LoadAsync(cancellationToken);
        return Base is null ? Gone() : Stay(new EntryNotice($"Somebody has changed this {Nouns.Entry} meanwhile. This is how it is now; delete it again if you still want to."));
    }

    private EntryResult.Stays Gone() => Stay(new EntryNotice(
        $"This {Nouns.Entry} is not there any more, or is no longer shared with you. What you typed is still here.",
        Scene.Own is null ? NoticeOffers.KeepDraft : NoticeOffers.SaveAsOwn | NoticeOffers.KeepDraft));

    /// <summary>What is left of the entry where only a part of it is meant to go; null where all is.</summary>
    protected virtual string? Remaining(string text) => null;

    /// <summary>What a deletion means; the same one is repeated, another is a new one.</summary>
    protected virtual object? RemovalScope => null;

    /// <summary>What to say where something was left.</summary>
    protected virtual string ToldRemaining => "Deleted.";

    /// <summary>What to say of a save that did more than change words; null where it did not.</summary>
    protected virtual string? ToldSaved(PlannedEdit edit, bool isThere) => null;

    private void Plan(PlannedEdit edit) => (_sent, _sentForm, _aheadETag, _takeBack) = (edit, Form, null, null);

    private EntryResult.Stays Anew()
    {
        (_sent, _sentForm) = (null, null);
        return Stay(new EntryNotice("It was not saved.", NoticeOffers.TryAgain | NoticeOffers.KeepDraft));
    }
}
