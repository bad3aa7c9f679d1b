using System.Diagnostics;
using System.Globalization;

namespace PeerWeb.Bench.Circuits;

/// <summary>A <see cref="CircuitServer"/>, from outside.</summary>
internal sealed class CircuitServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private CircuitServerProcess(Process process, Uri endpoint, IReadOnlyList<ShownMonth> months) => (_process, Endpoint, Months) = (process, endpoint, months);

    public Uri Endpoint { get; }

    public IReadOnlyList<ShownMonth> Months { get; }

    public TimeSpan CoreTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it takes of the machine's memory, in octets.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<CircuitServerProcess> StartAsync(int seed, int users, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(CircuitServer).Assembly.Location, CircuitServer.Name, "--users", Text(users), "--seed", Text(seed)])
            start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        process.Start();
        var ready = (await process.StandardOutput.ReadLineAsync(cancellationToken))?.Split(' ');
        if (ready is not ["ready", var endpoint, .. var events])
            throw new InvalidOperationException("The server did not start.");
        var months = CircuitServer.Months.Zip(events, (day, count) => new ShownMonth(CircuitServer.DayOf(day), int.Parse(count, CultureInfo.InvariantCulture)));
        return new CircuitServerProcess(process, new Uri(endpoint), [.. months]);
    }

    /// <summary>The live heap after a forced collection, in octets.</summary>
    public async Task<long> HeapAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("heap".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await _process.StandardOutput.ReadLineAsync(cancellationToken) is ['h', 'e', 'a', 'p', ' ', .. var octets]
            ? long.Parse(octets, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("The server did not say how large its heap is.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
