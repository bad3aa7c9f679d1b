using System.Buffers;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>A message's bytes in arrays of the shared pool. Messages are large objects: an array thrown away with each of them would bring a full collection every few calls.</summary>
/// <remarks>After <see cref="Dispose"/> its bytes are someone else's: whoever holds <see cref="Written"/> must be done by then.</remarks>
public sealed class RentedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 16 * 1024;

    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(Smallest);

    public int Length { get; private set; }

    /// <exception cref="ObjectDisposedException">They went back to the pool.</exception>
    public ReadOnlyMemory<byte> Written => Bytes.AsMemory(0, Length);

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(RentedBuffer));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return Bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int more)
    {
        if (Bytes.Length - Length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, 2 * Bytes.Length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Bytes);
        _bytes = larger;
    }
}
