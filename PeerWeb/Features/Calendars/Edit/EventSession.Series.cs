using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

public sealed partial class EventSession
{
    private EditPreview? _preview;
    private (EditPreview Of, string Words)? _counted;
    private bool _isCounting;
    private RuleForm? _followingRule;

    /// <summary>The event as it is there; null of a new one and while it is not read.</summary>
    public Recurrence? Recurrence => _baseFields?.Recurrence;

    /// <summary>What the inputs show of the rule: days that move along with the start have moved already. What is left out is named as it is there.</summary>
    public RuleForm Rule => IsMovedSeries && Preview?.Recurrence is { } moved && RuleStart is { } start && Times is var (time, _)
        ? FormOf(moved, start, time) with { LeftOut = Form.Rule.LeftOut }
        : Form.Rule;

    public RuleProblems RuleProblems => IsRuleTouched ? RulePatterns.Problems(Form.Rule, RuleStart) : RuleProblems.None;

    /// <summary>How it will repeat, in words; null where it does not, or makes no sense.</summary>
    public string? RuleWords
    {
        get
        {
            if (!Form.Rule.IsRepeating || Times is not var (start, _))
                return null;
            try
            {
                // What the inputs show is said with its days, also where the rule leaves them to the start.
                if (RuleStart is { } day && RulePatterns.Read(Rule, day) is { } pattern)
                    return RecurrenceSentence.Of(new Recurrence(pattern.ToRule(start), [.. Rule.LeftOutList]), start);
                return (IsMovedSeries ? Preview?.Recurrence : RecurrenceOf(start)) is { } recurrence ? RecurrenceSentence.Of(recurrence, start) : null;
            }
            catch (InvalidEntryException)
            {
                return null;
            }
        }
    }

    /// <summary>What an edit means, before it is saved: "12 of 40 events change."; null where the event does not repeat. <see cref="CountAsync"/> keeps it current.</summary>
    public string? ImpactWords => !IsRecurring || Preview is not { } preview ? null
        : preview.Problem ?? (_counted is var (of, words) && (of == preview || of.Form.Scope == Form.Scope) ? words : "Counting how many that is…");

    /// <summary>Why an edit cannot mean one event alone; null where it can.</summary>
    public string? NoThis => Allowance.NoSave is { } reason ? reason : IsRuleTouched || IsLeftOutTouched ? "Another rule means more than one event." : IsLeaving ? "A series goes to another calendar as a whole." : null;

    public string? NoFollowing =>
        Allowance.NoSave is { } no ? no
        : IsLeaving ? "A series goes to another calendar as a whole."
        : Source is { } source && EntryAllowance.Against(Nouns, source, Rights.Add) is { } reason ? $"{reason} The rest of a series becomes an event of its own."
        : null;

    private bool IsRuleTouched => !Form.Rule.HasRuleOf(Untouched(Form.Scope));

    private bool IsLeftOutTouched => Form.Rule.LeftOut != Opened.Rule.LeftOut;

    /// <summary>The days of a rule that nobody touched move along.</summary>
    private bool IsMovedSeries => IsRecurring && Form.Scope != EventScope.This && !IsRuleTouched && !Form.HasTimesOf(Opened);

    /// <summary>The day that the rule is about: of a changed instance the one in the series, not where it was moved to.</summary>
    public LocalDate? RuleStart
    {
        get
        {
            if (Times is not var (start, _))
                return null;
            if (_baseFields is not { } before || Nominal is not { } nominal)
                return start.Local.Date;
            return Form.Scope == EventScope.This && !IsRuleTouched ? nominal : nominal + Period.Between(before.Start.Local.Date, start.Local.Date, PeriodUnits.Days);
        }
    }

    /// <summary>The day of the opened instance in its series.</summary>
    private LocalDate? Nominal => RecurrenceId is { } id ? CalendarTimeText.ParseBasic(id.TrimEnd('Z'))?.Date : null;

