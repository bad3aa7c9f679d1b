using NodaTime;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

public sealed class EventTimesTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static LocalDateTime At(int day, int hour, int minute = 0) => new(2026, 1, day, hour, minute);

    [Fact]
    public void A_zoned_event_keeps_its_zone_wherever_it_is_moved_from()
    {
        var (start, end) = EventTimes.Move(Texts.InZurich(1, 5, 9), Texts.InZurich(1, 5, 10), At(6, 4), At(6, 5), isAllDay: false, NewYork);

        Assert.Equal((Texts.InZurich(1, 6, 10), Texts.InZurich(1, 6, 11)), (start, end));
    }

    [Fact]
    public void Start_and_end_keep_a_zone_each()
    {
        var (start, end) = EventTimes.Move(Texts.InZurich(1, 5, 9), Texts.In(NewYork, At(5, 12)), At(5, 10), At(5, 19), isAllDay: false, Texts.Zurich);

        Assert.Equal((Texts.InZurich(1, 5, 10), Texts.In(NewYork, At(5, 13))), (start, end));
    }

    [Fact]
    public void Utc_floating_and_dates_stay_what_they_are()
    {
        var utc = EntryTime.Utc(Instant.FromUtc(2026, 1, 5, 9, 0));
        Assert.Equal(EntryTime.Utc(Instant.FromUtc(2026, 1, 6, 9, 0)), EventTimes.Move(utc, utc, At(6, 10), At(6, 10), isAllDay: false, Texts.Zurich).Start);

        var floating = EntryTime.Floating(At(5, 9));
        Assert.Equal(EntryTime.Floating(At(6, 10)), EventTimes.Move(floating, floating, At(6, 10), At(6, 11), isAllDay: false, Texts.Zurich).Start);

        Assert.Equal((Texts.Day(1, 8), Texts.Day(1, 10)), EventTimes.Move(Texts.Day(1, 5), Texts.Day(1, 7), At(8, 0), At(10, 0), isAllDay: true, Texts.Zurich));
    }

    [Fact]
    public void All_day_and_back()
    {
        var allDay = EventTimes.Move(Texts.InZurich(1, 5, 9), Texts.InZurich(1, 5, 10), At(5, 9), At(5, 10), isAllDay: true, Texts.Zurich);
        Assert.Equal((Texts.Day(1, 5), Texts.Day(1, 6)), allDay);

        Assert.Equal((Texts.InZurich(1, 5, 9), Texts.InZurich(1, 5, 10)), EventTimes.Move(allDay.Start, allDay.End, At(5, 9), At(5, 10), isAllDay: false, Texts.Zurich));
    }

    [Fact]
    public void What_is_not_moved_stays_even_in_an_hour_that_clocks_repeat()
    {
        var second = EntryTime.Zoned(new LocalDateTime(2026, 10, 25, 2, 30), "Europe/Zurich", Instant.FromUtc(2026, 10, 25, 1, 30));
        var moved = EventTimes.Move(second, Texts.InZurich(10, 25, 4), second.Local, new LocalDateTime(2026, 10, 25, 5, 0), isAllDay: false, Texts.Zurich);

        Assert.Equal((second, Texts.InZurich(10, 25, 5)), moved);
    }
}
