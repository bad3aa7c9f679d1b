using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Month;

public sealed class EventWordsTests
{
    private static readonly LocalDate Friday = new(2025, 3, 14);

    [Fact]
    public void A_name_has_title_date_time_and_source()
    {
        var instance = Merged.Timed(Merged.Mine, "a", Friday.At(new LocalTime(9, 0)), Friday.At(new LocalTime(10, 30))).Instance();

        Assert.Equal("Title of a, Friday, 14 March 2025, 09:00 to 10:30, Work", EventWords.Name(instance, "Work"));
    }

    [Fact]
    public void A_cancelled_event_says_so_in_its_name()
    {
        var instance = Merged.Timed(Merged.Mine, "a", Friday.AtMidnight(), Friday.AtMidnight(), detail: """{"status":"Cancelled"}""").Instance();

        Assert.Contains("cancelled", EventWords.Name(instance, "Work"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_day_events_name_their_last_day_and_not_the_one_after()
    {
        Assert.Equal("Friday, 14 March 2025, all day", EventWords.When(Friday.AtMidnight(), Friday.PlusDays(1).AtMidnight(), isAllDay: true));
        Assert.Equal("Friday, 14 March 2025 to Sunday, 16 March 2025, all day", EventWords.When(Friday.AtMidnight(), Friday.PlusDays(3).AtMidnight(), isAllDay: true));
    }

    [Fact]
    public void The_own_zone_shows_only_where_its_clocks_differ()
    {
        var start = Friday.At(new LocalTime(9, 0));
        var end = Friday.At(new LocalTime(10, 0));

        Assert.Null(EventWords.Elsewhere(Merged.Timed(Merged.Mine, "a", start, end, "Europe/Paris").Instance()));
        Assert.Equal(
            "Friday, 14 March 2025, 09:00 to 10:00 in America/New York",
            EventWords.Elsewhere(Merged.Timed(Merged.Mine, "a", start, end, "America/New_York").Instance()));
    }

    [Fact]
    public void Starts_for_machines_say_their_kind()
    {
        Assert.Equal("2025-03-14", EventWords.Iso(Merged.AllDay(Merged.Mine, "a", Friday, Friday.PlusDays(1)).Instance(), Merged.Berlin));
        Assert.Equal(
            "2025-03-14T09:00:00+01:00",
            EventWords.Iso(Merged.Timed(Merged.Mine, "a", Friday.At(new LocalTime(9, 0)), Friday.At(new LocalTime(9, 0))).Instance(), Merged.Berlin));
        var floating = EntryTime.Floating(Friday.At(new LocalTime(9, 0)));
        Assert.Equal("2025-03-14T09:00:00", EventWords.Iso(Merged.Entry(Merged.Mine, "a", floating, floating, "{}").Instance(), Merged.Berlin));
    }

    [Fact]
    public void A_list_of_one_day_says_which_part_of_a_long_event_lies_in_it()
    {
        var night = Merged.Timed(Merged.Mine, "a", Friday.At(new LocalTime(22, 0)), Friday.PlusDays(2).At(new LocalTime(2, 0))).Instance();

        Assert.Equal(
            ["from 22:00", "all day", "until 02:00"], Enumerable.Range(0, 3).Select(day => EventWords.TimeOn(night, Friday.PlusDays(day))));
    }

    [Theory]
    [InlineData("2025-02-30")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_date_is_none(string? text) => Assert.Null(EventWords.ParseIsoDay(text));
}
