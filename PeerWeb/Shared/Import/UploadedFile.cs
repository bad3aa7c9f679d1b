namespace PeerWeb.Shared.Import;

/// <summary>A file that came from a browser, kept for as long as its page is open, so that it travels once and is read as often as needed.</summary>
/// <remarks>A temporary file without a name: it is gone with this object, and with the process at the latest.</remarks>
public sealed class UploadedFile : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream _file;

    private UploadedFile(FileStream file) => _file = file;

    /// <summary>Its first <see cref="ColumnMapping.LookedAt"/> octets, fewer where it has no more.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; }

    /// <param name="onRead">Told the octets that have come.</param>
    /// <exception cref="IOException">The browser broke off, or the disk is full.</exception>
    public static async Task<UploadedFile> ReceiveAsync(Stream content, Action<long> onRead, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None),
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var uploaded = new UploadedFile(new FileStream(path, options));
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        try
        {
            // Not CopyToAsync: it would say how far it is on any thread, and who is told draws.
            var buffer = new byte[BufferSize];
            for (var total = 0L; await content.ReadAsync(buffer, cancellationToken) is var read and > 0; onRead(total += read))
            {
                if (uploaded.Head.Length < ColumnMapping.LookedAt)
                    uploaded.Head = (byte[])[.. uploaded.Head.Span, .. buffer.AsSpan(0, Math.Min(read, ColumnMapping.LookedAt - uploaded.Head.Length))];
                await uploaded._file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            return uploaded;
        }
        catch
        {
            await uploaded.DisposeAsync();
            throw;
        }
    }

    /// <summary>From its beginning; one reader at a time.</summary>
    public Stream Rewind()
    {
        _file.Position = 0;
        return _file;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
