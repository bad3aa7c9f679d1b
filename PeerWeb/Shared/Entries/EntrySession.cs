using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>One entry in the dialog, from opening to the owner's answer: what was read, what was typed, what was sent.</summary>
/// <remarks>A write is composed once and sent again as it is, so that a repeat after a lost answer has no second effect.</remarks>
public abstract partial class EntrySession<TForm>
    where TForm : class, IEntryForm
{
    private readonly SourceId? _source;
    private readonly ETag? _draftETag;
    private PlannedEdit? _sent;
    private TForm? _sentForm;
    private PlannedWrite? _removal;
    private object? _removalScope;
    private string? _unanswered;
    private string? _replaced;

    /// <param name="source">Where it is; null of a new entry.</param>
    protected EntrySession(EntryCalls<TForm> calls, EntryScene scene, Guid id, SourceId? source, Uid uid, string? recurrenceId, TForm form)
    {
        (Calls, Scene, Id, _source, Uid, RecurrenceId) = (calls, scene, id, source, uid, recurrenceId);
        Form = Opened = form;
    }

    /// <summary>Continues a draft; who derives calls <see cref="Continue"/> when it stands.</summary>
    /// <param name="isKept">It lies among the viewer's drafts.</param>
    protected EntrySession(EntryCalls<TForm> calls, EntryScene scene, Guid id, EntryDraft<TForm> draft, bool isKept)
        : this(calls, scene, id, draft.BaseETag is null ? null : draft.SourceId, Uid.Parse(draft.Uid), draft.RecurrenceId, draft.Form)
    {
        (Opened, IsDraft) = (draft.Opened, isKept);
        if (draft.Sent?.Plan(Uid) is { } main)
            _sent = new PlannedEdit(main, draft.SentAhead?.Plan(Uid));
        _sentForm = draft.SentForm;
        _unanswered = draft.Sent?.Text;
        _isHalfDone = _isBegun = _mainMayHaveHappened = _sent?.Ahead is not null;
        if (_isHalfDone)
            Notice = new EntryNotice("Saving this broke off half way: it may show twice until it is saved. Trying again cannot do anything twice.", NoticeOffers.TryAgain);
        if (ETag.TryParse(draft.BaseETag, out var etag))
            _draftETag = etag;
    }

    /// <summary>Names the dialog, and the draft that may become of it.</summary>
    public Guid Id { get; }

    public Uid Uid { get; }

    /// <summary>Which instance of a recurring entry was opened; null for the entry as such.</summary>
    public string? RecurrenceId { get; }

    public TForm Form { get; set; }

    /// <summary>What the form held when it was opened, or when the entry was read.</summary>
    public TForm Opened { get; private set; }

    /// <summary>What reading came to; null while it is read, and of a new entry.</summary>
    public EntryAnswer? Answer { get; private set; }

    public EntryNotice? Notice { get; private set; }

    /// <summary>It lies among the viewer's drafts.</summary>
    public bool IsDraft { get; private set; }

    public bool IsNew => _source is null;

    public virtual bool HasChanges => !Form.Equals(Opened);

    /// <summary>Something in the form is wrong, so that it cannot be saved.</summary>
    public abstract bool HasProblems { get; }

    /// <summary>The entry as it was read; null of a new one, and until then.</summary>
    public Entry? Base { get; private set; }

    /// <summary>Replaced as the view learns more while the dialog is open.</summary>
    public EntryScene Scene { get; private set; }

    public event Action? SceneChanged;

    public EntryKind<TForm> Kind => Calls.Kind;

    public EntryNouns Nouns => Kind.Nouns;

    /// <summary>Where it is, or is to be.</summary>
    public Source? Source => Scene.Find(_source ?? (SourceId.TryParse(Form.Source, out var chosen) ? chosen : null));

    public EntryAllowance Allowance => (IsNew, Source) switch
    {
        (true, var source) => EntryAllowance.OfNew(Nouns, source),
        (false, null) => new EntryAllowance(NoSource, NoSource, null),
        (false, { } source) => EntryAllowance.Of(Nouns, source),
    };

    /// <summary>Nothing can be edited: it is not read yet, cannot be, is half saved, or the rights do not allow it.</summary>
    public bool IsLocked => !IsNew && (Base is null || IsHalfDone || (Source is not null && Allowance.NoSave is not null));

    public bool MaySave => Allowance.NoSave is null && (IsNew || Base is not null);

    public virtual bool MayDelete => Base is not null && !IsHalfDone && Allowance.NoDelete is null;

    /// <summary>Another collection can be chosen: of a new entry any, of one that is there where it may go away from here.</summary>
    public bool MayGo => IsNew || (!IsLocked && _source is { } source && MayDeleteFrom(source));

    /// <summary>Why there is nothing to change; for who sees no dialog.</summary>
    public string WhyUnread => Answer switch
    {
        EntryAnswer.Unavailable unavailable => $"Its owner cannot be asked: {unavailable.Reason}",
        EntryAnswer.NotFound => "It is not there any more, or is no longer shared with you.",
        _ => "It cannot be there.",
    };

    protected EntryCalls<TForm> Calls { get; }

    /// <summary>Where the entry is; null of a new one.</summary>
    protected SourceId? Origin => _source;

    /// <summary>Saving was tried: what is merely missing is a problem from then on.</summary>
    protected bool IsTried { get; private set; }

    /// <summary>The collection that an entry is to go to; null where it stays.</summary>
    protected SourceId? Target => _source is { } source && SourceId.TryParse(Form.Source, out var chosen) && chosen != source ? chosen : null;

    private string NoSource => $"Its {Nouns.Collection} is not here now: it is not shared with you any more, or its installation cannot be reached.";

    /// <summary>Reads the entry whole from its owner. A draft keeps what it was written against; the owner's answer to saving tells whether that still holds.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_source is not { } source || Base is not null)
            return;
        Answer = null;
        var answer = await Calls.Read(source, Uid, cancellationToken);
        try
        {
            if (answer is EntryAnswer.Found found)
                Take(found);
            else
                Answer = answer;
        }
        catch (InvalidEntryException invalid)
        {
            (Base, Answer) = (null, new EntryAnswer.Unavailable($"Its text is broken: {invalid.Message}"));
        }
    }

    public void See(EntryScene scene)
    {
        Scene = scene;
        SceneChanged?.Invoke();
    }

    public EntryDraft<TForm> ToDraft() => DraftOf(Kept);

    /// <summary>Keeps what was typed with the server; nothing sends it but the viewer.</summary>
    public async Task<EntryResult> KeepAsync(CancellationToken cancellationToken)
    {
        if (!await Calls.Keep(Id, ToDraft(), cancellationToken))
            return Stay(new EntryNotice("It could not be kept: you have too many drafts. Discard some of them first.", NoticeOffers.TryAgain));
        IsDraft = true;
        return new EntryResult.Done("Kept as a draft. It is sent when you open and save it, never by itself.");
    }

    public void Fail(string reason) => Notice = new EntryNotice(reason, NoticeOffers.TryAgain | NoticeOffers.KeepDraft);

    /// <summary>Another collection.</summary>
    public abstract void GoTo(string source);

    /// <summary>The entry was read, or read anew: takes what is needed of its text beyond the form.</summary>
    /// <exception cref="InvalidEntryException">It is none of this app's.</exception>
    protected abstract void Read(string text);

    /// <summary>What the inputs show of a text that was just <see cref="Read"/>.</summary>
    protected abstract TForm FormOf(string text);

    /// <summary>What was typed since <paramref name="before"/>, on top of what the entry says now.</summary>
    protected abstract TForm Rebase(TForm form, TForm before, TForm now);

    /// <summary>Takes the text that a draft was written against.</summary>
    /// <exception cref="InvalidEntryException">The draft's text is none.</exception>
    protected void Continue(EntryDraft<TForm> draft)
    {
        if (_draftETag is not { } etag || draft.BaseText is not { } text || _source is not { } source)
            return;
        Read(text);
        Found(new Entry(source.Collection, Uid, etag, text));
    }

    private void Take(EntryAnswer.Found found)
    {
        var before = Opened;
        Read(found.Entry.Text);
        Opened = FormOf(found.Entry.Text);
        Found(found.Entry);
        Form = Rebase(Form, before, Opened);
        OnOpened();
        if (_draftETag is { } etag && etag != found.Entry.ETag)
            Notice = new EntryNotice($"This {Nouns.Entry} was changed while you were away. What you did not touch shows as it is now.");
    }

    /// <summary>What the form shows of the entry is known now.</summary>
    protected virtual void OnOpened()
    {
    }

    private void Found(Entry entry) => (Base, Answer) = (entry, new EntryAnswer.Found(entry));

    private EntryDraft<TForm> DraftOf(PlannedEdit? sent) => new(
        _source?.ToString() ?? Form.Source, Uid.Value, RecurrenceId, (Base?.ETag ?? _draftETag)?.Value, Base?.Text, Opened, Form,
        sent is null ? null : SentWrite.Of(sent.Main), sent is null ? null : _sentForm, sent?.Ahead is { } ahead ? SentWrite.Of(ahead) : null);

    /// <summary>What a draft repeats; an edit of two entries only once the first of them may be there.</summary>
    private PlannedEdit? Kept => _sent is { Ahead: not null } && !IsHalfDone ? null : _sent;

    private EntryResult.Stays Stay(EntryNotice? notice)
    {
        Notice = notice;
        return new EntryResult.Stays();
    }
}
