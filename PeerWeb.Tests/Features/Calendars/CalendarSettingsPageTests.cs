using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.State;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarSettingsPageTests : BunitContext
{
    private readonly Asking _asking = new();

    public CalendarSettingsPageTests()
    {
        Services.AddFluxor(flux => flux.ScanTypes(typeof(CalendarState), typeof(CalendarReducers), typeof(CalendarEffects), typeof(ViewerEffects)));
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2025, 7, 14, 12, 0, 0, TimeSpan.Zero)));
        Services.AddSingleton(_asking.Queries);
        Services.AddScoped<CalendarBrowser>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule("./js/calendar.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<string?>("timeZone").SetResult("Europe/Berlin");
    }

    [Fact]
    public void Each_choice_is_kept_at_once_and_leaves_the_others_alone()
    {
        var page = Page();
        Assert.StartsWith("As the browser says: Europe/Berlin (UTC+02:00)", page.Find("#zone option").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=settings-week-start]").Change("Sunday");
        page.Find("[data-testid=settings-zone]").Change("America/New_York");
        page.Find("[data-testid=settings-second-zone]").Change("Asia/Kolkata");
        page.Find("[data-testid=settings-hide-weekends]").Change(true);
        page.Find("[data-testid=settings-week-numbers]").Change(true);
        page.Find("[data-testid=settings-work-friday]").Change(false);
        page.Find("[data-testid=settings-shortcuts]").Change(false);

        page.WaitForAssertion(() => Assert.Equal("saved", page.Find("[data-testid=settings-progress]").GetAttribute("data-state")));
        Assert.Equal(
            new CalendarSettings
            {
                WeekStart = IsoDayOfWeek.Sunday,
                Zone = "America/New_York",
                SecondZone = "Asia/Kolkata",
                HidesWeekends = true,
                ShowsWeekNumbers = true,
                WorkDays = DaySet.MondayToFriday.With(IsoDayOfWeek.Friday, false),
                WithoutShortcuts = true,
            },
            _asking.Settings);
    }

    [Fact]
    public void What_was_chosen_before_shows_and_the_last_working_day_cannot_be_taken_away()
    {
        _asking.Settings = new CalendarSettings { WeekStart = IsoDayOfWeek.Saturday, WorkDays = DaySet.Of(IsoDayOfWeek.Tuesday), Zone = "Europe/Kyiv" };

        var page = Page();

        Assert.Equal("Saturday", page.Find("[data-testid=settings-week-start]").GetAttribute("value"));
        Assert.Equal("Europe/Kyiv", page.Find("[data-testid=settings-zone]").GetAttribute("value"));
        Assert.True(page.Find("[data-testid=settings-work-tuesday]").HasAttribute("disabled"));
    }

    [Fact]
    public void What_could_not_be_kept_says_so_and_a_value_that_is_none_changes_nothing()
    {
        _asking.SaveFailure = new InvalidOperationException("The disk is full.");
        var page = Page();

        page.Find("[data-testid=settings-week-start]").Change("Tuesday");
        Assert.Equal("read", page.Find("[data-testid=settings-progress]").GetAttribute("data-state"));
        page.Find("[data-testid=settings-week-numbers]").Change(true);

        page.WaitForAssertion(() => Assert.Equal("failed", page.Find("[data-testid=settings-progress]").GetAttribute("data-state")));
        Assert.Equal(CalendarSettings.Default, _asking.Settings);
    }

    private IRenderedComponent<CalendarSettingsPage> Page()
    {
        var page = Render<CalendarSettingsPage>();
        page.WaitForElement("[data-ready=true]");
        return page;
    }
}
