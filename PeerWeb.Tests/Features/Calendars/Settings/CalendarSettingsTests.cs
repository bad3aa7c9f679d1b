using NodaTime;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Shared.Zones;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Settings;

public sealed class CalendarSettingsTests
{
    [Fact]
    public void What_was_chosen_is_read_as_it_was_written()
    {
        var chosen = new CalendarSettings
        {
            WeekStart = IsoDayOfWeek.Sunday,
            ShowsWeekNumbers = true,
            HidesWeekends = true,
            WorkDays = DaySet.Of(IsoDayOfWeek.Monday, IsoDayOfWeek.Thursday),
            Zone = "America/New_York",
            SecondZone = "Asia/Kolkata",
            WithoutShortcuts = true,
        };

        Assert.Equal(chosen, CalendarSettings.Read(chosen.ToJson()));
        Assert.Contains("\"workDays\":[\"Monday\",\"Thursday\"]", chosen.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("rubbish")]
    [InlineData("""{"workDays":7}""")]
    [InlineData("""{"weekStart":"Yesterday"}""")]
    [InlineData("""{"weekStart":"Tuesday","workDays":["Never"],"zone":"Mars/Olympus","unknown":1}""")]
    public void What_makes_no_sense_is_as_by_default(string? json) => Assert.Equal(CalendarSettings.Default, CalendarSettings.Read(json));

    [Theory]
    [InlineData("2026-12-28", 53)] // Monday: the week of the last Thursday of 2026.
    [InlineData("2027-01-04", 1)]
    [InlineData("2024-12-30", 1)] // Its Thursday is 2 January 2025.
    [InlineData("2026-12-27", 53)] // Sunday of a week that begins on Sunday: the same Thursday.
    [InlineData("2027-01-02", 1)] // Saturday: its Thursday is 7 January.
    public void A_week_has_the_number_of_the_ISO_week_of_its_Thursday(string start, int number) =>
        Assert.Equal(number, WeekNumber.Of(NodaTime.Text.LocalDatePattern.Iso.Parse(start).Value));

    [Fact]
    public void The_zones_to_choose_from_are_known_and_grouped()
    {
        Assert.Contains("Europe/Zurich", ZoneList.ByRegion.Single(region => region.Region == "Europe").Ids);
        Assert.All(ZoneList.ByRegion.SelectMany(region => region.Ids), id => Assert.NotNull(DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)));
        Assert.Equal("New York", ZoneList.City("America/New_York"));
        Assert.Equal("America/New York (UTC-05:00)", ZoneList.Title("America/New_York", Instant.FromUtc(2026, 1, 1, 0, 0)));
    }
}
