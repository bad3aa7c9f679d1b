using System.Buffers;
using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>One unfolded line of a file; its text is null where it is larger than a property may be.</summary>
public readonly record struct FileLine(int Number, string? Raw);

/// <summary>What lines of a format are like.</summary>
/// <param name="MostOctets">Of an unfolded line; of a longer one only its number is told.</param>
/// <param name="IsQuotedPrintable">Whether a property may be encoded so, with line breaks of its own, and may name its character set, as in vCard 2.1.</param>
public sealed record LineRules(int MostOctets, bool IsQuotedPrintable = false);

/// <summary>Unfolds a file line by line with memory for one property only.</summary>
/// <remarks>UTF-8, UTF-16 with a byte order mark, and Windows-1252 for lines that are not UTF-8. Unfolds octets, since folding may cut a character in two.</remarks>
public sealed class FileLineReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly Stream _file;
    private readonly LineRules _rules;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly ArrayBufferWriter<byte> _octets = new(256);
    private int _at;
    private int _filled;
    private int _number = 1;
    private int _begun = 1;
    private int _lineEnds;
    private bool _isAtLineStart;
    private bool _afterReturn;

    private FileLineReader(Stream file, LineRules rules) => (_file, _rules) = (file, rules);

    public static async ValueTask<FileLineReader> OpenAsync(Stream file, LineRules rules, CancellationToken cancellationToken)
    {
        var reader = new FileLineReader(file, rules);
        await reader.FillAsync(cancellationToken);
        if (reader.ByteOrderMark() is { } encoding)
        {
            var rest = new PrefixedStream(reader._buffer.AsMemory(2, reader._filled - 2), file);
            reader = new FileLineReader(Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8, leaveOpen: true), rules);
            await reader.FillAsync(cancellationToken);
        }
        else if (reader._buffer.AsSpan(0, reader._filled).StartsWith(Encoding.UTF8.Preamble))
        {
            reader._at = Encoding.UTF8.Preamble.Length;
        }
        return reader;
    }

    /// <summary>The next line as far as the file is read; false where more of it has to be read first.</summary>
    public bool TryRead(out FileLine line)
    {
        line = default;
        while (_at < _filled)
        {
            if (_buffer[_at] is (byte)'\r' or (byte)'\n')
            {
                PassLineEnd(_buffer[_at++]);
                continue;
            }
            _afterReturn = false;
            if (_isAtLineStart)
            {
                // Blank lines do not end a folded one: some files have CR CR LF at every line.
                _isAtLineStart = false;
                if (_rules.IsQuotedPrintable && _lineEnds == 1 && QuotedPrintable.IsBroken(_octets.WrittenSpan))
                {
                    // The line break belongs to the encoding, and white space after it to the value.
                    Keep("\n"u8);
                }
                else if (_buffer[_at] is (byte)' ' or (byte)'\t' && _octets.WrittenCount > 0)
                {
                    _at++;
                    continue;
                }
                else
                {
                    if (_octets.WrittenCount > 0)
                        line = Take();
                    _begun = _number;
                }
            }
            var rest = _buffer.AsSpan(_at.._filled);
            var length = rest.IndexOfAny(LineEnds);
            _lineEnds = 0;
            Keep(length < 0 ? rest : rest[..length]);
            _at += length < 0 ? rest.Length : length;
            if (line.Number > 0)
                return true;
        }
        return false;
    }

    /// <summary>Reads on; false at the end of the file, when <see cref="TryTakeLast"/> has what is left.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _at = 0;
        // Three octets at least, so that a byte order mark is whole.
        _filled = await _file.ReadAtLeastAsync(_buffer, 3, throwOnEndOfStream: false, cancellationToken);
        return _filled > 0;
    }

    public bool TryTakeLast(out FileLine line)
    {
        line = _octets.WrittenCount > 0 ? Take() : default;
        return line.Number > 0;
    }

    private void PassLineEnd(byte octet)
    {
        if (octet == '\n' && _afterReturn)
        {
            _afterReturn = false;
            return;
        }
        // CR CR LF is one line end, written twice.
        if (octet != '\r' || !_afterReturn)
            _lineEnds++;
        _afterReturn = octet == '\r';
        _number++;
        _isAtLineStart = true;
    }

    /// <summary>One octet more than a property may have says that it is too long; the others are not kept.</summary>
    private void Keep(ReadOnlySpan<byte> octets) => _octets.Write(octets[..Math.Min(octets.Length, _rules.MostOctets + 1 - _octets.WrittenCount)]);

    private FileLine Take()
    {
        var line = new FileLine(_begun, _octets.WrittenCount > _rules.MostOctets ? null : Decode(_octets.WrittenSpan, _rules.IsQuotedPrintable));
        _octets.ResetWrittenCount();
        return line;
    }

    private static string Decode(ReadOnlySpan<byte> octets, bool mayNameCharset)
    {
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return ((mayNameCharset ? Charset.OfLine(octets) : null) ?? Charset.Windows1252).GetString(octets);
        }
    }

    private Encoding? ByteOrderMark() => _filled < 2 ? null : (_buffer[0], _buffer[1]) switch
    {
        (0xFF, 0xFE) => Encoding.Unicode,
        (0xFE, 0xFF) => Encoding.BigEndianUnicode,
        _ => null,
    };
}
