using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Bench.Page;

/// <summary>Stands between browser and server and counts what the server sends, as it is on the wire: compressed and framed.</summary>
internal sealed class CountingRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly Task _accepting;
    private long _received;

    private CountingRelay(int port, int target)
    {
        (_listener, _target) = (new TcpListener(IPAddress.Loopback, port), target);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Bytes towards the browser, over all connections so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    public static CountingRelay Start(int port, int target) => new(port, target);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relayed = new List<Task>();
        try
        {
            while (true)
                relayed.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relayed);
        }
    }

    private async Task RelayAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        using (browser)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                (browser.NoDelay, server.NoDelay) = (true, true);
                var up = CopyAsync(browser.GetStream(), server.GetStream(), count: false);
                var down = CopyAsync(server.GetStream(), browser.GetStream(), count: true);
                await Task.WhenAny(up, down);
                browser.Close();
                server.Close();
                await Task.WhenAll(up, down);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // One side is gone; so is the connection.
                return;
            }
        }
    }

    private async Task CopyAsync(NetworkStream source, NetworkStream target, bool count)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, _stopping.Token)) > 0)
        {
            if (count)
                Interlocked.Add(ref _received, read);
            await target.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
