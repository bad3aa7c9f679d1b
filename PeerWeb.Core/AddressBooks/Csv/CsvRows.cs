using System.Text;
using PeerWeb.Core.Formats;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>Reads rows one after the other, whatever is wrong with one of them; holds one at a time.</summary>
/// <remarks>RFC 4180, with LF and CR as line ends and quotation marks within a value as they are found. Written here rather than taken
/// from a package since a quotation mark that is never closed must cost one row and not the rest of the file.</remarks>
internal sealed class CsvRows(TextReader text, char delimiter)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Characters of a row that is kept while it is read.</summary>
    private const int LongestRow = 512 * 1024;

    private readonly StringBuilder _cell = new();
    private readonly StringBuilder _raw = new();
    private List<string> _row = [];
    private char[] _buffer = new char[BufferSize];
    private int _at;
    private int _filled;
    private int _line = 1;
    private bool _isWithinLine;

    public IReadOnlyList<string> Row => _row;

    /// <summary>1-based line of the file where the row begins.</summary>
    public int Line { get; private set; }

    /// <summary>Why the row is none; null where it is one.</summary>
    public string? Problem { get; private set; }

    /// <returns>False at the end of the file.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await PassLineAsync(cancellationToken);
        Begin();
        var (isQuoted, wasQuoted) = (false, false);
        while (_at < _filled || await FillAsync(cancellationToken))
        {
            var c = _buffer[_at++];
            if (_raw.Length <= LongestRow)
                _raw.Append(c);
            if (isQuoted)
            {
                if (c != '"')
                {
                    _cell.Append(c);
                }
                else if (await PeekAsync(cancellationToken) is var next && next == '"')
                {
                    _raw.Append('"');
                    _cell.Append(_buffer[_at++]);
                }
                else if (next == delimiter || next is '\r' or '\n' or -1)
                {
                    isQuoted = false;
                }
                else if (!HasLineBreak(_cell))
                {
                    _cell.Append(c);
                }
                else if (TryGoBack())
                {
                    return true;
                }
                if (_cell.Length <= LineCaps.Property || !isQuoted)
                    continue;
                if (TryGoBack())
                    return true;
                // Too much was read to read it again.
                isQuoted = false;
            }
            else if (c == '"' && !wasQuoted && IsBlank(_cell))
            {
                (isQuoted, wasQuoted) = (true, true);
                _cell.Clear();
            }
            else if (c == delimiter)
            {
                wasQuoted = false;
                Take();
            }
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && await PeekAsync(cancellationToken) == '\n')
                    _raw.Append(_buffer[_at++]);
                End();
                return true;
            }
            else if (_raw.Length <= LongestRow)
            {
                _cell.Append(c);
            }
        }
        if (_raw.Length == 0)
            return false;
        if (!isQuoted || !TryGoBack())
            End();
        return true;
    }

    /// <summary>Of a line that was given up, what is left of it.</summary>
    private async ValueTask PassLineAsync(CancellationToken cancellationToken)
    {
        for (; _isWithinLine && await PeekAsync(cancellationToken) is not -1; _at++)
        {
            _isWithinLine = _buffer[_at] is not ('\r' or '\n');
            if (_buffer[_at] == '\r' && _at + 1 < _filled && _buffer[_at + 1] == '\n')
                _at++;
        }
        _isWithinLine = false;
    }

    private void Begin()
    {
        _row = [];
        _raw.Clear();
        _cell.Clear();
        (Line, Problem) = (_line, null);
    }

    private void Take()
    {
        if (_row.Count <= CsvContacts.MostColumns)
            _row.Add(_cell.ToString());
        _cell.Clear();
    }

    private void End()
    {
        Take();
        _line += Lines(_raw.ToString());
        if (_raw.Length > LongestRow || _row.Exists(cell => LineCaps.IsLonger(cell, LineCaps.Property)))
            Problem = $"The row is larger than {LongestRow / 1024} KiB, or a value of it than {LineCaps.Property / 1024} KiB.";
        else if (_row.Count > CsvContacts.MostColumns)
            Problem = $"The row has more than {CsvContacts.MostColumns} values.";
    }

    /// <summary>A quotation mark was never closed: its line is the row, and what comes after it is read anew.</summary>
    private bool TryGoBack()
    {
        if (_raw.Length > LongestRow)
            return false;
        var raw = _raw.ToString();
        var end = raw.AsSpan().IndexOfAny('\r', '\n');
        var next = end < 0 ? raw.Length : end + (raw.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        var rest = raw.Length - next + _filled - _at;
        var buffer = new char[Math.Max(rest, BufferSize)];
        raw.AsSpan(next).CopyTo(buffer);
        _buffer.AsSpan(_at, _filled - _at).CopyTo(buffer.AsSpan(raw.Length - next));
        (_buffer, _at, _filled, _isWithinLine) = (buffer, 0, rest, end < 0);
        _line++;
        _row = [raw[..(end < 0 ? Math.Min(raw.Length, 100) : end)]];
        Problem = "A quotation mark of this row is never closed.";
        return true;
    }

    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken) => _at < _filled || await FillAsync(cancellationToken) ? _buffer[_at] : -1;

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_at, _filled) = (0, await text.ReadAsync(_buffer.AsMemory(), cancellationToken));
        return _filled > 0;
    }

    private static int Lines(string raw)
    {
        var lines = 0;
        for (var i = 0; i < raw.Length; i++)
            lines += raw[i] == '\n' || (raw[i] == '\r' && !(i + 1 < raw.Length && raw[i + 1] == '\n')) ? 1 : 0;
        return lines;
    }

    private static bool HasLineBreak(StringBuilder cell)
    {
        foreach (var chunk in cell.GetChunks())
        {
            if (chunk.Span.ContainsAny('\r', '\n'))
                return true;
        }
        return false;
    }

    private static bool IsBlank(StringBuilder cell)
    {
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] != ' ')
                return false;
        }
        return true;
    }
}
