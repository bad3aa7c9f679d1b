using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>One unfolded line of a file; its text is null where it is larger than a property may be.</summary>
public readonly record struct FileLine(int Number, string? Raw);

/// <summary>Unfolds a file line by line with memory for one property only.</summary>
/// <remarks>UTF-8, UTF-16 with a byte order mark, and Windows-1252 for lines that are not UTF-8. Unfolds octets, since folding may cut a character in two.</remarks>
public sealed class FileLineReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1;

    private readonly Stream _file;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _at;
    private int _filled;

    private FileLineReader(Stream file) => _file = file;

    public static async IAsyncEnumerable<FileLine> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new FileLineReader(file);
        await reader.FillAsync(cancellationToken);
        if (reader.ByteOrderMark() is { } encoding)
        {
            var rest = new PrefixedStream(reader._buffer.AsMemory(2, reader._filled - 2), file);
            reader = new FileLineReader(Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8, leaveOpen: true));
            await reader.FillAsync(cancellationToken);
        }
        else if (reader._buffer.AsSpan(0, reader._filled).StartsWith(Encoding.UTF8.Preamble))
        {
            reader._at = Encoding.UTF8.Preamble.Length;
        }
        await foreach (var line in reader.LinesAsync(cancellationToken))
            yield return line;
    }

    private async IAsyncEnumerable<FileLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var octets = new List<byte>();
        var isTooLong = false;
        var (number, begun) = (1, 1);
        var isAtLineStart = false;
        var afterReturn = false;
        while (_at < _filled || await FillAsync(cancellationToken))
        {
            var octet = _buffer[_at++];
            if (octet == '\n' && afterReturn)
            {
                afterReturn = false;
                continue;
            }
            afterReturn = octet == '\r';
            if (octet is (byte)'\r' or (byte)'\n')
            {
                number++;
                isAtLineStart = true;
                continue;
            }
            if (isAtLineStart)
            {
                // Blank lines do not end a folded one: some files have CR CR LF at every line.
                isAtLineStart = false;
                if (octet is (byte)' ' or (byte)'\t' && octets.Count > 0)
                    continue;
                if (octets.Count > 0)
                    yield return Decode(begun, octets, isTooLong);
                octets.Clear();
                (begun, isTooLong) = (number, false);
            }
            if (octets.Count > Caps.Property)
            {
                isTooLong = true;
            }
            else
            {
                octets.Add(octet);
            }
        }
        if (octets.Count > 0)
            yield return Decode(begun, octets, isTooLong);
    }

    private static FileLine Decode(int number, List<byte> octets, bool isTooLong)
    {
        if (isTooLong)
            return new FileLine(number, null);
        var span = CollectionsMarshal.AsSpan(octets);
        try
        {
            return new FileLine(number, StrictUtf8.GetString(span));
        }
        catch (DecoderFallbackException)
        {
            return new FileLine(number, Windows1252.GetString(span));
        }
    }

    private Encoding? ByteOrderMark() => _filled < 2 ? null : (_buffer[0], _buffer[1]) switch
    {
        (0xFF, 0xFE) => Encoding.Unicode,
        (0xFE, 0xFF) => Encoding.BigEndianUnicode,
        _ => null,
    };

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _at = 0;
        // Three octets at least, so that a byte order mark is whole.
        _filled = await _file.ReadAtLeastAsync(_buffer, 3, throwOnEndOfStream: false, cancellationToken);
        return _filled > 0;
    }
}
