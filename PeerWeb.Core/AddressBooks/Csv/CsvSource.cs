using System.Text;
using PeerWeb.Core.Formats;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>The rows of a file, whatever its character set and separator.</summary>
/// <remarks>UTF-16 and UTF-32 with a byte order mark, UTF-16 also by the zeroes of its first letters, else UTF-8 with Windows-1252; comma, semicolon or tab, as the first row has most of.</remarks>
internal sealed class CsvSource : IDisposable
{
    /// <summary>Octets that are looked at to know what a file is.</summary>
    private const int LookedAt = 64 * 1024;

    private const string Announcement = "sep=";

    private readonly StreamReader _text;
    private readonly CsvRows _rows;

    private CsvSource(StreamReader text, char delimiter, string encoding)
    {
        _text = text;
        (Delimiter, EncodingName) = (delimiter, encoding);
        _rows = new CsvRows(text, delimiter);
    }

    public char Delimiter { get; }

    /// <summary>UTF-8, Windows-1252, or what the byte order mark says.</summary>
    public string EncodingName { get; }

    /// <inheritdoc cref="CsvRows.Line"/>
    public int Line => _rows.Line;

    /// <inheritdoc cref="CsvRows.Problem"/>
    public string? Problem => _rows.Problem;

    public IReadOnlyList<string> Row => _rows.Row;

    public static async Task<CsvSource> OpenAsync(Stream file, CancellationToken cancellationToken)
    {
        var head = new byte[LookedAt];
        var length = await file.ReadAtLeastAsync(head, LookedAt, throwOnEndOfStream: false, cancellationToken);
        var (encoding, name) = EncodingOf(head.AsSpan(0, length));
        var first = FirstLine(encoding.GetString(head, 0, length));
        var isAnnounced = first.StartsWith(Announcement, StringComparison.OrdinalIgnoreCase) && first.Length == Announcement.Length + 1;
        var text = new StreamReader(new PrefixedStream(head.AsMemory(0, length), file), encoding, detectEncodingFromByteOrderMarks: true);
        var source = new CsvSource(text, isAnnounced ? first[^1] : DelimiterOf(first), name);
        if (isAnnounced)
            await source._rows.ReadAsync(cancellationToken);
        return source;
    }

    /// <returns>False at the end of the file.</returns>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => _rows.ReadAsync(cancellationToken);

    public void Dispose() => _text.Dispose();

    private static (Encoding Encoding, string Name) EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (MixedUtf8.Encoding, "UTF-8"),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, "UTF-32"),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, "UTF-16"),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, "UTF-16"),
        [not 0, 0, not 0, 0, ..] => (Encoding.Unicode, "UTF-16"),
        [0, not 0, 0, not 0, ..] => (Encoding.BigEndianUnicode, "UTF-16"),
        _ => (MixedUtf8.Encoding, IsUtf8(head) ? "UTF-8" : "Windows-1252"),
    };

    /// <remarks>What was read may end within a character.</remarks>
    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
                return true;
        }
        return false;
    }

    private static string FirstLine(string text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (text[i] is '\r' or '\n' && !isQuoted)
                return text[..i].TrimStart('\uFEFF');
        }
        return text.TrimStart('\uFEFF');
    }

    private static char DelimiterOf(string header)
    {
        var isQuoted = false;
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0 };
        foreach (var c in header)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && counts.TryGetValue(c, out var count))
                counts[c] = count + 1;
        }
        return counts.MaxBy(count => count.Value).Key;
    }
}
