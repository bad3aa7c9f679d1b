using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace PeerWeb.Bench.Circuits;

/// <summary>Hub messages over a WebSocket, as <c>blazorpack</c> frames them: each is its length in octets of seven bits and a MessagePack array.</summary>
internal sealed class HubSocket(WebSocket socket) : IAsyncDisposable
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Ping = 6;
    public const int Close = 7;

    private const byte EndOfRecord = 0x1e;
    private const int MostLengthOctets = 5;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;

    public async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        int end;
        while ((end = Array.IndexOf(_buffer, EndOfRecord, _start, _end - _start)) < 0)
        {
            if (!await FillAsync(cancellationToken))
                throw new InvalidOperationException("The connection ended before the handshake.");
        }
        if (!_buffer.AsSpan(_start, end - _start).SequenceEqual("{}"u8))
            throw new InvalidOperationException("The handshake was refused.");
        _start = end + 1;
    }

    public Task InvokeAsync(string target, object?[] arguments, CancellationToken cancellationToken) =>
        SendAsync([Invocation, EmptyMap.Instance, null, target, arguments], cancellationToken);

    public async Task SendAsync(object?[] message, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(256);
        MessagePack.Write(body, message);
        var framed = new ArrayBufferWriter<byte>(body.WrittenCount + MostLengthOctets);
        for (var length = (uint)body.WrittenCount; ; length >>= 7)
        {
            framed.Write([(byte)((length & 0x7f) | (length > 0x7f ? 0x80u : 0u))]);
            if (length <= 0x7f)
                break;
        }
        framed.Write(body.WrittenSpan);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(framed.WrittenMemory, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Until the connection ends. The octets of a message are good until the next one is asked for.</summary>
    public async IAsyncEnumerable<object?[]> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            while (Next() is { } message)
                yield return message;
        }
        while (await FillAsync(cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null where the next one is not whole yet.</summary>
    private object?[]? Next()
    {
        var (length, at) = (0, _start);
        for (var shift = 0; ; shift += 7)
        {
            if (at == _end)
                return null;
            var octet = _buffer[at++];
            length |= (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0)
                break;
        }
        if (_end - at < length)
            return null;
        _start = at + length;
        ReadOnlyMemory<byte> body = _buffer.AsMemory(at, length);
        return MessagePack.Read(ref body) as object?[] ?? throw new InvalidDataException("A hub message is an array.");
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var received = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += received.Count;
        return received.MessageType != WebSocketMessageType.Close;
    }
}
