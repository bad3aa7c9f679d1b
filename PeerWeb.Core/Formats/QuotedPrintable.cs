using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>The encoding of vCard 2.1 for what is not ASCII.</summary>
/// <remarks>RFC 2045 6.7, read as it is found: digits in either case, an equals sign that begins nothing stands for itself.</remarks>
internal static class QuotedPrintable
{
    private const string Name = "QUOTED-PRINTABLE";

    /// <summary>Parameters that name an encoding are at the beginning; more is not looked at for each line of a long value.</summary>
    private const int LongestHead = 1000;

    /// <summary>Whether a property that is encoded so goes on after the line break.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> line)
    {
        if (line is not [.., (byte)'='])
            return false;
        var colon = line[..Math.Min(LongestHead, line.Length)].IndexOf((byte)':');
        return colon > Name.Length && IsNamed(Encoding.Latin1.GetString(line[..(colon + 1)]));
    }

    /// <summary>Whether a property's parameters say that it is encoded so.</summary>
    public static bool IsNamed(ReadOnlySpan<char> line)
    {
        var colon = line[..Math.Min(LongestHead, line.Length)].IndexOf(':');
        return colon > Name.Length && line[..colon].Contains(Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="value">With line feeds where it was broken.</param>
    /// <param name="charset">Of the octets; null where none is named, when they are UTF-8, or Windows-1252 where they are not.</param>
    public static string Decode(string value, Encoding? charset)
    {
        var octets = new byte[value.Length * (charset ?? Encoding.UTF8).GetMaxByteCount(1)];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '=' && i + 1 < value.Length && value[i + 1] == '\n')
            {
                i++;
            }
            else if (c == '=' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                octets[length++] = (byte)((Digit(value[i + 1]) << 4) | Digit(value[i + 2]));
                i += 2;
            }
            else if (c == '=' && i + 1 == value.Length)
            {
                // A break after which nothing came.
            }
            else if (char.IsAscii(c))
            {
                octets[length++] = (byte)c;
            }
            else
            {
                // It was decoded with the line already: what is not encoded is in the file's own character set.
                var take = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) ? 2 : 1;
                length += (charset ?? Encoding.UTF8).GetBytes(value.AsSpan(i, take), octets.AsSpan(length));
                i += take - 1;
            }
        }
        return Text(octets.AsSpan(0, length), charset);
    }

    private static string Text(ReadOnlySpan<byte> octets, Encoding? charset)
    {
        if (charset is not null)
            return charset.GetString(octets);
        try
        {
            return Strict.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Charset.Windows1252.GetString(octets);
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
