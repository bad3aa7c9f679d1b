using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Between the times an app says and the columns of an instance.</summary>
internal static class InstanceTimes
{
    private const long Day = 86_400;

    /// <summary>How many seconds after its start an instance of this reach may still be going on.</summary>
    public static long SecondsOf(InstanceReach reach) => reach switch
    {
        InstanceReach.Day or InstanceReach.LocalDay => Day,
        InstanceReach.Month => 31 * Day,
        InstanceReach.Longer => TimeRange.Latest.ToUnixTimeSeconds() - TimeRange.Earliest.ToUnixTimeSeconds(),
    };

    public static InstanceRow RowOf(IndexedInstance instance, long collectionKey, long entryKey)
    {
        var (start, end) = (Seconds(instance.Start), Seconds(instance.End));
        return new InstanceRow
        {
            CollectionKey = collectionKey,
            EntryKey = entryKey,
            Reach = ReachOf(instance.Start.Kind, end - start),
            RecurrenceId = instance.RecurrenceId ?? string.Empty,
            Kind = instance.Start.Kind,
            Start = start,
            End = end,
            LocalStart = WallClock(instance.Start.Local),
            LocalEnd = WallClock(instance.End.Local),
            StartZone = instance.Start.ZoneId,
            EndZone = instance.Start.Kind == TimeKind.Zoned && instance.End.ZoneId != instance.Start.ZoneId ? instance.End.ZoneId ?? "UTC" : null,
            Title = instance.Title,
            Detail = instance.Detail,
        };
    }

    public static EntryTime TimeOf(TimeKind kind, long seconds, long localSeconds, string? zone) => kind switch
    {
        TimeKind.Utc => EntryTime.Utc(Instant.FromUnixTimeSeconds(seconds)),
        TimeKind.Zoned => EntryTime.Zoned(LocalOf(localSeconds), zone ?? "UTC", Instant.FromUnixTimeSeconds(seconds)),
        TimeKind.Floating => EntryTime.Floating(LocalOf(localSeconds)),
        TimeKind.Date => EntryTime.Date(LocalOf(localSeconds).Date),
    };

    private static InstanceReach ReachOf(TimeKind kind, long length) => (kind, length) switch
    {
        (TimeKind.Utc or TimeKind.Zoned, <= Day) => InstanceReach.Day,
        (_, <= Day) => InstanceReach.LocalDay,
        (_, <= 31 * Day) => InstanceReach.Month,
        _ => InstanceReach.Longer,
    };

    /// <summary>Seconds since 1970: of the instant where there is one, else of the wall clock.</summary>
    private static long Seconds(EntryTime time) => time.Instant?.ToUnixTimeSeconds() ?? WallClock(time.Local);

    private static long WallClock(LocalDateTime local) => local.InUtc().ToInstant().ToUnixTimeSeconds();

    private static LocalDateTime LocalOf(long seconds) => Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime;
}
