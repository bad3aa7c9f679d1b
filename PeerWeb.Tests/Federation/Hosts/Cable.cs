using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>Which way: a request there, or an answer back.</summary>
internal enum Carried
{
    Request,
    Answer,
}

/// <summary>How fast bytes get through.</summary>
/// <param name="Latency">Of each piece.</param>
/// <param name="Jitter">Up to so much more, drawn anew for each piece.</param>
/// <param name="BytesPerSecond">Null for as many as come.</param>
/// <param name="Clock">What the pauses are measured by.</param>
internal sealed record Pace(TimeSpan Latency, TimeSpan Jitter, int? BytesPerSecond, TimeProvider Clock, int Seed = 1);

/// <summary>The wire to an installation: it carries bytes both ways and knows nothing of HTTP, until a test cuts, resets or slows it.</summary>
/// <remarks>Knows no test framework either: <c>bench/</c> lays it too.</remarks>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly Task _accepting;

    private Fault _fault = new(Carried.Request, 0, 0, IsReset: false, Then: null);
    private int _measured;
    private Pace? _pace;
    private Random _jitter = new(1);
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>Cuts a connection once it has carried so many bytes that way, counted from now or from its beginning, and the next ones likewise.</summary>
    /// <param name="isReset">With RST, which throws away what was on its way; else with FIN.</param>
    /// <param name="then">Called at each cut, before the other end hears of it.</param>
    public void Cut(Carried what, int after, int times = 1, bool isReset = false, Action? then = null)
    {
        lock (_gate)
            (_fault, _measured) = (new Fault(what, after, times, isReset, then), 0);
    }

    /// <summary>Counts without cutting.</summary>
    public void Measure(Carried what) => Cut(what, int.MaxValue);

    /// <summary>Slows both directions down.</summary>
    public void Slow(Pace pace)
    {
        lock (_gate)
            (_pace, _jitter, _held) = (pace, new Random(pace.Seed), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Carries everything again at once. What it holds back goes on when its clock does.</summary>
    public void Heal()
    {
        lock (_gate)
            (_fault, _pace) = (_fault with { Times = 0 }, null);
    }

    /// <summary>Once it holds the first piece back.</summary>
    public Task Held
    {
        get
        {
            lock (_gate)
                return _held.Task;
        }
    }

    /// <summary>Bytes of all connections since <see cref="Measure"/>.</summary>
    public int Measured
    {
        get
        {
            lock (_gate)
                return _measured;
        }
    }

    /// <summary>Cuts that are still to come.</summary>
    public int Left
    {
        get
        {
            lock (_gate)
                return _fault.Times;
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
        var counted = new Counted(_fault, 0);
        try
        {
            while (await source.ReceiveAsync(chunk, broken.Token) is > 0 and var read)
            {
                var (passed, cut) = Count(what, read, ref counted);
                await SendAsync(target, chunk.AsMemory(0, passed), broken.Token);
                if (cut is null)
                    continue;
                cut.Then?.Invoke();
                if (cut.IsReset)
                {
                    source.LingerState = new LingerOption(enable: true, seconds: 0);
                    target.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                break;
            }
        }
        finally
        {
            await broken.CancelAsync();
        }
    }

    private async Task SendAsync(Socket target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes.Length;
            if (PauseFor(ref piece) is var (pause, clock, held))
            {
                var over = Task.Delay(pause, clock, cancellationToken);
                held.TrySetResult();
                await over;
            }
            await target.SendAsync(bytes[..piece], cancellationToken);
            bytes = bytes[piece..];
        }
    }

    /// <summary>How long the next piece waits, and how large it is.</summary>
    private (TimeSpan Pause, TimeProvider Clock, TaskCompletionSource Held)? PauseFor(ref int piece)
    {
        lock (_gate)
        {
            if (_pace is not { } pace)
                return null;
            var pause = pace.Latency + pace.Jitter * _jitter.NextDouble();
            if (pace.BytesPerSecond is { } rate)
            {
                piece = Math.Min(piece, rate);
                pause += TimeSpan.FromSeconds((double)piece / rate);
            }
            return (pause, pace.Clock, _held);
        }
    }

    /// <summary>How many of these bytes still get through, and what ends the connection after them.</summary>
    private (int Passed, Fault? Cut) Count(Carried what, int read, ref Counted counted)
    {
        lock (_gate)
        {
            if (!_fault.IsSameAs(counted.Fault))
                counted = new Counted(_fault, 0);
            if (_fault.Times == 0 || what != _fault.What)
                return (read, null);
            var passed = Math.Min(read, _fault.After - counted.Bytes);
            (_measured, counted) = (_measured + passed, counted with { Bytes = counted.Bytes + passed });
            if (passed == read)
                return (read, null);
            var cut = _fault;
            _fault = _fault with { Times = _fault.Times - 1 };
            return (passed, cut);
        }
    }

    private sealed record Fault(Carried What, int After, int Times, bool IsReset, Action? Then)
    {
        private readonly object _identity = new();

        /// <summary>Whatever is left of it.</summary>
        public bool IsSameAs(Fault other) => ReferenceEquals(_identity, other._identity);
    }

    /// <summary>What one direction of one connection carried under a fault.</summary>
    private readonly record struct Counted(Fault Fault, int Bytes);
}
