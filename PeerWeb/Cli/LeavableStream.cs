namespace PeerWeb.Cli;

/// <summary>Reads a stream that cannot be interrupted, such as a pipe into which nobody writes: who is cancelled goes, and the read is left to itself.</summary>
/// <remarks>Asynchronous only, forward only. What a read brings after it was left is lost.</remarks>
internal sealed class LeavableStream(Stream inner) : Stream
{
    private Task<int> _reading = Task.FromResult(0);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Not the caller's: it is used for something else once the caller has gone.
        var octets = new byte[buffer.Length];
        _reading = Task.Run(() => inner.Read(octets, 0, octets.Length), CancellationToken.None);
        var read = await _reading.WaitAsync(cancellationToken);
        octets.AsMemory(0, read).CopyTo(buffer);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="NotSupportedException">Always: it could not be left.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // A stream that is being read is closed with the process.
        if (disposing && _reading.IsCompleted)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
