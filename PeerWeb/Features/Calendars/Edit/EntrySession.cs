using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>One event in the dialog, from opening to the owner's answer: what was read, what was typed, what was sent.</summary>
/// <remarks>A write is composed once and sent again as it is, so that a repeat after a lost answer has no second effect.</remarks>
public sealed partial class EntrySession
{
    private const string NoSource = "Its calendar is not here now: it is not shared with you any more, or its installation cannot be reached.";
    private readonly EntryCalls _calls;
    private readonly SourceId? _source;
    private readonly ETag? _draftETag;
    private PlannedEdit? _sent;
    private EntryForm? _sentForm;
    private PlannedWrite? _removal;
    private EventScope _removalScope;
    private string? _unanswered;
    private string? _replaced;
    private bool _isTried;
    private EventFields? _baseFields;
    private IReadOnlyList<KnownTimes> _known = [];

    private EntrySession(EntryCalls calls, EntryScene scene, Guid id, SourceId? source, Uid uid, string? recurrenceId, EntryForm form)
    {
        (_calls, Scene, Id, _source, Uid, RecurrenceId) = (calls, scene, id, source, uid, recurrenceId);
        Form = Opened = form;
    }

    private EntrySession(EntryCalls calls, EntryScene scene, Guid id, EntryDraft draft)
        : this(calls, scene, id, draft.BaseETag is null ? null : draft.SourceId, Uid.Parse(draft.Uid), draft.RecurrenceId, draft.Form)
    {
        Opened = draft.Opened;
        if (draft.Sent?.Plan(Uid) is { } main)
            _sent = new PlannedEdit(main, draft.SentAhead?.Plan(Uid));
        _sentForm = draft.SentForm;
        _unanswered = draft.Sent?.Text;
        _isHalfDone = _isBegun = _mainMayHaveHappened = _sent?.Ahead is not null;
        if (_isHalfDone)
            Notice = new EntryNotice("Saving this broke off half way: it may show twice until it is saved. Trying again cannot do anything twice.", NoticeOffers.TryAgain);
        if (!ETag.TryParse(draft.BaseETag, out var etag))
            return;
        _draftETag = etag;
        if (draft.BaseText is { } text)
            TakeBase(new EventAnswer.Found(CalendarEvent.Read(text, RecurrenceId), text, etag));
    }

    /// <summary>Names the dialog, and the draft that may become of it.</summary>
    public Guid Id { get; }

    public Uid Uid { get; }

    public string? RecurrenceId { get; }

    /// <summary>What the view knew; null of a new event and of a draft.</summary>
    public EventInstance? Shown { get; private init; }

    public EntryForm Form { get; set; }

    /// <summary>What the form held when it was opened, or when the event was read.</summary>
    public EntryForm Opened { get; private set; }

    /// <summary>What reading came to; null while it is read, and of a new event.</summary>
    public EventAnswer? Answer { get; private set; }

    public EntryNotice? Notice { get; private set; }

    /// <summary>It lies among the viewer's drafts.</summary>
    public bool IsDraft { get; private set; }

    public bool IsNew => _source is null;

    public bool IsRecurring => RecurrenceId is not null;

    public bool HasChanges => Form with { Scope = Opened.Scope, Rule = Opened.Rule } != Opened || IsRuleTouched || IsLeftOutTouched;

    public EventAnswer.Found? Base { get; private set; }

    /// <summary>Replaced as the view learns more while the dialog is open.</summary>
    public EntryScene Scene { get; private set; }

    public event Action? SceneChanged;

    /// <summary>Where it is, or is to be.</summary>
    public Source? Source => Scene.Find(_source ?? (SourceId.TryParse(Form.Source, out var chosen) ? chosen : null));

    public EntryAllowance Allowance => (IsNew, Source) switch
    {
        (true, var source) => EntryAllowance.OfNew(source),
        (false, null) => new EntryAllowance(NoSource, NoSource, null),
        (false, { } source) => EntryAllowance.Of(source),
    };

    /// <summary>Nothing can be edited: it is not read yet, cannot be, is half saved, or the rights do not allow it.</summary>
    public bool IsLocked => !IsNew && (Base is null || IsHalfDone || (Source is not null && Allowance.NoSave is not null));

    public bool MaySave => Allowance.NoSave is null && (IsNew || Base is not null);

    /// <summary>A part of a series goes by changing the rest.</summary>
    public bool MayDelete => Base is not null && !IsHalfDone && Allowance.NoDelete is null && (Allowance.NoSave is null || !IsRecurring || Form.Scope == EventScope.All);

    /// <summary>What is wrong with the form; what is merely missing only after saving was tried. Notes that were not touched may be as long as they are.</summary>
    public FormProblems Problems
    {
        get
        {
            var problems = FormProblems.Of(Form, _isTried) with { Rule = RuleProblems };
            return Form.Notes == Opened.Notes ? problems with { Notes = null } : problems;
        }
    }

    /// <summary>The form's times in words, by its own clocks; null while they make no sense.</summary>
    public string? Said => Times is var (start, end) && Problems.End is null ? TimeWords.Said(Form, start, end) : null;

    /// <summary>The same by the viewer's clock, where that shows something else.</summary>
    public string? SaidElsewhere => Said is not null && Times is var (start, end) ? TimeWords.ForViewer(Form, start, end, Scene.Zone) : null;

    /// <summary>What there is to know where clocks are changed at the start; null where they are not.</summary>
    public string? StartNote => Times is var (start, _) ? ClockNotes.Of(Form.Start, Form.StartZone, start) : null;

    public string? EndNote => Times is var (_, end) ? ClockNotes.Of(Form.End, Form.EndZoneInEffect, end) : null;

