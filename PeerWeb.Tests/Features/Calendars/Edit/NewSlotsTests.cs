using NodaTime;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class NewSlotsTests
{
    private static readonly LocalDate Day = new(2025, 3, 12);

    [Theory]
    [InlineData(11, 14, 20, 9)]
    [InlineData(12, 14, 20, 15)]
    [InlineData(12, 7, 0, 8)]
    [InlineData(12, 23, 20, 9)]
    public void A_day_means_nine_oclock_and_today_the_next_full_hour_as_long_as_that_is_today(int today, int hour, int minute, int start)
    {
        var slot = NewSlots.On(Day, new LocalDateTime(2025, 3, today, hour, minute));

        Assert.Equal(new NewSlot(Day + new LocalTime(start, 0), Day + new LocalTime(start + 1, 0), IsAllDay: false), slot);
    }

    [Fact]
    public void A_half_hour_means_an_hour_from_there_and_the_last_ends_with_the_day()
    {
        Assert.Equal(new NewSlot(Day + new LocalTime(9, 30), Day + new LocalTime(10, 30), false), NewSlots.At(new WeekCursor(Day, 19)));
        Assert.Equal(new NewSlot(Day + new LocalTime(23, 30), Day.PlusDays(1).AtMidnight(), false), NewSlots.At(new WeekCursor(Day, 47)));
        Assert.Equal(new NewSlot(Day.AtMidnight(), Day.PlusDays(1).AtMidnight(), true), NewSlots.At(new WeekCursor(Day, null)));
    }
}
