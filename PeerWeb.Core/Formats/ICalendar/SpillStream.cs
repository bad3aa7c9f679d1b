namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Pieces of octets in the order they came: in memory up to a limit, then in a temporary file without a name, which goes away with the process at the latest.</summary>
/// <remarks>Synchronous: it stays in the system's cache, and a task for each piece would cost more than the piece.</remarks>
internal sealed class SpillStream(int mostInMemory = SpillStream.DefaultInMemory) : IDisposable
{
    private const int DefaultInMemory = 4 * 1024 * 1024;
    private const int BufferSize = 128 * 1024;

    private Stream _stream = new MemoryStream();
    private long _length;

    public long Length => _length;

    public Piece Append(ReadOnlySpan<byte> octets)
    {
        if (_stream is MemoryStream && _length + octets.Length > mostInMemory)
            Spill();
        var at = _length;
        if (_stream.Position != at)
            _stream.Position = at;
        _stream.Write(octets);
        _length += octets.Length;
        return new Piece(at, octets.Length);
    }

    /// <exception cref="EndOfStreamException">Not all of it is there.</exception>
    public void Read(long at, Span<byte> octets)
    {
        if (_stream.Position != at)
            _stream.Position = at;
        _stream.ReadExactly(octets);
    }

    public byte[] Read(Piece piece)
    {
        var octets = new byte[piece.Length];
        Read(piece.At, octets);
        return octets;
    }

    public void Dispose() => _stream.Dispose();

    private void Spill()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = BufferSize,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Without a name it is gone even after a kill.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        _stream.Position = 0;
        _stream.CopyTo(file);
        _stream.Dispose();
        _stream = file;
    }

    internal readonly record struct Piece(long At, int Length);
}
