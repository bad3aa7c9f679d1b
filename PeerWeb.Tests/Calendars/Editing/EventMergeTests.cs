using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

public sealed class EventMergeTests
{
    private const string Second = "20260112T090000";
    private static readonly string[] Planning = ["DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "SUMMARY:Planning", "LOCATION:Room 1",
        "SEQUENCE:1", "ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION:mailto:bob@acme.example", "X-UNKNOWN:1"];

    private static readonly string Single = Ics.Event(Planning);
    private static readonly string Series = Ics.Event([.. Planning, "RRULE:FREQ=WEEKLY;COUNT=4"]);
    private static readonly string WithOverride = Texts.Change(Series, Second, EventScope.This, fields => fields with { Summary = "Planning, long" });

    private static string Edit(string text, Func<EventFields, EventFields> edit) => Texts.Change(text, null, EventScope.All, edit);

    private static string Edit(string text, string id, Func<EventFields, EventFields> edit) => Texts.Change(text, id, EventScope.This, edit);

    /// <summary>Both ways round.</summary>
    private static string Merged(string text, string mine, string theirs)
    {
        var merge = EventText.Merge(text, mine, theirs);
        Assert.Empty(merge.Conflicts);
        Assert.Equal(merge.Text, EventText.Merge(text, theirs, mine).Text);
        return merge.Text!;
    }

    private static EntryDifference Conflict(string text, string mine, string theirs)
    {
        var merge = EventText.Merge(text, mine, theirs);
        Assert.Null(merge.Text);
        Assert.Null(EventText.Merge(text, theirs, mine).Text);
        return Assert.Single(merge.Conflicts);
    }

    [Fact]
    public void Changes_of_different_properties_are_both_kept()
    {
        var mine = Edit(Single, fields => fields with { Summary = "Review" });
        var theirs = Edit(Single, fields => Texts.Moved(fields, Period.FromHours(1)) with { Description = "Bring cake" });
        var merged = EventText.Fields(Merged(Single, mine, theirs), null);

        Assert.Equal(("Review", "Room 1", "Bring cake", Texts.InZurich(1, 5, 10)), (merged.Summary, merged.Location, merged.Description, merged.Start));
    }

    [Fact]
    public void The_same_change_on_both_sides_is_no_conflict()
    {
        var mine = Edit(Single, fields => fields with { Summary = "Review" });
        var theirs = Edit(Single, fields => fields with { Summary = "Review", Location = string.Empty }).Replace("20260301T120000Z", "20260302T080000Z", StringComparison.Ordinal);

        Assert.Equal(theirs, Merged(Single, mine, theirs));
    }

    [Fact]
    public void Different_titles_conflict_in_words()
    {
        var conflict = Conflict(Single, Edit(Single, fields => fields with { Summary = "Review" }), Edit(Single, fields => fields with { Summary = "Retro, short" }));

        Assert.Equal(new EntryDifference(null, "Title", "Review", "Retro, short"), conflict);
    }

    [Fact]
    public void Start_and_end_are_one_thing()
    {
        var mine = Edit(Single, fields => Texts.Moved(fields, Period.FromDays(1)));
        var theirs = Edit(Single, fields => fields with { End = Texts.InZurich(1, 5, 12) });

        Assert.Equal(
            new EntryDifference(null, "When", "Tue 6 Jan 2026, 09:00 to 10:00 (Europe/Zurich)", "Mon 5 Jan 2026, 09:00 to 12:00 (Europe/Zurich)"),
            Conflict(Single, mine, theirs));
    }

    [Fact]
    public void Guests_are_merged_one_by_one()
    {
        var mine = Single.Replace("NEEDS-ACTION", "ACCEPTED", StringComparison.Ordinal);
        var theirs = Single.Replace("X-UNKNOWN", "ATTENDEE:mailto:cid@acme.example\r\nX-UNKNOWN", StringComparison.Ordinal);
        var guests = CalendarEvent.Read(Merged(Single, mine, theirs)).Attendees;

        Assert.Equal([("bob@acme.example", ParticipationStatus.Accepted), ("cid@acme.example", ParticipationStatus.NeedsAction)], guests.Select(guest => (guest.Address, guest.ParticipationStatus)));
    }

    [Fact]
    public void Stamps_never_conflict_and_the_later_counts()
    {
        var mine = Single.Replace("SEQUENCE:1", "SEQUENCE:5\r\nDTSTAMP:20260101T000000Z\r\nCREATED:20200101T000000Z", StringComparison.Ordinal);
        var theirs = Single.Replace("SEQUENCE:1", "SEQUENCE:4\r\nDTSTAMP:20260201T000000Z", StringComparison.Ordinal);
        var lines = Merged(Single, mine, theirs).Split("\r\n");

        Assert.Subset(lines.ToHashSet(), new HashSet<string> { "SEQUENCE:5", "DTSTAMP:20260201T000000Z", "CREATED:20200101T000000Z" });
    }

