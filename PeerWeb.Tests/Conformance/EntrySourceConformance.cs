using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>What every source answers of calendars, whatever stands behind it: same entries, same order, same refusals.</summary>
public abstract partial class EntrySourceConformance : AppConformance
{
    private static List<string> Shown(QueryAnswer answer) => [.. answer.Entries.Select(entry => $"{entry.Start?.Local:yyyy-MM-ddTHH:mm} {entry.Title}")];

    [Fact]
    public async Task A_granted_collection_is_listed_with_its_rights_and_others_are_not()
    {
        await using var world = await CreateWorldAsync();
        var shared = await world.CalendarAsync("Shared", Rights.Read | Rights.Edit);
        await world.CalendarAsync("Mine alone", Rights.None);

        var listed = Assert.Single(await world.Source.ListCollectionsAsync(CalendarApp.AppId, Cancel));
        Assert.Equal((shared, "Shared", "#336699"), (listed.Id, listed.Name, listed.Color));
        Assert.Equal(world.OwnerName, listed.Owner);
        Assert.Equal(Rights.FreeBusy | Rights.Read | Rights.Edit, listed.MyRights);
    }

    [Fact]
    public async Task Instances_of_a_month_come_in_order_of_start_collection_and_uid()
    {
        await using var world = await CreateWorldAsync();
        var first = await world.CalendarAsync("First");
        var second = await world.CalendarAsync("Second");
        await world.PutAsync(second, "z", Ics.Event("z", "Same start, second calendar", ":20261110T090000Z", ":20261110T100000Z"));
        await world.PutAsync(first, "b", Ics.Event("b", "Same start, b", ":20261110T090000Z", ":20261110T100000Z"));
        await world.PutAsync(first, "a", Ics.Event("a", "Same start, a", ";TZID=Europe/Zurich:20261110T100000", ";TZID=Europe/Zurich:20261110T110000"));
        await world.PutAsync(first, "c", Ics.Event("c", "Earlier", ":20261103T090000Z", ":20261103T100000Z"));
        await world.PutAsync(first, "d", Ics.Event("d", "Next year", ":20271103T090000Z", ":20271103T100000Z"));

        var answer = await world.Source.QueryAsync(Ask(first, second), Cancel);
        Assert.Equal(["Earlier", "Same start, a", "Same start, b", "Same start, second calendar"], answer.Entries.Select(entry => entry.Title));
        Assert.Null(answer.Next);
    }

    [Fact]
    public async Task A_series_is_its_instances_without_exceptions_and_with_its_overrides()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        var series = Ics.Series(
            "s", "Stand-up", ";TZID=Europe/Zurich:20261019T090000", ";TZID=Europe/Zurich:20261019T091500", "FREQ=WEEKLY;BYDAY=MO",
            "EXDATE;TZID=Europe/Zurich:20261116T090000");
        await world.PutAsync(calendar, "s", Ics.WithOverride(
            series, "s", ";TZID=Europe/Zurich:20261123T090000", "Stand-up, moved", ";TZID=Europe/Zurich:20261124T140000", ";TZID=Europe/Zurich:20261124T141500"));

