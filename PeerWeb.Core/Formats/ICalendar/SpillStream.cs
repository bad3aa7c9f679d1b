using System.Text;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Text pieces in the order they came: in memory up to 10 MiB, then in a temporary file that goes away with it.</summary>
internal sealed class SpillStream : IAsyncDisposable
{
    private const int MaxInMemory = 10 * 1024 * 1024;

    private Stream _stream = new MemoryStream();

    public async Task<Piece> AppendAsync(string text, CancellationToken cancellationToken)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (_stream is MemoryStream && _stream.Length + octets.Length > MaxInMemory)
            await SpillAsync(cancellationToken);
        var at = _stream.Seek(0, SeekOrigin.End);
        await _stream.WriteAsync(octets, cancellationToken);
        return new Piece(at, octets.Length);
    }

    public async Task<string> ReadAsync(Piece piece, CancellationToken cancellationToken)
    {
        var octets = new byte[piece.Length];
        _stream.Position = piece.At;
        await _stream.ReadExactlyAsync(octets, cancellationToken);
        return Encoding.UTF8.GetString(octets);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task SpillAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        _stream.Position = 0;
        await _stream.CopyToAsync(file, cancellationToken);
        await _stream.DisposeAsync();
        _stream = file;
    }

    internal readonly record struct Piece(long At, int Length);
}
