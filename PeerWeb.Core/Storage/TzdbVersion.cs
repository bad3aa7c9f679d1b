using NodaTime.TimeZones;

namespace PeerWeb.Core.Storage;

/// <summary>Which time zone database instances are computed with, such as <c>2025c</c>. Rows that say another are rebuilt, and until then expanded from their text.</summary>
public sealed record TzdbVersion(string Value)
{
    /// <summary>The one this process has loaded.</summary>
    public static TzdbVersion Loaded { get; } = new(TzdbDateTimeZoneSource.Default.TzdbVersion);
}
