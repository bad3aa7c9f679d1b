using CsCheck;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

/// <summary>What holds for any series that is split at any of its instances.</summary>
public sealed class SplitProperties
{
    private const int Many = 250;

    private static readonly string[] HardToMove = ["BYSETPOS", "MONTHLY", "YEARLY", "HOUR"];

    [Fact]
    public void Before_the_split_nothing_changes_and_after_it_everything_does() => Gen.Select(AnySeries.Texts, Gen.Int[0, 99]).ForAll(
        (text, at) =>
        {
            var (all, split) = Split(text, at);
            var edit = Change(text, split, fields => fields with { Location = "Room 2" });
            var before = all.Where(instance => string.CompareOrdinal(instance.RecurrenceId, split) < 0).ToList();
            var after = all.Where(instance => string.CompareOrdinal(instance.RecurrenceId, split) >= 0).ToList();
            var following = edit.Following?.Text ?? edit.Text!;
            Assert.Equal(before.Count == 0, edit.Following is null);
            if (edit.Following is not null)
                Assert.Equal(before.ConvertAll(Look), Looks(edit.Text!));
            Assert.Equal(after.ConvertAll(instance => Look(instance) with { Location = "Room 2" }), Looks(following));
            AssertCounted(text, new EventImpact(after.Count, all.Count), Impact(text, split, fields => fields with { Location = "Room 2" }));
        }, cases: Many);

    [Fact]
    public void Deleting_from_an_instance_on_leaves_what_was_before_it_and_the_count_is_known() => Gen.Select(AnySeries.Texts, Gen.Int[0, 99]).ForAll(
        (text, at) =>
        {
            var (all, split) = Split(text, at);
            var before = all.FindAll(instance => string.CompareOrdinal(instance.RecurrenceId, split) < 0);
            var left = EventText.Remove(text, split, EventScope.ThisAndFollowing, Texts.Now);
            Assert.Equal(before.ConvertAll(Look), left is null ? [] : Looks(left));
            AssertCounted(text, new EventImpact(all.Count - before.Count, all.Count), EventText.RemovalImpact(text, split, EventScope.ThisAndFollowing));
        }, cases: Many);

    [Fact]
    public void A_move_from_the_split_on_moves_each_as_far_or_to_the_like_day() => Gen.Select(AnySeries.Texts, Gen.Int[0, 99], Gen.Int[-9, 9], Gen.Int[-30, 30]).ForAll(
        (text, at, days, halves) =>
        {
            var (all, split) = Split(text, at);
            var minutes = all[0].Start.IsDate ? 0 : halves * 30;
            var by = Period.FromDays(days) + Period.FromMinutes(minutes);
            // An hour that clocks skip or repeat has no difference of its own.
            if (all.Exists(instance => !IsOrdinary(instance.Start, by) || !IsOrdinary(instance.End, by) || IsSkipped(instance)))
                return;
            var rule = Texts.Lines(text).Single(line => line.StartsWith("RRULE", StringComparison.Ordinal));
            var after = all.Where(instance => string.CompareOrdinal(instance.RecurrenceId, split) >= 0 && instance.Start.Local.Year < 2030).ToList();
            if (after.Count == 0 || (days == 0 && minutes == 0))
                return;
            EventEdit edit;
            try
            {
                edit = Change(text, split, fields => Texts.Moved(fields, by));
            }
            catch (InvalidEntryException)
            {
                Assert.Contains(HardToMove, part => rule.Contains(part, StringComparison.Ordinal));
                return;
            }
            var moved = Looks(edit.Following?.Text ?? edit.Text!)[..after.Count];
            var isAdapted = moved[0].Start == Texts.Moved(after[0].Start, by) && !moved.ConvertAll(seen => seen.Start).SequenceEqual(after.ConvertAll(instance => Texts.Moved(instance.Start, by)));
            if (isAdapted)
            {
                Assert.Matches("MONTHLY|YEARLY", rule);
                Assert.Equal(after.ConvertAll(instance => instance.Start.Local.PlusMinutes(minutes).TimeOfDay), moved.ConvertAll(seen => seen.Start.Local.TimeOfDay));
            }
            else
            {
                Assert.Equal(after.ConvertAll(instance => (Texts.Moved(instance.Start, by), Length(instance.Start, instance.End))), moved.ConvertAll(seen => (seen.Start, Length(seen.Start, seen.End))));
            }
            AssertCounted(text, new EventImpact(all.Count(instance => string.CompareOrdinal(instance.RecurrenceId, split) >= 0), all.Count), Impact(text, split, fields => Texts.Moved(fields, by)));
            Assert.Equal(after.ConvertAll(Look).ConvertAll(seen => (seen.Summary, seen.IsOverride)), moved.ConvertAll(seen => (seen.Summary, seen.IsOverride)));
        }, cases: Many);

