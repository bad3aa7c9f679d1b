using System.Globalization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Files;

/// <summary>A time of an entry as the entry says it.</summary>
public static class TimeWords
{
    /// <summary>"24 November 2026", "24 November 2026, 09:00 (Europe/Zurich)"; empty where there is none.</summary>
    public static string Of(EntryTime? time)
    {
        if (time is not { } one)
            return string.Empty;
        var day = one.Local.Date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
        var clock = one.Local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        return one.Kind switch
        {
            TimeKind.Utc => $"{day}, {clock} UTC",
            TimeKind.Zoned => $"{day}, {clock} ({one.ZoneId?.Replace('_', ' ')})",
            TimeKind.Floating => $"{day}, {clock}",
            TimeKind.Date => day,
        };
    }
}