    private (EntryTime Start, EntryTime End)? Times => FormFields.Times(Form, _known);

    /// <param name="slot">Where it is wanted.</param>
    public static EntrySession New(EntryCalls calls, EntryScene scene, NewSlot slot)
    {
        var first = scene.Targets.SelectMany(group => group.Sources).FirstOrDefault();
        return new EntrySession(
            calls, scene, Guid.NewGuid(), null, Uid.Parse(Guid.NewGuid().ToString("D")), null, EntryForm.Of(slot, first?.Id.ToString() ?? string.Empty, scene.Zone));
    }

    /// <summary>Shows what the view knew until <see cref="LoadAsync"/> has read the rest.</summary>
    public static EntrySession Of(EntryCalls calls, EntryScene scene, EventInstance instance)
    {
        var recurrenceId = instance.Key.RecurrenceId is { Length: > 0 } id ? id : null;
        var scope = recurrenceId is null ? EventScope.All : EventScope.This;
        var form = instance.Summary is { Start: { } start, End: { } end, Title: var title, IsPrivate: var isPrivate }
            ? EntryForm.Of(new EventFields(title, start, end, string.Empty, string.Empty, Transparency.Opaque, isPrivate, null), instance.Source.ToString(), RuleForm.None, scope, scene.Zone)
            : throw new InvalidOperationException("What shows in a view has a time.");
        return new EntrySession(calls, scene, Guid.NewGuid(), instance.Source, instance.Key.Uid, recurrenceId, form) { Shown = instance };
    }

    /// <exception cref="InvalidEntryException">The draft's text is none.</exception>
    public static EntrySession Of(EntryCalls calls, EntryScene scene, Guid id, EntryDraft draft, bool isKept) =>
        new(calls, scene, id, draft) { IsDraft = isKept };

    /// <summary>Reads the event whole from its owner. A draft keeps what it was written against; the owner's answer to saving tells whether that still holds.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_source is not { } source || Base is not null)
            return;
        Answer = null;
        var answer = await _calls.Read(new InstanceRef(source, Uid, RecurrenceId), cancellationToken);
        if (answer is EventAnswer.Found found)
            Take(found);
        else
            Answer = answer;
    }

    /// <summary>Why there is nothing to change; for who sees no dialog.</summary>
    public string WhyUnread => Answer switch
    {
        EventAnswer.Unavailable unavailable => $"Its owner cannot be asked: {unavailable.Reason}",
        EventAnswer.NotFound => "It is not there any more, or is no longer shared with you.",
        _ => "It cannot be there.",
    };

    /// <summary>As if the times of the opened instance had been typed; nothing where it could not be read.</summary>
    public void Move(EventMove move)
    {
        if (_baseFields is not { } fields)
            return;
        var (start, end) = EventTimes.Move(fields.Start, fields.End, move.Start, move.End, fields.Start.IsDate, Scene.Zone);
        Form = Form.With(start, end);
        _known = [.. _known, new KnownTimes(Form, start, end)];
    }

    public void See(EntryScene scene)
    {
        Scene = scene;
        SceneChanged?.Invoke();
    }

    public EntryDraft ToDraft() => DraftOf(Kept);

    private EntryDraft DraftOf(PlannedEdit? sent) => new(
        _source?.ToString() ?? Form.Source, Uid.Value, RecurrenceId, (Base?.ETag ?? _draftETag)?.Value, Base?.Text, Opened, Form,
        sent is null ? null : SentWrite.Of(sent.Main), sent is null ? null : _sentForm, sent?.Ahead is { } ahead ? SentWrite.Of(ahead) : null);

    /// <summary>What a draft repeats; an edit of two entries only once the first of them may be there.</summary>
    private PlannedEdit? Kept => _sent is { Ahead: not null } && !IsHalfDone ? null : _sent;

    /// <summary>Keeps what was typed with the server; nothing sends it but the viewer.</summary>
    public async Task<EntryResult> KeepAsync(CancellationToken cancellationToken)
    {
        if (!await _calls.Keep(Id, ToDraft(), cancellationToken))
            return Stay(new EntryNotice("It could not be kept: you have too many drafts. Discard some of them first.", NoticeOffers.TryAgain));
        IsDraft = true;
        return new EntryResult.Done("Kept as a draft. It is sent when you open and save it, never by itself.");
    }

    public void Fail(string reason) => Notice = new EntryNotice(reason, NoticeOffers.TryAgain | NoticeOffers.KeepDraft);

    private void Take(EventAnswer.Found found)
    {
        var before = Opened;
        Opened = FormOf(EventText.Fields(found.Text, RecurrenceId));
        TakeBase(found);
        Form = Form.Rebase(before, Opened);
        if (_draftETag is { } etag && etag != found.ETag)
            Notice = new EntryNotice("This event was changed while you were away. What you did not touch shows as it is now.");
    }

    /// <summary>What the form holds of the event as it is there is known beyond what inputs show.</summary>
    private void TakeBase(EventAnswer.Found found)
    {
        var fields = EventText.Fields(found.Text, RecurrenceId);
        (Base, Answer, _baseFields, _followingRule) = (found, found, fields, null);
        _known = [new KnownTimes(Opened, fields.Start, fields.End)];
    }

    private EntryForm FormOf(EventFields fields)
    {
        var rule = fields.Recurrence is { } recurrence ? FormOf(recurrence, Nominal ?? fields.Start.Local.Date, fields.Start) : RuleForm.None;
        return EntryForm.Of(fields, _source?.ToString() ?? string.Empty, rule, Form.Scope, Scene.Zone);
    }

    private EntryResult.Stays Stay(EntryNotice? notice)
    {
        Notice = notice;
        return new EntryResult.Stays();
    }
}
