using NodaTime;

namespace PeerWeb.Features.Calendars;

public static class ViewerZone
{
    /// <summary>The zone that a browser names; UTC where it names none that we know.</summary>
    public static DateTimeZone Find(string? id) =>
        id is { Length: > 0 and <= 64 } && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? zone : DateTimeZone.Utc;
}
