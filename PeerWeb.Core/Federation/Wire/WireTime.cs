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

    public static string Format(EntryTime time) => time.Kind switch
    {
        TimeKind.Date => Date.Format(time.Local.Date),
        TimeKind.Floating => Floating.Format(time.Local),
        TimeKind.Utc => InstantPattern.General.Format(time.InstantFor(DateTimeZone.Utc)),
        TimeKind.Zoned => $"{FormatOffset(Zoned(time))}[{time.ZoneId}]",
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
        if (bracket < 0 || !(Offset.Parse(text[..bracket]) is { Success: true } parsed || (parsed = MeanTimeOffset.Parse(text[..bracket])).Success))
            return false;
        var zone = text[(bracket + 1)..^1];
        if (zone.Length == 0 || zone.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '_' or '-' or '+')))
            return false;
        time = EntryTime.Zoned(parsed.Value.LocalDateTime, zone, parsed.Value.ToInstant());
        return true;
    }

    private static string FormatOffset(OffsetDateTime time) => (time.Offset.Seconds % 60 == 0 ? Offset : MeanTimeOffset).Format(time);

    private static OffsetDateTime Zoned(EntryTime time)
    {
        var instant = time.InstantFor(DateTimeZone.Utc);
        var offset = Period.Between(instant.InUtc().LocalDateTime, time.Local, PeriodUnits.Seconds).Seconds;
        return new OffsetDateTime(time.Local, NodaTime.Offset.FromSeconds((int)offset));
    }
}
