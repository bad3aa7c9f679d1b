namespace PeerWeb.Core.Formats;

/// <summary>Pieces of octets in the order they came: in memory up to a limit, then in a temporary file without a name, which goes away with the process at the latest.</summary>
/// <remarks>Synchronous: it stays in the system's cache, and a task for each piece would cost more than the piece. Reads what is asked for and no more, since pieces are read in any order.</remarks>
internal sealed class SpillStream(int mostInMemory = SpillStream.DefaultInMemory) : IDisposable
{
    private const int DefaultInMemory = 4 * 1024 * 1024;

    /// <summary>Octets that are written to the file at once.</summary>
    private const int BufferSize = 128 * 1024;

    private MemoryStream _memory = new();
    private FileStream? _file;

    /// <summary>Octets in the file; what comes after them is in memory.</summary>
    private long _spilled;

    public long Length => _spilled + _memory.Length;

    public Piece Append(ReadOnlySpan<byte> octets)
    {
        if (_memory.Length + octets.Length > (_file is null ? mostInMemory : BufferSize))
            Spill();
        var at = Length;
        _memory.Position = _memory.Length;
        _memory.Write(octets);
        return new Piece(at, octets.Length);
    }

    /// <exception cref="EndOfStreamException">Not all of it is there.</exception>
    public void Read(long at, Span<byte> octets)
    {
        if (at >= _spilled)
        {
            _memory.Position = at - _spilled;
            _memory.ReadExactly(octets);
            return;
        }
        if (_file is not { } file || at + octets.Length > _spilled)
            throw new EndOfStreamException("A piece lies on one side.");
        file.Position = at;
        file.ReadExactly(octets);
    }

    public byte[] Read(Piece piece)
    {
        var octets = new byte[piece.Length];
        Read(piece.At, octets);
        return octets;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _file?.Dispose();
    }

    private void Spill()
    {
        var isFirst = _file is null;
        var file = _file ??= CreateFile();
        file.Position = _spilled;
        file.Write(_memory.GetBuffer(), 0, (int)_memory.Length);
        _spilled = Length;
        if (isFirst)
            _memory = new MemoryStream(BufferSize);
        else
            _memory.SetLength(0);
    }

    private static FileStream CreateFile()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Without a name it is gone even after a kill.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    internal readonly record struct Piece(long At, int Length);
}
