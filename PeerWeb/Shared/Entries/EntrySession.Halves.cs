using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <remarks>Where an edit makes a second entry, that is there before the first is changed. Until it is known that both are written or none, the form is locked.</remarks>
public abstract partial class EntrySession<TForm>
{
    private const NoticeOffers Again = NoticeOffers.TryAgain | NoticeOffers.KeepDraft;
    private bool _isHalfDone;
    private bool _isBegun;
    private bool _mainMayHaveHappened;
    private ETag? _aheadETag;
    private PlannedWrite? _takeBack;
    private string? _leftBehind;

    /// <summary>The second entry is there, or may be, and the first is not changed, as far as is known.</summary>
    public bool IsHalfDone => _isHalfDone;

    /// <summary>Takes the second entry back that was made, so that all is as it was before saving.</summary>
    public async Task<EntryResult> TakeBackAsync(CancellationToken cancellationToken)
    {
        if (!_isHalfDone || _mainMayHaveHappened)
            return Stay(Notice);
        var result = await TakeAheadBackAsync(cancellationToken) ?? Stay(new EntryNotice(_leftBehind ?? "All is as it was before. What you typed is still here."));
        await ForgetBegunAsync(result);
        return result;
    }

    /// <summary>Two writes that belong together are not left by half: not where the dialog is closed between them, and where this server ends, a draft of both is there.</summary>
    private async Task<EntryResult> SendBothAsync(PlannedEdit edit, PlannedWrite ahead)
    {
        // Who has no room for another draft saves without that net.
        _isBegun |= await Calls.Keep(Id, DraftOf(edit), CancellationToken.None);
        var result = await SendAheadAsync(ahead, CancellationToken.None) ?? await SendMainAsync(edit, CancellationToken.None);
        await ForgetBegunAsync(result);
        return result;
    }

    /// <summary>What was taken back, or never came to be, must not be repeated from a draft.</summary>
    private async Task ForgetBegunAsync(EntryResult result)
    {
        if (!_isBegun || _isHalfDone || result is EntryResult.Done)
            return;
        _isBegun = false;
        if (IsDraft)
            await Calls.Keep(Id, ToDraft(), CancellationToken.None);
        else
            await Calls.Drop(Id, CancellationToken.None);
    }

    /// <summary>Null once the second entry is there.</summary>
    private async Task<EntryResult?> SendAheadAsync(PlannedWrite ahead, CancellationToken cancellationToken)
    {
        var answer = await Calls.Write(ahead, cancellationToken);
        switch (answer)
        {
            case WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved }:
                (_aheadETag, _isHalfDone) = (saved.ETag, true);
                return null;
            case WriteAnswer.Unavailable unavailable:
                _isHalfDone |= unavailable.MayHaveHappened;
                return Stay(new EntryNotice(SaveWords.Unavailable(Scene.Find(ahead.Source), unavailable), Again));
            case WriteAnswer.Decided { Outcome: var refused }:
                return await AheadRefusedAsync(ahead, refused, cancellationToken);
            default:
                throw new InvalidOperationException($"There is no answer {answer}.");
        }
    }

    /// <summary>Null where the second entry is there all the same: after some weeks the owner knows our key no more, and a right may be gone since.</summary>
    private async Task<EntryResult?> AheadRefusedAsync(PlannedWrite ahead, SaveOutcome refused, CancellationToken cancellationToken)
    {
        if (await ThereAsync(ahead, refused, cancellationToken) is { } etag)
        {
            (_aheadETag, _isHalfDone) = (etag, true);
            return null;
        }
        if (_isHalfDone)
            return Stay(new EntryNotice(SaveWords.AheadRefused(Nouns, IsMove(ahead) ? $"It may be in the other {Nouns.Collection} already" : MayBeThere, Scene.Find(ahead.Source), refused), Again));
        (_sent, _sentForm) = (null, null);
        return refused is SaveOutcome.Stale
            ? Stay(new EntryNotice($"{NameOf(ahead.Source)} has this {Nouns.Entry} already, changed on its own. Nothing was moved."))
            : Refused(ahead, refused);
    }

    /// <summary>Of an entry that says what we would write; null where there is none, or that cannot be known.</summary>
    private async Task<ETag?> ThereAsync(PlannedWrite ahead, SaveOutcome refused, CancellationToken cancellationToken)
    {
        var (text, etag) = refused switch
        {
            SaveOutcome.Stale { Current: { } current } => (current.Text, current.ETag),
            _ when (_isHalfDone || refused is SaveOutcome.Stale) && await Calls.Read(ahead.Source, ahead.Uid, cancellationToken) is EntryAnswer.Found found => (found.Entry.Text, found.Entry.ETag),
            _ => (null, default),
        };
        return text is not null && ahead.Text is { } ours && Differences(ours, text).Count == 0 ? etag : null;
    }

    /// <summary>Null once the second entry is gone again, or there was none. One that may not be deleted stays, and is told of.</summary>
    private async Task<EntryResult?> TakeAheadBackAsync(CancellationToken cancellationToken)
    {
        if (_sent?.Ahead is not { } ahead || _aheadETag is not { } etag)
            return null;
        var answer = await Calls.Write(_takeBack ??= PlannedWrite.Delete(ahead.Source, ahead.Uid, etag), cancellationToken);
        if (answer is WriteAnswer.Unavailable unavailable)
        {
            return Stay(new EntryNotice(
                $"The {Nouns.Entry} itself was not changed, but what was made ahead of it in {NameOf(ahead.Source)} could not be removed again yet. {unavailable.Reason.TrimEnd('.')}. Trying again makes nothing twice.", Again));
        }
        if (answer is WriteAnswer.Decided { Outcome: not (SaveOutcome.Deleted or SaveOutcome.NotFound) })
            _leftBehind = $"What was made ahead of it in {NameOf(ahead.Source)} could not be removed and is still there.";
        (_sent, _sentForm, _isHalfDone, _aheadETag, _takeBack) = (null, null, false, null, null);
        return null;
    }

    private EntryResult.Stays Unanswered(PlannedEdit edit, WriteAnswer.Unavailable answer)
    {
        _mainMayHaveHappened |= answer.MayHaveHappened;
        if (answer.MayHaveHappened)
            _unanswered = edit.Main.Text;
        var source = Scene.Find(edit.Main.Source);
        if (edit.Ahead is not { } ahead)
            return Stay(new EntryNotice(SaveWords.Unavailable(source, answer), Again));
        return Stay(new EntryNotice(
            SaveWords.HalfDone(IsMove(ahead) ? $"It is in the other {Nouns.Collection} now, but not removed here yet" : IsThere, source, answer), _mainMayHaveHappened ? Again : Again | NoticeOffers.TakeBack));
    }

    /// <summary>What of an edit is done whose second entry is there and whose first is not.</summary>
    protected virtual string IsThere => $"What was split off is saved as {Nouns.AnEntry} of its own, but not removed here yet";

    /// <summary>The same where it is not known.</summary>
    protected virtual string MayBeThere => $"What was split off may be there already as {Nouns.AnEntry} of its own";

    /// <summary>To another collection; else what was split off.</summary>
    private bool IsMove(PlannedWrite ahead) => ahead.Uid == Uid;

    private string NameOf(SourceId source) => Scene.Find(source) is { } known ? $"“{EntryScene.NameOf(known)}”" : $"the {Nouns.Collection}";
}
