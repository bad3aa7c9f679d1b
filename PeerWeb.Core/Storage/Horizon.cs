using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage;

/// <summary>The range over which instances are materialised: six months back, eighteen ahead, from the first of the month.</summary>
internal static class Horizon
{
    public static TimeRange Around(Instant now)
    {
        var month = now.InUtc().Date.With(DateAdjusters.StartOfMonth);
        return new TimeRange(
            month.PlusMonths(-6).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
            month.PlusMonths(18).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());
    }
}