    [Fact]
    public void Another_rule_has_its_own_days_and_keeps_what_was_done_to_those_that_were_there_before() => Gen.Select(AnySeries.Texts, AnySeries.Rules).ForAll(
        (text, rule) =>
        {
            var (before, lines) = (EventText.Fields(text, null), Texts.Lines(text));
            // A first day in hours that clocks skip or repeat does not say how long the others are.
            if (WithoutEnd(before.Recurrence!.Rule).SequenceEqual(WithoutEnd(rule)) || (before.Start.IsDate && rule.Contains("OUR", StringComparison.Ordinal))
                || !IsOrdinary(before.Start, Period.Zero) || !IsOrdinary(before.End, Period.Zero))
                return;
            EventEdit edit;
            try
            {
                edit = EventText.Change(text, null, EventScope.All, before, before with { Recurrence = before.Recurrence with { Rule = rule } }, Texts.Following, Texts.Now);
            }
            catch (InvalidEntryException)
            {
                if (!rule.Contains("UNTIL", StringComparison.Ordinal) || FirstOf(lines, rule) is not null)
                    Assert.Throws<InvalidEntryException>(() => ComponentSeries.Read(Plain(lines, rule), ComponentKind.Event).Extent());
                return;
            }
            var (old, expected) = (AnySeries.Instances(text).ToLookup(instance => instance.RecurrenceId), new List<Seen>());
            foreach (var instance in AnySeries.Instances(Plain(lines, rule)).Where(instance => !before.Recurrence.Exceptions.Contains(instance.RecurrenceId!)))
                expected.Add(Look(old[instance.RecurrenceId].FirstOrDefault(changed => changed.Component.RecurrenceId is not null) ?? instance));
            Assert.Equal(
                Early(expected).ConvertAll(seen => (seen.Id, seen.Start, seen.End, seen.IsOverride)),
                edit.Text is null ? [] : Early(Looks(edit.Text)).ConvertAll(seen => (seen.Id, seen.Start, seen.End, seen.IsOverride)));
        }, cases: Many);

    [Fact]
    public void What_is_done_to_one_instance_is_done_to_no_other() => Gen.Select(AnySeries.Texts, Gen.Int[0, 99]).ForAll(
        (text, at) =>
        {
            var (all, id) = Split(text, at);
            var before = EventText.Fields(text, id);
            var changed = EventText.Change(text, id, EventScope.This, before, Texts.Moved(before, Period.FromDays(1)) with { Location = "Room 2" }, Texts.Following, Texts.Now).Text!;
            var removed = EventText.Remove(text, id, EventScope.This, Texts.Now);
            var others = all.FindAll(instance => instance.RecurrenceId != id).ConvertAll(Look);
            Assert.Equal(others, Looks(changed).FindAll(seen => seen.Id != id));
            Assert.Equal("Room 2", EventText.Fields(changed, id).Location);
            Assert.Equal(others, removed is null ? [] : Looks(removed));
        }, cases: Many);