        var answer = await world.Source.QueryAsync(Ask(calendar), Cancel);
        Assert.Equal(
            ["2026-11-02T09:00 Stand-up", "2026-11-09T09:00 Stand-up", "2026-11-24T14:00 Stand-up, moved", "2026-11-30T09:00 Stand-up"], Shown(answer));
        Assert.Equal(
            ["20261102T090000", "20261109T090000", "20261123T090000", "20261130T090000"], answer.Entries.Select(entry => entry.RecurrenceId));
        // 09:00 stays 09:00 across the end of summer time, which is another instant.
        Assert.Equal(Instant.FromUtc(2026, 11, 2, 8, 0), answer.Entries[0].Start?.Instant);
    }

    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/Los_Angeles")]
    [InlineData("Europe/Zurich")]
    public async Task Dates_and_floating_times_are_cut_in_the_viewers_zone(string zone)
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "d1", Ics.Event("d1", "Last of October", ";VALUE=DATE:20261031", ";VALUE=DATE:20261101"));
        await world.PutAsync(calendar, "d2", Ics.Event("d2", "First of November", ";VALUE=DATE:20261101", ";VALUE=DATE:20261102"));
        await world.PutAsync(calendar, "f1", Ics.Event("f1", "Floating, late", ":20261130T233000", ":20261130T235900"));
        await world.PutAsync(calendar, "f2", Ics.Event("f2", "Floating, next month", ":20261201T000000", ":20261201T010000"));
        var viewer = DateTimeZoneProviders.Tzdb[zone];
        var month = new TimeRange(viewer.AtStartOfDay(new LocalDate(2026, 11, 1)).ToInstant(), viewer.AtStartOfDay(new LocalDate(2026, 12, 1)).ToInstant());

        var answer = await world.Source.QueryAsync(Ask(calendar) with { Range = month, Zone = zone }, Cancel);
        Assert.Equal(["First of November", "Floating, late"], answer.Entries.Select(entry => entry.Title));
        Assert.Equal([TimeKind.Date, TimeKind.Floating], answer.Entries.Select(entry => entry.Start?.Kind));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", 2026)]
    [InlineData("America/New_York", 2026)]
    [InlineData("Europe/Zurich", 2033)]
    public async Task Owner_and_reader_get_the_same_instances_in_a_viewers_zone(string zone, int year)
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "w", Ics.WithOverride(
            Ics.Series("w", "Weekly", ";TZID=Europe/Zurich:20260907T003000", ";TZID=Europe/Zurich:20260907T013000", "FREQ=WEEKLY", "EXDATE;TZID=Europe/Zurich:20261109T003000"),
            "w", ";TZID=Europe/Zurich:20261116T003000", "Weekly, moved", ";TZID=America/New_York:20261117T233000", ";TZID=Europe/Zurich:20261118T080000"));
        await world.PutAsync(calendar, "u", Ics.Series("u", "Daily", ":20261025T003000Z", ":20261025T010000Z", "FREQ=DAILY"));
        await world.PutAsync(calendar, "d", Ics.Series("d", "Dates", ";VALUE=DATE:20260131", ";VALUE=DATE:20260202", "FREQ=MONTHLY;BYMONTHDAY=-1"));
        await world.PutAsync(calendar, "f", Ics.Series("f", "Floating", ":20261101T000000", ":20261101T000000", "FREQ=DAILY;INTERVAL=29"));
        var viewer = DateTimeZoneProviders.Tzdb[zone];
        var month = Ask(calendar) with
        {
            Range = new TimeRange(viewer.AtStartOfDay(new LocalDate(year, 11, 1)).ToInstant(), viewer.AtStartOfDay(new LocalDate(year, 12, 1)).ToInstant()),
            Zone = zone,
        };

        var answer = (await world.Source.QueryAsync(month, Cancel)).Entries;
        Assert.Equal((await world.Owner.QueryAsync(month, Cancel)).Entries, answer);
        Assert.Equal(answer.OrderBy(entry => entry.Start?.InstantFor(viewer)).Select(entry => entry.Start), answer.Select(entry => entry.Start));
        Assert.InRange(answer.Count, 35, 45);
    }

    [Fact]
    public async Task What_lies_beyond_the_horizon_is_found_as_well()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "s", Ics.Series("s", "Yearly", ";VALUE=DATE:20200203", ";VALUE=DATE:20200204", "FREQ=YEARLY"));
        await world.PutAsync(calendar, "one", Ics.Event("one", "Far away", ":20350205T090000Z", ":20350205T100000Z"));
        await world.PutAsync(calendar, "past", Ics.Event("past", "Long ago", ":20010205T090000Z", ":20010205T100000Z"));
        var february = new TimeRange(Instant.FromUtc(2035, 2, 1, 0, 0), Instant.FromUtc(2035, 3, 1, 0, 0));

        var answer = await world.Source.QueryAsync(Ask(calendar) with { Range = february }, Cancel);
        Assert.Equal(["2035-02-03T00:00 Yearly", "2035-02-05T09:00 Far away"], Shown(answer));
    }

    [Fact]
    public async Task An_event_of_many_weeks_shows_in_each_month_it_touches()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "sabbatical", Ics.Event("sabbatical", "Sabbatical", ";VALUE=DATE:20260801", ";VALUE=DATE:20261201"));

        Assert.Equal("Sabbatical", Assert.Single((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries).Title);
    }

    [Fact]
    public async Task Search_folds_case_and_marks_and_wants_all_words()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "a", Ics.Event("a", "Café mit Zoë", ":20261110T090000Z", ":20261110T100000Z", "LOCATION:Zürich"));
        await world.PutAsync(calendar, "b", Ics.Event("b", "Cafe closed", ":20261111T090000Z", ":20261111T100000Z"));

        async Task<IEnumerable<string>> FindAsync(string text) =>
            (await world.Source.QueryAsync(Ask(calendar) with { Range = null, Text = text }, Cancel)).Entries.Select(entry => entry.Uid.Value);

        Assert.Equal(["a", "b"], await FindAsync("CAFE"));
        Assert.Equal(["a"], await FindAsync("zoe café"));
        Assert.Equal(["a"], await FindAsync("zurich"));
        Assert.Empty(await FindAsync("100%"));
        Assert.Empty(await FindAsync("caf_"));
    }

    [Fact]
    public async Task Titles_sort_by_their_folded_text_by_code_point()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        foreach (var (uid, title) in new[] { ("1", "b"), ("2", "Ä"), ("3", "a"), ("4", "\uFFEE"), ("5", "😀"), ("6", "B2") })
            await world.PutAsync(calendar, uid, Ics.Event(uid, title, ":20261110T090000Z", ":20261110T100000Z"));

        var answer = await world.Source.QueryAsync(Ask(calendar) with { Range = null, Sort = EntrySort.Title }, Cancel);
        var inRange = await world.Source.QueryAsync(Ask(calendar) with { Sort = EntrySort.Title }, Cancel);
        Assert.Equal(["2", "3", "1", "6", "4", "5"], answer.Entries.Select(entry => entry.Uid.Value));
        Assert.Equal(answer.Entries.Select(entry => entry.Uid), inRange.Entries.Select(entry => entry.Uid));
    }

    [Fact]
    public async Task Pages_of_a_range_add_up_to_the_whole()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "s", Ics.Series("s", "Daily", ":20261101T090000Z", ":20261101T100000Z", "FREQ=DAILY;COUNT=30"));
        await world.PutAsync(calendar, "t", Ics.Series("t", "Daily too", ":20261101T090000Z", ":20261101T100000Z", "FREQ=DAILY;COUNT=30"));

        var whole = (await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries;
        var paged = new List<EntrySummary>();
        for (QueryCursor? cursor = null; ;)
        {
            var page = await world.Source.QueryAsync(Ask(calendar) with { Limit = 7, Cursor = cursor }, Cancel);
            paged.AddRange(page.Entries);
            if ((cursor = page.Next) is null)
                break;
        }
        Assert.Equal(60, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task An_answer_holds_3000_instances_at_most_and_says_that_there_are_more()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        await world.PutAsync(calendar, "s", Ics.Series("s", "Every minute", ":20261102T090000Z", ":20261102T090030Z", "FREQ=MINUTELY;COUNT=3100"));

        var first = await world.Source.QueryAsync(Ask(calendar) with { Limit = EntryQuery.MaxLimit }, Cancel);
        Assert.InRange(first.Entries.Count, 1, 3000);
        var ids = first.Entries.Select(entry => entry.RecurrenceId).ToList();
        Assert.NotNull(first.Next);
        for (var cursor = first.Next; cursor is not null;)
        {
            var page = await world.Source.QueryAsync(Ask(calendar) with { Limit = EntryQuery.MaxLimit, Cursor = cursor }, Cancel);
            ids.AddRange(page.Entries.Select(entry => entry.RecurrenceId));
            cursor = page.Next;
        }
        Assert.Equal(3100, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_slice_whose_token_is_current_is_not_sent_again()
    {
        await using var world = await CreateWorldAsync();
        var quiet = await world.CalendarAsync("Quiet");
        var busy = await world.CalendarAsync("Busy");
        await world.PutAsync(quiet, "q", Ics.Event("q", "Quiet", ":20261110T090000Z", ":20261110T100000Z"));
        var tokens = (await world.Source.QueryAsync(Ask(quiet, busy), Cancel)).Slices.ToDictionary(slice => slice.Collection, slice => slice.Token!.Value);
        await world.PutAsync(busy, "b", Ics.Event("b", "Busy", ":20261111T090000Z", ":20261111T100000Z"));

        var answer = await world.Source.QueryAsync(Ask(quiet, busy) with { KnownTokens = tokens }, Cancel);
        Assert.Equal(SliceState.Unchanged, answer.Slices.Single(slice => slice.Collection == quiet).State);
        Assert.Equal(SliceState.Current, answer.Slices.Single(slice => slice.Collection == busy).State);
        Assert.Equal("b", Assert.Single(answer.Entries).Uid.Value);
    }

    [Theory]
    [InlineData("Mars/Olympus", 10, "x")]
    [InlineData("UTC", 0, "x")]
    [InlineData("UTC", 3001, "x")]
    public async Task A_query_that_nobody_can_answer_is_refused_with_a_reason(string zone, int limit, string text)
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();

        var refusal = await Assert.ThrowsAsync<InvalidQueryException>(
            () => world.Source.QueryAsync(Ask(calendar) with { Zone = zone, Limit = limit, Text = text }, Cancel));
        Assert.NotEmpty(refusal.Message);
    }
}
