using CsCheck;
using NodaTime;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarViewTests
{
    private static readonly LocalDate Saturday = new(2026, 11, 28);
    private static readonly CalendarSettings American = new() { WeekStart = IsoDayOfWeek.Sunday, HidesWeekends = true };

    public static TheoryData<string> Names => [.. CalendarView.All.Select(view => view.Name)];

    [Theory]
    [InlineData("day", "2026-11-28", "2026-11-28", "Saturday, 28 November 2026")]
    [InlineData("workweek", "2026-11-23", "2026-11-27", "23 – 27 November 2026")]
    [InlineData("week", "2026-11-23", "2026-11-27", "23 – 27 November 2026")]
    [InlineData("month", "2026-11-02", "2026-12-04", "November 2026")]
    [InlineData("agenda", "2026-11-28", "2026-12-27", "28 Nov – 27 Dec 2026")]
    public void Each_view_shows_the_days_that_the_settings_leave(string name, string first, string last, string title)
    {
        var span = CalendarView.Find(name)!.Open(Saturday, American);

        Assert.Equal((first, last, title), (EventWords.IsoDay(span.Days[0]), EventWords.IsoDay(span.Days[^1]), span.Title));
    }

    /// <summary>Whatever is chosen: spans follow each other, and each day belongs to the span that was opened for it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Previous_and_next_lead_back_and_forth_without_a_gap(string name)
    {
        var view = CalendarView.Find(name)!;
        var workDays = Gen.Bool.Array[7].Where(days => days.Any(isIn => isIn)).Select(days =>
            days.Select((isIn, index) => (isIn, Day: (IsoDayOfWeek)(index + 1))).Aggregate(DaySet.None, (set, day) => set.With(day.Day, day.isIn)));
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 2].Select(index => CalendarSettings.WeekStarts[index]), Gen.Bool, workDays).ForAll((days, start, hides, work) =>
        {
            var day = new LocalDate(2000, 1, 1).PlusDays(days);
            var span = view.Open(day, new CalendarSettings { WeekStart = start, HidesWeekends = hides, WorkDays = work });

            Assert.True(span.Includes(day));
            Assert.Equal(span, span.Next.Previous);
            Assert.Equal(span, span.Previous.Next);
            Assert.Contains(span.Nearest(day), span.Days);
            Assert.All(span.Days, shown => Assert.True(span.Shows(shown)));
            if (span is MonthSpan)
                Assert.Equal(span.First.PlusMonths(1), span.Next.First);
            else
                Assert.Equal(span.End, span.Next.Start);
        });
    }

    [Fact]
    public void Keys_and_names_of_views_are_theirs_alone()
    {
        Assert.Equal(CalendarView.All.Count, CalendarView.All.Select(view => view.Key).Distinct().Count());
        Assert.DoesNotContain(CalendarView.All, view => view.Key is "t" or "n" or "j" or "k");
    }

    [Fact]
    public void Where_weekends_are_left_out_keys_pass_over_them()
    {
        var friday = new LocalDate(2026, 11, 27);
        var week = WeekSpan.Of(friday, IsoDayOfWeek.Monday, DaySet.Weekend);

        Assert.Equal(new LocalDate(2026, 11, 30), week.After(friday, 1));
        Assert.Equal(friday, week.After(new LocalDate(2026, 11, 30), -1));
        Assert.Equal(friday, week.Nearest(Saturday));
        Assert.Equal(new WeekCursor(new LocalDate(2026, 11, 20), 3), new WeekCursor(week.Days[0], 3).After("ArrowLeft", week, default));
        Assert.Equal(new WeekCursor(friday, 3), new WeekCursor(week.Days[0], 3).After("End", week, default));
    }

    [Theory]
    [InlineData(null, null, "agenda", "2026-11-20")]
    [InlineData(null, "2026-05", "agenda", "2026-05-01")]
    [InlineData("week", null, "week", "2026-11-28")]
    [InlineData("week", "2026-05-03", "week", "2026-05-03")]
    [InlineData("decade", null, "agenda", "2026-11-28")]
    public void An_address_without_a_view_leads_where_the_viewer_was_last(string? view, string? date, string name, string day)
    {
        var address = CalendarAddress.Read(view, date, new CalendarPlace("agenda", new LocalDate(2026, 11, 20)), Saturday);

        Assert.Equal((name, day), (address.View.Name, EventWords.IsoDay(address.Day)));
        Assert.Equal(view == "decade", address.Notice is not null);
    }
}
