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

/// <summary>What holds for any event and any edit.</summary>
public sealed class EventTextProperties
{
    private const int Few = 150;

    private static readonly string[] Unknown = ["X-UNKNOWN;X-P=\"a;b:c\":kept\\, \\;as it is", "GEO:47.3;8.5", "ATTENDEE;CN=Bob:mailto:bob@acme.example", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM"];

    private static readonly string[] Forms = ["DTSTART;TZID=Europe/Zurich:{0}", "DTSTART;TZID=America/New_York:{0}", "DTSTART:{0}Z", "DTSTART:{0}", "DTSTART;VALUE=DATE:{1}"];

    private static readonly string[] Rules =
        ["FREQ=DAILY;COUNT=9", "FREQ=DAILY;INTERVAL=3;UNTIL=20270301T120000Z", "FREQ=WEEKLY;COUNT=8", "FREQ=WEEKLY;BYDAY=MO,TH,SU;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;COUNT=9",
            "FREQ=MONTHLY;COUNT=5", "FREQ=MONTHLY;BYMONTHDAY=3,12;COUNT=6", "FREQ=YEARLY;COUNT=2", "FREQ=WEEKLY;UNTIL=20270101"];

    private static readonly Gen<string> Words = OneOf("", "Planning", "a;b,c\\d", "ümläut ☂", "\\n", "x: y=\"z\"", "BEGIN:VEVENT");

    private static readonly Gen<string> Single = Gen.Select(Gen.Int[0, 700], Gen.Int[0, 47], OneOf(Forms), Gen.Int[0, 2], Words)
        .Select((day, half, form, end, title) => Ics.Event([.. Event(new LocalDateTime(2026, 1, 5, 0, 0).PlusDays(day).PlusMinutes(half * 30), form, end, title), .. Unknown]));

    /// <summary>A series on a day that every month has, with an exception and a moved instance.</summary>
    private static readonly Gen<string> Series = Gen.Select(Gen.Int[1, 12], Gen.Int[0, 47], OneOf(Forms), Gen.Int[0, 2], OneOf(Rules), Gen.Int[0, 3], Gen.Int[-30, 30])
        .Select((day, half, form, end, rule, extras, hours) =>
        {
            var text = Ics.Event([.. Event(new LocalDateTime(2026, 3, day, 0, 0).PlusMinutes(half * 30), form, end, "Series"), $"RRULE:{rule}", .. Unknown]);
            var ids = Texts.Instances(text).Select(instance => instance.RecurrenceId!).ToList();
            if ((extras & 1) != 0 && ids.Count > 2)
                text = EventText.Remove(text, ids[2], EventScope.This, Texts.Now)!;
            return (extras & 2) != 0 && ids.Count > 1
                ? Texts.Change(text, ids[1], EventScope.This, fields => Texts.Moved(fields, fields.Start.IsDate ? Period.FromDays(hours) : Period.FromHours(hours)) with { Summary = "Moved" })
                : text;
        })
        .Where(text => Texts.Instances(text).Count > 3);

    private static readonly Gen<Func<EventFields, EventFields>> Edits = Gen.Select(Words, Words, Words, Gen.Bool, Gen.Bool, Gen.Int[-500, 500], Gen.Int[0, 63])
        .Select<(string, string, string, bool, bool, int, int), Func<EventFields, EventFields>>(edit => fields =>
        {
            var (title, place, notes, isFree, isPrivate, minutes, which) = edit;
            if ((which & 1) != 0)
                fields = fields with { Summary = title };
            if ((which & 2) != 0)
                fields = fields with { Location = place };
            if ((which & 4) != 0)
                fields = fields with { Description = notes };
            if ((which & 8) != 0)
                fields = fields with { Transparency = isFree ? Transparency.Transparent : Transparency.Opaque };
            if ((which & 16) != 0)
                fields = fields with { IsPrivate = isPrivate };
            return (which & 32) == 0 ? fields : Texts.Moved(fields, fields.Start.IsDate ? Period.FromDays(minutes / 10) : Period.FromMinutes(minutes * 5));
        });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static string[] Event(LocalDateTime start, string form, int end, string title)
    {
        var line = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, CalendarTimeText.DateTime.Format(start), CalendarTimeText.Date.Format(start.Date));
        var isDate = form.Contains("DATE", StringComparison.Ordinal);
        var later = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, CalendarTimeText.DateTime.Format(start.PlusHours(1)), CalendarTimeText.Date.Format(start.Date.PlusDays(2)));
        string[] ends = end switch
        {
            0 => [later.Replace("DTSTART", "DTEND", StringComparison.Ordinal)],
            1 => [isDate ? "DURATION:P2D" : "DURATION:PT1H"],
            _ => [],
        };
        return [line, .. ends, $"SUMMARY:{TextValue.Escape(title)}", "SEQUENCE:1"];
    }

    [Fact]
    public void Lines_that_no_field_shows_survive_any_change() => Gen.Select(Single, Edits).ForAll(
        (text, edit) =>
        {
            var changed = Texts.Change(text, null, EventScope.All, edit);
            var lines = Texts.Lines(changed);
            return Unknown.All(lines.Contains) && EventText.Fields(changed, null) == edit(EventText.Fields(text, null));
        }, cases: Few);

    [Fact]
    public void A_change_and_its_reverse_give_the_same_fields() => Gen.Select(Single, Edits).ForAll(
        (text, edit) =>
        {
            var before = EventText.Fields(text, null);
            var after = edit(before);
            return EventText.Fields(Changed(Changed(text, before, after), after, before), null) == before;
        }, cases: Few);

    [Fact]
    public void A_change_of_this_instance_is_one_of_exactly_this_instance() => Gen.Select(Series, Edits, Gen.Int[0, 3]).ForAll(
        (text, edit, which) =>
        {
            var id = Texts.Instances(text)[which].RecurrenceId!;
            var changed = Texts.Change(text, id, EventScope.This, edit);
            return EventText.Fields(changed, id) == edit(EventText.Fields(text, id)) && Seen(text, id).SetEquals(Seen(changed, id));
        }, cases: Few);

    [Fact]
    public void A_move_of_all_moves_each_by_the_same_difference_or_is_refused() => Gen.Select(Series, Gen.Int[-15, 15], Gen.Int[-40, 40], Gen.Int[0, 3]).ForAll(
        (text, days, halves, which) =>
        {
            var before = Texts.Instances(text);
            var by = Period.FromDays(days) + Period.FromMinutes(before[0].Start.IsDate ? 0 : halves * 30);
            // An hour that clocks skip or repeat has no difference of its own.
            if (before.Exists(instance => !IsOrdinary(instance.Start, by) || !IsOrdinary(instance.End, by) || IsSkipped(instance)))
                return true;
            var rule = Texts.Lines(text).Single(line => line.StartsWith("RRULE", StringComparison.Ordinal));
            try
            {
                var after = Texts.Times(Texts.Change(text, before[which].RecurrenceId, EventScope.All, fields => Texts.Moved(fields, by)));
                return before.Select(instance => (Texts.Moved(instance.Start, by), instance.End.InstantFor(DateTimeZone.Utc) - instance.Start.InstantFor(DateTimeZone.Utc)))
                    .SequenceEqual(after.Select(time => (time.Start, time.End.InstantFor(DateTimeZone.Utc) - time.Start.InstantFor(DateTimeZone.Utc))));
            }
            catch (InvalidEntryException)
            {
                return rule.Contains("MONTHLY", StringComparison.Ordinal) || rule.Contains("YEARLY", StringComparison.Ordinal);
            }
        }, cases: Few);

    [Fact]
    public void A_removal_is_one_of_exactly_this_instance() => Gen.Select(Series, Gen.Int[0, 3]).ForAll(
        (text, which) =>
        {
            var id = Texts.Instances(text)[which].RecurrenceId!;
            var removed = EventText.Remove(text, id, EventScope.This, Texts.Now)!;
            return Seen(text, id).SetEquals(Seen(removed, null));
        }, cases: Few);

    [Fact]
    public void Changes_of_different_fields_are_both_in_the_merge_whichever_is_mine() => Gen.Select(Single, Edits, Edits, Gen.Int[0, 63]).ForAll(
        (text, left, right, mask) =>
        {
            var before = EventText.Fields(text, null);
            var (mine, theirs) = (Masked(before, left(before), mask), Masked(before, right(before), ~mask));
            var (mineText, theirsText) = (Changed(text, before, mine), Changed(text, before, theirs));
            var merge = EventText.Merge(text, mineText, theirsText);
            return merge.Text == EventText.Merge(text, theirsText, mineText).Text && EventText.Fields(merge.Text!, null) == Masked(mine, theirs, ~mask);
        }, cases: Few);

    [Fact]
    public void A_merge_with_nothing_of_theirs_is_mine() => Gen.Select(Series, Edits).ForAll(
        (text, edit) =>
        {
            var mine = Texts.Change(text, Texts.Instances(text)[1].RecurrenceId, EventScope.This, edit);
            return EventText.Merge(text, mine, text).Text == mine && EventText.Merge(text, text, mine).Text == mine && EventText.Merge(text, mine, mine).Text == mine;
        }, cases: Few);

    private static string Changed(string text, EventFields before, EventFields after) =>
        EventText.Change(text, null, EventScope.All, before, after, Texts.Following, Texts.Now).Text!;

    private static HashSet<(string?, EntryTime, EntryTime, string?)> Seen(string text, string? without) =>
        [.. Texts.Instances(text).Where(instance => instance.RecurrenceId != without)
            .Select(instance => (instance.RecurrenceId, instance.Start, instance.End, instance.Component.Component.Text("SUMMARY")))];

    private static bool IsOrdinary(EntryTime time, Period by)
    {
        if (time.ZoneId is not { } id)
            return true;
        var zone = DateTimeZoneProviders.Tzdb[id];
        return zone.MapLocal(time.Local).Count == 1 && zone.MapLocal(time.Local + by).Count == 1;
    }

    private static bool IsSkipped(ComponentInstance instance) =>
        instance.Start.ZoneId is { } id && CalendarTimeText.ParseBasic(instance.RecurrenceId!) is { } nominal && DateTimeZoneProviders.Tzdb[id].MapLocal(nominal).Count != 1;

    /// <summary>The fields in the mask of one, all others of the other.</summary>
    private static EventFields Masked(EventFields before, EventFields after, int mask) => new(
        (mask & 1) != 0 ? after.Summary : before.Summary,
        (mask & 32) != 0 ? after.Start : before.Start,
        (mask & 32) != 0 ? after.End : before.End,
        (mask & 2) != 0 ? after.Location : before.Location,
        (mask & 4) != 0 ? after.Description : before.Description,
        (mask & 8) != 0 ? after.Transparency : before.Transparency,
        (mask & 16) != 0 ? after.IsPrivate : before.IsPrivate,
        before.Recurrence);
}
