namespace PeerWeb.Features.Calendars.Settings;

/// <summary>What each user chose, as the server keeps it for them.</summary>
/// <param name="LastView">The name of the view that was open last; null where none was.</param>
public sealed record SettingsCalls(
    Func<CancellationToken, Task<CalendarSettings>> Read,
    Func<CalendarSettings, CancellationToken, Task> Save,
    Func<CancellationToken, Task<string?>> LastView,
    Func<string, CancellationToken, Task> KeepView);
