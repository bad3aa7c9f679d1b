using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Month;

public sealed class EventInstanceTests
{
    private static readonly LocalDate Day = new(2025, 3, 14);

    [Fact]
    public void An_event_of_another_zone_lies_on_the_viewers_day()
    {
        var late = Merged.Timed(Merged.Mine, "a", Day.At(new LocalTime(22, 0)), Day.At(new LocalTime(23, 0)), "America/New_York").Instance();

        Assert.Equal(Day.PlusDays(1), late.FirstDay);
        Assert.Equal(new LocalTime(3, 0), late.Start.TimeOfDay);
        Assert.False(late.IsBar);
    }

    [Fact]
    public void An_end_at_midnight_does_not_touch_the_day_that_begins()
    {
        var evening = Merged.Timed(Merged.Mine, "a", Day.At(new LocalTime(20, 0)), Day.PlusDays(1).AtMidnight()).Instance();

        Assert.Equal(Day, evening.LastDay);
        Assert.False(evening.IsBar);
    }

    [Fact]
    public void An_event_without_duration_at_midnight_lies_on_the_day_that_begins()
    {
        var moment = Merged.Timed(Merged.Mine, "a", Day.AtMidnight(), Day.AtMidnight()).Instance();

        Assert.Equal((Day, Day), (moment.FirstDay, moment.LastDay));
    }

    [Fact]
    public void An_all_day_event_is_the_same_days_in_every_zone()
    {
        var entry = Merged.AllDay(Merged.Mine, "a", Day, Day.PlusDays(2));

        foreach (var zone in (string[])["Pacific/Kiritimati", "Pacific/Midway", "Europe/Berlin"])
        {
            var instance = entry.Instance(DateTimeZoneProviders.Tzdb[zone]);
            Assert.Equal((Day, Day.PlusDays(1)), (instance.FirstDay, instance.LastDay));
        }
    }

    [Fact]
    public void An_event_in_the_hour_that_comes_twice_never_ends_before_it_starts()
    {
        var from = EntryTime.Utc(Instant.FromUtc(2025, 10, 26, 0, 50));
        var to = EntryTime.Utc(Instant.FromUtc(2025, 10, 26, 1, 10));

        var instance = Merged.Entry(Merged.Mine, "a", from, to, "{}").Instance();

        Assert.Equal(new LocalTime(2, 50), instance.Start.TimeOfDay);
        Assert.True(instance.End >= instance.Start);
    }

    [Fact]
    public void What_has_no_start_or_lies_beyond_all_years_does_not_show()
    {
        Assert.Null(EventInstance.Of(Merged.Entry(Merged.Mine, "a", null, null, "{}"), Merged.Berlin));
        var ancient = EntryTime.Floating(new LocalDateTime(-9998, 1, 1, 0, 0));
        Assert.Null(EventInstance.Of(Merged.Entry(Merged.Mine, "a", ancient, ancient, "{}"), Merged.Berlin));
    }

    [Fact]
    public void A_detail_that_cannot_be_read_still_shows_the_event() =>
        Assert.Equal("Title of a", Merged.Timed(Merged.Mine, "a", Day.AtMidnight(), Day.AtMidnight(), detail: "<html>").Instance().Title);
}
