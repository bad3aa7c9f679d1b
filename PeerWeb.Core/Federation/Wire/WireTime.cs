using System.Buffers;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Times as text: a date, a floating time, an instant, or a zoned time with its offset and zone.</summary>
/// <remarks>RFC 3339 and RFC 9557. The instant of a zoned time is the one its offset says, also where the reader's zone rules differ.</remarks>
public static class WireTime
{
    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;
    private static readonly LocalDateTimePattern Floating = LocalDateTimePattern.GeneralIso;
    private static readonly OffsetDateTimePattern Offset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    // Local mean times of the early 20th century have offsets to the second, for which RFC 3339 has no form.
    private static readonly OffsetDateTimePattern MeanTimeOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm:ss>");

    private static readonly SearchValues<char> InZoneIds = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_-+");

    public static string Format(EntryTime time) => time.Kind switch
    {
        TimeKind.Date => Date.Format(time.Local.Date),
        TimeKind.Floating => Floating.Format(time.Local),
        TimeKind.Utc => InstantPattern.General.Format(time.InstantFor(DateTimeZone.Utc)),
        TimeKind.Zoned => FormatZoned(time),
    };

    public static bool TryParse(string? text, out EntryTime time)
    {
        time = default;
        if (text is null or { Length: > 100 })
            return false;
        if (text.EndsWith(']'))
            return TryParseZoned(text, out time);
        if (Date.Parse(text) is { Success: true } date)
            time = EntryTime.Date(date.Value);
        else if (Floating.Parse(text) is { Success: true } local)
            time = EntryTime.Floating(local.Value);
        else if (InstantPattern.General.Parse(text) is { Success: true } instant)
            time = EntryTime.Utc(instant.Value);
        else
            return false;
        return true;
    }

    /// <summary>As <see cref="Format(EntryTime)"/>, but for a zone that is the start's.</summary>
    public static string FormatEnd(EntryTime end, EntryTime? start)
    {
        var text = Format(end);
        return end.ZoneId is { } zone && start is { } begin && begin.ZoneId == zone ? text[..^(zone.Length + 2)] : text;
    }

    /// <summary>Reads what <see cref="FormatEnd"/> wrote.</summary>
    public static bool TryParseEnd(string? text, EntryTime start, out EntryTime end)
    {
        if (start.ZoneId is not { } zone || text is not { Length: > 0 and <= 100 } || text[^1] == ']' || !TryParseOffset(text, out var parsed))
            return TryParse(text, out end);
        end = EntryTime.Zoned(parsed.LocalDateTime, zone, parsed.ToInstant());
        return true;
    }

    public static string Format(Instant instant) => InstantPattern.General.Format(instant);

    public static bool TryParseInstant(string? text, out Instant instant)
    {
        var parsed = InstantPattern.General.Parse(text ?? string.Empty);
        return parsed.TryGetValue(default, out instant);
    }

    private static bool TryParseZoned(string text, out EntryTime time)
    {
        time = default;
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
            return false;
        var zone = text[(bracket + 1)..^1];
        if (zone.Length == 0 || zone.AsSpan().ContainsAnyExcept(InZoneIds) || !TryParseOffset(text.AsSpan(0, bracket), out var parsed))
            return false;
        time = EntryTime.Zoned(parsed.LocalDateTime, zone, parsed.ToInstant());
        return true;
    }

    // Of a page's thousands of times nearly all are of this form, which the base library reads and writes without a detour.
    private static bool TryParseOffset(ReadOnlySpan<char> text, out OffsetDateTime time)
    {
        if (text.Length == "uuuu-MM-ddTHH:mm:ss+HH:mm".Length
            && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var usual))
        {
            time = OffsetDateTime.FromDateTimeOffset(usual);
            return true;
        }
        return (text.Length == "uuuu-MM-ddTHH:mm:ss+HH:mm:ss".Length ? MeanTimeOffset : Offset).Parse(text.ToString()).TryGetValue(default, out time);
    }

    private static string FormatZoned(EntryTime time)
    {
        var local = time.Local;
        var offset = (int)(local.InUtc().ToInstant() - time.InstantFor(DateTimeZone.Utc)).TotalSeconds;
        if (offset % 60 != 0)
            return $"{MeanTimeOffset.Format(new OffsetDateTime(local, NodaTime.Offset.FromSeconds(offset)))}[{time.ZoneId}]";
        var (sign, minutes) = (offset < 0 ? '-' : '+', Math.Abs(offset) / 60);
        return string.Create(CultureInfo.InvariantCulture, $"{local.ToDateTimeUnspecified():s}{sign}{minutes / 60:00}:{minutes % 60:00}[{time.ZoneId}]");
    }
}
