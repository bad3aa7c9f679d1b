using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Between the times an app says and the columns of an instance.</summary>
internal static class InstanceTimes
{
    public static InstanceRow RowOf(IndexedInstance instance, long collectionKey)
    {
        var (start, end) = (Seconds(instance.Start), Seconds(instance.End));
        return new InstanceRow
        {
            CollectionKey = collectionKey,
            RecurrenceId = instance.RecurrenceId ?? string.Empty,
            Kind = instance.Start.Kind,
            Start = start,
            End = end,
            LocalStart = WallClock(instance.Start.Local),
            LocalEnd = WallClock(instance.End.Local),
            StartZone = instance.Start.ZoneId,
            EndZone = instance.Start.Kind == TimeKind.Zoned && instance.End.ZoneId != instance.Start.ZoneId ? instance.End.ZoneId ?? "UTC" : null,
            IsLong = end - start > InstanceRow.LongAfter,
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

    /// <summary>Seconds since 1970: of the instant where there is one, else of the wall clock.</summary>
    private static long Seconds(EntryTime time) => time.Instant?.ToUnixTimeSeconds() ?? WallClock(time.Local);

    private static long WallClock(LocalDateTime local) => local.InUtc().ToInstant().ToUnixTimeSeconds();

    private static LocalDateTime LocalOf(long seconds) => Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime;
}
