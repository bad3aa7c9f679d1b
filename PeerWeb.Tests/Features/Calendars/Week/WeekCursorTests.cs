using NodaTime;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Week;

public sealed class WeekCursorTests
{
    private static readonly LocalDate Monday = new(2025, 3, 10);
    private static readonly WeekCursor Now = WeekCursor.At(new LocalDateTime(2025, 6, 1, 14, 59));

    [Theory]
    [InlineData("ArrowLeft", 2, 18, 1, 18)]
    [InlineData("ArrowRight", 6, 18, 7, 18)]
    [InlineData("ArrowUp", 2, 18, 2, 17)]
    [InlineData("ArrowUp", 2, 0, 2, null)]
    [InlineData("ArrowUp", 2, null, 2, null)]
    [InlineData("ArrowDown", 2, null, 2, 0)]
    [InlineData("ArrowDown", 2, 47, 2, 47)]
    [InlineData("Home", 2, 18, 0, 18)]
    [InlineData("End", 2, null, 6, null)]
    [InlineData("PageUp", 2, 18, -5, 18)]
    [InlineData("PageDown", 2, 18, 9, 18)]
    public void Keys_lead_by_half_hour_day_and_week(string key, int day, int? slot, int toDay, int? toSlot) =>
        Assert.Equal(new WeekCursor(Monday.PlusDays(toDay), toSlot), new WeekCursor(Monday.PlusDays(day), slot).After(key, WeekSpan.Of(Monday), Now));

    [Fact]
    public void T_leads_to_now_and_other_keys_nowhere()
    {
        var cursor = new WeekCursor(Monday, 3);

        Assert.Equal(new WeekCursor(new LocalDate(2025, 6, 1), 29), cursor.After("t", WeekSpan.Of(Monday), Now));
        Assert.Null(cursor.After("x", WeekSpan.Of(Monday), Now));
    }
}
