using NodaTime;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.State;

/// <summary>Who looks: the zone that their browser names, and what they chose.</summary>
public sealed record CalendarViewer(DateTimeZone BrowserZone, CalendarSettings Settings)
{
    /// <summary>The zone in which they see times.</summary>
    public DateTimeZone Zone => Settings.FixedZone ?? BrowserZone;
}

/// <summary>Where the viewer was last: the view wherever they come back, the day as long as the browser's tab is open.</summary>
public sealed record CalendarPlace(string? View, LocalDate? Day);

public enum SettingsProgress
{
    /// <summary>Nothing was changed since they were read.</summary>
    Read,
    Saving,
    Saved,
    Failed,
}