    /// <summary>A rule that only ends elsewhere keeps its start, which may be none of its days.</summary>
    private static IEnumerable<string> WithoutEnd(string rule) =>
        rule.Split(';').Where(part => !part.StartsWith("COUNT", StringComparison.Ordinal) && !part.StartsWith("UNTIL", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The same event with another rule from its first day on, nothing left out or changed.</summary>
    private static string Plain(string[] lines, string rule)
    {
        var start = ContentLine.Parse(lines.First(line => line.StartsWith("DTSTART", StringComparison.Ordinal)), 1);
        var time = CalendarTimeText.Read(start, new CalendarZones([]));
        // A start that is none of its days is counted as well.
        var first = FirstOf(lines, $"{string.Join(';', WithoutEnd(rule))};COUNT=2");
        // As long as the event lasts, not as its clocks say: its first day may have an hour more.
        var fields = EventText.Fields(string.Join("\r\n", lines), null);
        var hasLength = lines.TakeWhile(line => line != "END:VEVENT").Any(line => line.StartsWith("DTEND", StringComparison.Ordinal) || line.StartsWith("DURATION", StringComparison.Ordinal));
        return Ics.Event([
            TimeLine.Write("DTSTART", first is { } begin ? time.At(begin) : time, start),
            hasLength ? time.IsDate ? "DURATION:P2D" : $"DURATION:PT{(int)Length(fields.Start, fields.End).TotalMinutes}M" : "X-LENGTH:none",
            .. lines.Where(line => line.StartsWith("RDATE", StringComparison.Ordinal)),
            $"RRULE:{rule}"]);
    }

    private static LocalDateTime? FirstOf(string[] lines, string rule)
    {
        var time = CalendarTimeText.Read(ContentLine.Parse(lines.First(line => line.StartsWith("DTSTART", StringComparison.Ordinal)), 1), new CalendarZones([]));
        return GuardedRule.Read(ContentLine.Parse($"RRULE:{rule}", 2), time).Starts(time.Local, new LocalDateTime(2200, 1, 1, 0, 0), 1, _ => true) is [var first] ? first : null;
    }

    private static EventImpact Impact(string text, string split, Func<EventFields, EventFields> edit)
    {
        var before = EventText.Fields(text, split);
        return EventText.Impact(text, split, EventScope.ThisAndFollowing, before, edit(before), Change(text, split, edit));
    }

    /// <summary>Where all instances are in the years that are looked at, or there is no end.</summary>
    private static void AssertCounted(string text, EventImpact expected, EventImpact actual)
    {
        var extent = ComponentSeries.Read(text, ComponentKind.Event).Extent();
        Assert.NotNull(extent);
        if (extent.IsUnbounded)
            Assert.Equal(new EventImpact(null, null), actual);
        else if (extent.Last < Instant.FromUtc(2030, 12, 1, 0, 0))
            Assert.Equal(expected, actual);
    }

    private static Duration Length(EntryTime start, EntryTime end) => end.InstantFor(DateTimeZone.Utc) - start.InstantFor(DateTimeZone.Utc);

    private static bool IsOrdinary(EntryTime time, Period by) => time.ZoneId is not { } id
        || (DateTimeZoneProviders.Tzdb[id].MapLocal(time.Local).Count == 1 && DateTimeZoneProviders.Tzdb[id].MapLocal(time.Local + by).Count == 1);

    private static bool IsSkipped(ComponentInstance instance) => instance.Start.ZoneId is { } id && instance.RecurrenceId is { } text
        && CalendarTimeText.ParseBasic(text) is { } nominal && DateTimeZoneProviders.Tzdb[id].MapLocal(nominal).Count != 1;

    private static Seen Look(ComponentInstance instance) => new(
        instance.RecurrenceId ?? instance.Start.ToCalendarTime().ToBasicFormat(), instance.Start, instance.End, instance.Component.Component.Text("SUMMARY"), instance.Component.Component.Text("LOCATION"),
        instance.Component.Component.Find("X-OVERRIDE") is not null, instance.Component.Component.All("ATTENDEE").Count() + instance.Component.Component.Components.Count);

    /// <summary>Without those that a change may have moved out of the years that are looked at, or into them.</summary>
    private static List<Seen> Early(List<Seen> all) => all.FindAll(seen => string.CompareOrdinal(seen.Id, "203012") < 0);

    private static List<Seen> Looks(string text) => AnySeries.Instances(text).ConvertAll(Look);

    private static (List<ComponentInstance> All, string Split) Split(string text, int at)
    {
        var all = AnySeries.Instances(text);
        return (all, all[at % all.Count].RecurrenceId!);
    }

    private static EventEdit Change(string text, string split, Func<EventFields, EventFields> edit)
    {
        var before = EventText.Fields(text, split);
        return EventText.Change(text, split, EventScope.ThisAndFollowing, before, edit(before), Texts.Following, Texts.Now);
    }

    private sealed record Seen(string? Id, EntryTime Start, EntryTime End, string? Summary, string? Location, bool IsOverride, int Parts);
}
