namespace PeerWeb.Features.Calendars;

public static class CalendarsSetup
{
    /// <summary>The calendar's pages; who calls it registers <see cref="CalendarQueries"/> as well, which connects them to the stores.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services.AddScoped<CalendarBrowser>();
}
