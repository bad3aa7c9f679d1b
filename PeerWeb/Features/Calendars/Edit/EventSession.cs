using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>One event in the dialog: an entry with times and a rule, of which one instance, a part or all may be meant.</summary>
public sealed partial class EventSession : EntrySession<EventForm>
{
    private EventFields? _baseFields;
    private CalendarEvent? _event;
    private IReadOnlyList<KnownTimes> _known = [];

    private EventSession(EntryCalls<EventForm> calls, EntryScene scene, SourceId? source, Uid uid, string? recurrenceId, EventForm form)
        : base(calls, scene, Guid.NewGuid(), source, uid, recurrenceId, form)
    {
    }

    private EventSession(EntryCalls<EventForm> calls, EntryScene scene, Guid id, EntryDraft<EventForm> draft, bool isKept)
        : base(calls, scene, id, draft, isKept)
    {
        Continue(draft);
        OnOpened();
    }

    /// <summary>What the view knew; null of a new event and of a draft.</summary>
    public EventInstance? Shown { get; private init; }

    public bool IsRecurring => RecurrenceId is not null;

    public override bool HasChanges => Form with { Scope = Opened.Scope, Rule = Opened.Rule } != Opened || IsRuleTouched || IsLeftOutTouched;

    public override bool HasProblems => !Problems.AreNone;

    /// <summary>A part of a series goes by changing the rest.</summary>
    public override bool MayDelete => base.MayDelete && (Allowance.NoSave is null || !IsRecurring || Form.Scope == EventScope.All);

    /// <summary>What reading came to, as it shows; null while it is read, and of a new event.</summary>
    public EventAnswer? Details => Answer switch
    {
        null => null,
        EntryAnswer.Found when _event is { } read => new EventAnswer.Found(read),
        EntryAnswer.Unavailable unavailable => new EventAnswer.Unavailable(unavailable.Reason),
        _ => new EventAnswer.NotFound(),
    };

    /// <summary>What is wrong with the form; what is merely missing only after saving was tried. Notes that were not touched may be as long as they are.</summary>
    public FormProblems Problems
    {
        get
        {
            var problems = FormProblems.Of(Form, IsTried) with { Rule = RuleProblems };
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
    public static EventSession New(EntryCalls<EventForm> calls, EntryScene scene, NewSlot slot)
    {
        var first = scene.Targets.SelectMany(group => group.Sources).FirstOrDefault();
        return new EventSession(calls, scene, null, NewUid(), null, EventForm.Of(slot, first?.Id.ToString() ?? string.Empty, scene.Zone));
    }

    /// <summary>Shows what the view knew until <see cref="EntrySession{TForm}.LoadAsync"/> has read the rest.</summary>
    public static EventSession Of(EntryCalls<EventForm> calls, EntryScene scene, EventInstance instance)
    {
        var recurrenceId = instance.Key.RecurrenceId is { Length: > 0 } id ? id : null;
        var scope = recurrenceId is null ? EventScope.All : EventScope.This;
        var title = instance.Summary.IsRedacted ? instance.Title : instance.Summary.Title;
        var form = instance.Summary is { Start: { } start, End: { } end, IsPrivate: var isPrivate }
            ? EventForm.Of(new EventFields(title, start, end, string.Empty, string.Empty, Transparency.Opaque, isPrivate, null), instance.Source.ToString(), RuleForm.None, scope, scene.Zone)
            : throw new InvalidOperationException("What shows in a view has a time.");
        return new EventSession(calls, scene, instance.Source, instance.Key.Uid, recurrenceId, form) { Shown = instance };
    }

    /// <exception cref="InvalidEntryException">The draft's text is none.</exception>
    public static EventSession Of(EntryCalls<EventForm> calls, EntryScene scene, Guid id, EntryDraft<EventForm> draft, bool isKept) =>
        new(calls, scene, id, draft, isKept);

    /// <summary>As if the times of the opened instance had been typed; nothing where it could not be read.</summary>
    public void Move(EventMove move)
    {
        if (_baseFields is not { } fields)
            return;
        var (start, end) = EventTimes.Move(fields.Start, fields.End, move.Start, move.End, fields.Start.IsDate, Scene.Zone);
        Form = Form.With(start, end);
        _known = [.. _known, new KnownTimes(Form, start, end)];
    }

    protected override void Read(string text) => (_event, _baseFields, _followingRule) = (CalendarEvent.Read(text, RecurrenceId), EventText.Fields(text, RecurrenceId), null);

    protected override EventForm FormOf(string text)
    {
        var fields = EventText.Fields(text, RecurrenceId);
        var rule = fields.Recurrence is { } recurrence ? FormOf(recurrence, Nominal ?? fields.Start.Local.Date, fields.Start) : RuleForm.None;
        return EventForm.Of(fields, Origin?.ToString() ?? string.Empty, rule, Form.Scope, Scene.Zone);
    }

    protected override EventForm Rebase(EventForm form, EventForm before, EventForm now) => form.Rebase(before, now);

    /// <summary>What the form holds of the event as it is there is known beyond what inputs show.</summary>
    protected override void OnOpened() => _known = _baseFields is { } fields ? [new KnownTimes(Opened, fields.Start, fields.End)] : [];
}
