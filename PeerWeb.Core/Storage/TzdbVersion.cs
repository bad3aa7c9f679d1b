using System.Globalization;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Storage;

/// <summary>Which time zone database instances are computed with and how texts are read, such as <c>2025c/2</c>. Rows that say another are rebuilt, and until then expanded from their text.</summary>
public sealed record TzdbVersion(string Value)
{
    /// <summary>One more with each release that finds other instances in the same text.</summary>
    /// <remarks>2: a start that its rule does not match is an instance; RANGE=THISANDFUTURE and EXRULE are evaluated.</remarks>
    private const int Reading = 2;

    /// <summary>For LIKE: versions whose texts were read as by this one.</summary>
    public string ReadingPattern => Value.LastIndexOf('/') is >= 0 and var slash ? $"%{Value[slash..]}" : "%";

    /// <summary>Of entries whose text this version cannot read: they are never taken from the table, and not tried again.</summary>
    public string Unreadable => $"{Value}!";

    /// <summary>The one this process has loaded.</summary>
    public static TzdbVersion Loaded { get; } = new(string.Create(CultureInfo.InvariantCulture, $"{TzdbDateTimeZoneSource.Default.TzdbVersion}/{Reading}"));
}
