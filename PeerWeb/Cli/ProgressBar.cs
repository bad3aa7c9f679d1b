using System.Globalization;

namespace PeerWeb.Cli;

/// <summary>One line on the error stream that says how far a command is, where a person watches; nothing anywhere else.</summary>
/// <remarks>May be called from several threads: a file is read on one and its entries are reported on another.</remarks>
public sealed class ProgressBar(Terminal terminal, TimeProvider time) : IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _line = new();
    private long? _drawn;
    private int _length;

    /// <param name="fraction">0 to 1; null where the end is not known.</param>
    /// <param name="text">What is done, such as "1,200 of 5,000 events".</param>
    public void Show(double? fraction, string text)
    {
        if (terminal.Columns is not { } columns)
            return;
        lock (_line)
        {
            if (_drawn is { } before && time.GetElapsedTime(before) < DrawEvery)
                return;
            _drawn = time.GetTimestamp();
            var bar = fraction is { } done ? $"[{Bar(done)}] {Math.Clamp((int)(done * 100), 0, 100).ToString(CultureInfo.InvariantCulture),3} %  {text}" : text;
            Write(bar.Length < columns ? bar : bar[..(columns - 1)]);
        }
    }

    /// <summary>Takes the line away, so that what follows stands alone.</summary>
    public void Clear() => ClearFor(() => { });

    /// <summary>Writes something that stands alone: the line is away until it is written.</summary>
    public void ClearFor(Action write)
    {
        lock (_line)
        {
            if (_length > 0)
            {
                Write(string.Empty);
                terminal.Error.Write('\r');
                _drawn = null;
            }
            write();
        }
    }

    public void Dispose() => Clear();

    private void Write(string line)
    {
        terminal.Error.Write($"\r{line.PadRight(_length)}");
        terminal.Error.Flush();
        _length = line.Length;
    }

    private static string Bar(double done)
    {
        var filled = (int)(Math.Clamp(done, 0, 1) * BarWidth);
        return new string('#', filled) + new string('.', BarWidth - filled);
    }
}
