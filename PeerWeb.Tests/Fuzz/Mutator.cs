using System.Text;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Spoils bytes in the ways that readers of text stumble over; the same seed spoils them the same way.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\0", "\r\n", "\n ", ":", ";", ",", "\"", "\\", "\\n", "{", "}", "[", "]", "null", "true", "-0", "1e999", "9223372036854775808", "-9223372036854775809", "0.1", "\\ud800", "\\u0000", "\\uffff",
            "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "RRULE:FREQ=SECONDLY\r\n", "RRULE:FREQ=DAILY;COUNT=2147483647\r\n", "RDATE;VALUE=PERIOD:19000101T000000Z/P99999D\r\n",
            "DTSTART;TZID=Nowhere/Ever:20260230T250000\r\n", "DTEND:99991231T235959Z\r\n", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z\r\n", "EXDATE:,,,\r\n", "UID:\r\n", "BEGIN:VCARD\r\n", "END:VCARD\r\n", "VERSION:2.1\r\n", "PHOTO;ENCODING=b:====\r\n", "item1.", ";ENCODING=QUOTED-PRINTABLE:=\r\n", "BDAY:--0230\r\n", "DUE;VALUE=DATE:20260230\r\n",
            "%2F", "%00", "..", "?", "&", "#", "=",
            "\u202e", "\u0301", "\ufeff", "\ud83d\ude00", "<script>alert(1)</script>", "' OR 1=1 --", "${jndi:ldap://x}", "*", "W/\"1\"", "\"\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x1b], [0x7f],
    ];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public T Any<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    /// <summary>One to five changes; the result is at most twice as long and 64 KiB.</summary>
    public byte[] Spoil(byte[] original)
    {
        var bytes = original.ToList();
        for (var i = _random.Next(1, 6); i > 0; i--)
            Change(bytes);
        return [.. bytes];
    }

    public string Spoil(string original) => Encoding.UTF8.GetString(Spoil(Encoding.UTF8.GetBytes(original)));

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
        switch (_random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4 when _random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when _random.Next(4) == 0 && bytes.Count < 4_000:
                bytes.InsertRange(at, Enumerable.Repeat(bytes.GetRange(at, length), _random.Next(1, 200)).SelectMany(one => one));
                break;
            case 6 when length > 0:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Any(Tokens));
                break;
            default:
                bytes.InsertRange(at, Any(Tokens));
                break;
        }
        if (bytes.Count > 64 * 1024)
            bytes.RemoveRange(64 * 1024, bytes.Count - (64 * 1024));
    }
}