    private EditPreview? Preview
    {
        get
        {
            if (Base is not { } there || _baseFields is not { } before || Times is null || !Problems.AreNone)
                return null;
            if (_preview is null || _preview.Form != Form || _preview.Text != there.Text)
                _preview = EditPreview.Of(Form, there.Text, RecurrenceId, before, Fields(), Scene.Now);
            return _preview;
        }
    }

    /// <summary>Counts what the edit means, where that is not known yet, beside the caller's thread; true where there is something new to show. Of several edits meanwhile the last is counted.</summary>
    public async Task<bool> CountAsync(CancellationToken cancellationToken)
    {
        if (_isCounting)
            return false;
        var isNew = false;
        _isCounting = true;
        try
        {
            while (IsRecurring && Preview is { Problem: null } preview && preview != _counted?.Of)
            {
                var start = RuleStart;
                _counted = (preview, await Calls.Aside(() => preview.Count(start), cancellationToken));
                isNew = true;
            }
        }
        finally
        {
            _isCounting = false;
        }
        return isNew;
    }

    /// <summary>Another scope; a number of times is one of what it means.</summary>
    public void Choose(EventScope scope)
    {
        var (was, now) = (Untouched(Form.Scope), Untouched(scope));
        var rule = Form.Rule.HasRuleOf(was) ? now with { LeftOut = Form.Rule.LeftOut }
            : Form.Rule.Count == was.Count ? Form.Rule with { Count = now.Count }
            : Form.Rule;
        Form = Form with { Scope = scope, Rule = rule };
    }

    /// <summary>Another rule, or a left-out date put back: that cannot mean one event alone.</summary>
    public void Repeat(RuleForm rule)
    {
        Form = Form with { Rule = rule };
        if (IsRecurring && Form.Scope == EventScope.This && NoThis is not null)
            Choose(IsLeftOutTouched || NoFollowing is not null ? EventScope.All : EventScope.ThisAndFollowing);
    }

    /// <summary>A left-out date in words.</summary>
    public string SayLeftOut(string recurrenceId)
    {
        if (CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) is not { } local)
            return recurrenceId;
        var shown = recurrenceId.EndsWith('Z') ? local.InUtc().ToInstant().InZone(Scene.Zone).LocalDateTime : local;
        return TimeWords.Moment(shown, isAllDay: !recurrenceId.Contains('T', StringComparison.Ordinal));
    }

    private Recurrence? RecurrenceOf(EntryTime start)
    {
        var left = Form.Rule.LeftOutList;
        if (Recurrence is { } there && (!IsRuleTouched || Form.Rule.Repeats == RuleForm.Custom))
            return IsLeftOutTouched ? there with { Exceptions = [.. left] } : there;
        return RuleStart is { } day && RulePatterns.Read(Form.Rule, day) is { } pattern
            ? new Recurrence(pattern.ToRule(start), [.. left]) { CountsFromSplit = Form.Scope == EventScope.ThisAndFollowing && pattern.End is RuleEnd.After }
            : null;
    }

    /// <summary>The rule as the inputs hold it where nobody has touched it: of what follows, the times that are left.</summary>
    private RuleForm Untouched(EventScope scope)
    {
        if (scope != EventScope.ThisAndFollowing || Opened.Rule.Ends != RuleForm.EndsAfter || Base is not { } there || _baseFields is not { Recurrence: not null } before)
            return Opened.Rule;
        return _followingRule ??= EditPreview.RuleOfFollowing(there.Text, RecurrenceId, before, Scene.Now) is { } rest && RulePattern.Find(rest, before.Start)?.End is RuleEnd.After after
            ? Opened.Rule with { Count = FormattableString.Invariant($"{after.Count}") }
            : Opened.Rule;
    }

    private static RuleForm FormOf(Recurrence recurrence, LocalDate start, EntryTime time)
    {
        var shown = recurrence.IsEditable && RulePattern.Find(recurrence.Rule, time) is { } pattern ? RulePatterns.Show(pattern, start) : null;
        return (shown ?? RuleForm.None with { Repeats = RuleForm.Custom }) with { LeftOut = string.Join(',', recurrence.Exceptions) };
    }
}
