using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>What is to be cut: a request on its way there, or an answer on its way back.</summary>
internal enum Carried
{
    Request,
    Answer,
}

/// <summary>The wire to an installation: it carries bytes both ways and knows nothing of HTTP, until a test cuts it at one of them.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly Task _accepting;

    private Carried _what;
    private int _after;
    private int _times;
    private int _counted;

    private Cable(TcpListener listener, int target)
    {
        (_listener, _target) = (listener, target);
        _accepting = AcceptAsync();
    }

    public static Cable Lay(int port, int target)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new Cable(listener, target);
    }

    /// <summary>Cuts a connection once it has carried so many bytes that way, counted from now, and the next ones likewise. At most one call may be under way.</summary>
    public void Cut(Carried what, int after, int times = 1)
    {
        lock (_gate)
            (_what, _after, _times, _counted) = (what, after, times, 0);
    }

    /// <summary>Counts without cutting.</summary>
    public void Measure(Carried what) => Cut(what, int.MaxValue);

    /// <summary>Bytes since <see cref="Measure"/>.</summary>
    public int Measured
    {
        get
        {
            lock (_gate)
                return _counted;
        }
    }

    /// <summary>Cuts that are still to come.</summary>
    public int Left
    {
        get
        {
            lock (_gate)
                return _times;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
                carrying.Add(CarryAsync(await _listener.AcceptSocketAsync(_ended.Token)));
        }
        finally
        {
            await Task.WhenAll(carrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var here = near;
        using var there = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await there.ConnectAsync(IPAddress.Loopback, _target, _ended.Token);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        // However it breaks, leaving closes both ends.
        await Task.WhenAll(PumpAsync(here, there, Carried.Request, broken), PumpAsync(there, here, Carried.Answer, broken))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PumpAsync(Socket source, Socket target, Carried what, CancellationTokenSource broken)
    {
        var chunk = new byte[16 * 1024];
        try
        {
            while (await source.ReceiveAsync(chunk, broken.Token) is > 0 and var read)
            {
                var passed = Count(what, read);
                if (passed > 0)
                    await target.SendAsync(chunk.AsMemory(0, passed), broken.Token);
                if (passed < read)
                    break;
            }
        }
        finally
        {
            await broken.CancelAsync();
        }
    }

    /// <summary>How many of these bytes still get through.</summary>
    private int Count(Carried what, int read)
    {
        lock (_gate)
        {
            if (_times == 0 || what != _what)
                return read;
            if (_counted + read <= _after)
            {
                _counted += read;
                return read;
            }
            var passed = Math.Max(0, _after - _counted);
            (_times, _counted) = (_times - 1, 0);
            return passed;
        }
    }
}