    [Fact]
    public void Reminders_conflict_as_one()
    {
        static string With(string trigger) => Single.Replace("END:VEVENT", $"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:{trigger}\r\nEND:VALARM\r\nEND:VEVENT", StringComparison.Ordinal);

        Assert.Equal(new EntryDifference(null, "Reminders", "1 hour before the start", "1 day before the start"), Conflict(Single, With("-PT1H"), With("-P1D")));
    }

    [Fact]
    public void Two_instances_changed_by_two_are_both_changed()
    {
        var merged = Merged(Series, Edit(Series, Second, fields => fields with { Summary = "Mine" }), Edit(Series, "20260119T090000", fields => fields with { Summary = "Theirs" }));

        Assert.Equal(["Planning", "Mine", "Theirs", "Planning"], Texts.Instances(merged).Select(instance => instance.Component.Component.Text("SUMMARY")));
    }

    [Fact]
    public void One_instance_changed_by_two_is_compared_with_the_series()
    {
        var merged = Merged(Series, Edit(Series, Second, fields => fields with { Summary = "Mine" }), Edit(Series, Second, fields => fields with { Location = "Room 2" }));

        Assert.Equal(("Mine", "Room 2"), (EventText.Fields(merged, Second).Summary, EventText.Fields(merged, Second).Location));
    }

    [Fact]
    public void A_new_title_of_all_reaches_an_instance_that_the_other_side_moved()
    {
        var merged = Merged(Series, Edit(Series, fields => fields with { Summary = "Review" }), Edit(Series, Second, fields => Texts.Moved(fields, Period.FromHours(1))));

        Assert.All(Texts.Instances(merged), instance => Assert.Equal("Review", instance.Component.Component.Text("SUMMARY")));
        Assert.Equal(Texts.InZurich(1, 12, 10), EventText.Fields(merged, Second).Start);
    }

    [Fact]
    public void Instances_removed_by_two_are_both_gone()
    {
        var merged = Merged(Series, EventText.Remove(Series, Second, EventScope.This, Texts.Now)!, EventText.Remove(Series, "20260119T090000", EventScope.This, Texts.Now)!);

        Assert.Equal(["20260105T090000", "20260126T090000"], Ics.Ids(Ics.Index(merged)));
    }

    [Fact]
    public void Removed_here_and_changed_there_is_a_conflict()
    {
        var changedFirst = Conflict(Series, EventText.Remove(Series, Second, EventScope.This, Texts.Now)!, Edit(Series, Second, fields => fields with { Summary = "Theirs" }));
        var changedAgain = Conflict(WithOverride, EventText.Remove(WithOverride, Second, EventScope.This, Texts.Now)!, Edit(WithOverride, Second, fields => fields with { Summary = "Theirs" }));

        Assert.Equal(new EntryDifference("12 January 2026", "This instance", "removed", "Theirs, Mon 12 Jan 2026, 09:00 to 10:00 (Europe/Zurich)"), changedFirst);
        Assert.Equal(changedFirst, changedAgain);
    }

    [Fact]
    public void A_series_moved_here_with_an_instance_changed_there_is_a_conflict()
    {
        var conflict = Conflict(Series, Edit(Series, fields => Texts.Moved(fields, Period.FromHours(1))), EventText.Remove(Series, Second, EventScope.This, Texts.Now)!);

        Assert.Equal(
            new EntryDifference(null, "When", "Mon 5 Jan 2026, 10:00 to 11:00 (Europe/Zurich)", "Mon 5 Jan 2026, 09:00 to 10:00 (Europe/Zurich) (single instances changed)"),
            conflict);
    }

    [Fact]
    public void A_series_moves_where_the_other_side_only_changed_words_of_it()
    {
        var merged = Merged(Series, Edit(Series, fields => Texts.Moved(fields, Period.FromHours(1))), Edit(Series, fields => fields with { Description = "Bring cake" }));

        Assert.Equal(["20260105T100000", "20260112T100000", "20260119T100000", "20260126T100000"], Ics.Ids(Ics.Index(merged)));
        Assert.Equal("Bring cake", EventText.Fields(merged, null).Description);
    }

    [Fact]
    public void What_differs_is_said_in_words()
    {
        var other = Edit(WithOverride, fields => fields with { Start = Texts.Day(1, 5), End = Texts.Day(1, 7), Location = string.Empty, Transparency = Transparency.Transparent, IsPrivate = true });

        Assert.Equal(
            [("When", "Mon 5 Jan 2026, 09:00 to 10:00 (Europe/Zurich)", "Mon 5 Jan 2026 to Tue 6 Jan 2026"), ("Where", "Room 1", ""), ("Shown as", "busy", "free"), ("Visibility", "not private", "private")],
            EventText.Differences(WithOverride, other).Where(difference => difference.Instance is null).Select(difference => (difference.Label, difference.Left, difference.Right)));
    }
}
