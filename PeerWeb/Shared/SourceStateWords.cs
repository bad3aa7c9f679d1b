using System.Globalization;
using MudBlazor;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared;

/// <summary>How a source stands, in words and with its time; the same wherever sources show.</summary>
public static class SourceStateWords
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);
    private static readonly LocalDateTimePattern DayAndClock = LocalDateTimePattern.Create("d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The value of <c>data-state</c>.</summary>
    public static string Name(SourceState state) => state switch
    {
        SourceState.Loading => "loading",
        SourceState.Live => "live",
        SourceState.Stale => "stale",
        SourceState.Offline => "offline",
        SourceState.Refused => "refused",
    };

    /// <summary>The paths of an icon of 24 by 24.</summary>
    public static string Icon(SourceState state) => state switch
    {
        SourceState.Loading => Icons.Material.Outlined.Sync,
        SourceState.Live => Icons.Material.Filled.CheckCircle,
        SourceState.Stale => Icons.Material.Outlined.History,
        SourceState.Offline => Icons.Material.Outlined.CloudOff,
        SourceState.Refused => Icons.Material.Outlined.Block,
    };

    /// <summary>"as of 14:02", "offline since 3 May, 09:10"; times of another day name the day.</summary>
    public static string Brief(SourceStatus status, DateTimeZone viewer, Instant now)
    {
        var time = status.Since is { } since ? Time(since, viewer, now) : null;
        return status.State switch
        {
            SourceState.Loading => "loading",
            SourceState.Live => "live",
            SourceState.Stale => time is null ? "not up to date" : $"as of {time}",
            SourceState.Offline => time is null ? "offline" : $"offline since {time}",
            SourceState.Refused => time is null ? "refused" : $"refused since {time}",
        };
    }

    /// <summary>The same with its reason where something is wrong: "as of 14:02. It does not answer.".</summary>
    public static string Full(SourceStatus status, DateTimeZone viewer, Instant now)
    {
        var words = Brief(status, viewer, now);
        if (status is { State: SourceState.Live, Since: { } since })
            words = $"live, answered at {Time(since, viewer, now)}";
        return string.IsNullOrWhiteSpace(status.Reason) ? words : $"{words}. {status.Reason}";
    }

    /// <summary>"14:02"; a time of another day names the day.</summary>
    public static string Time(Instant at, DateTimeZone viewer, Instant now)
    {
        var local = at.InZone(viewer).LocalDateTime;
        return local.Date == now.InZone(viewer).Date ? Clock.Format(local.TimeOfDay) : DayAndClock.Format(local);
    }
}
