using System.Diagnostics;
using System.Globalization;

namespace PeerWeb.Bench.Harness;

/// <summary>What clients got that each ask as soon as they are answered.</summary>
/// <param name="Times">Of each call, sorted.</param>
/// <param name="CoreTime">Of the whole process, clients included, for each call.</param>
internal sealed record LoopResult(TimeSpan Length, IReadOnlyList<TimeSpan> Times, TimeSpan CoreTime)
{
    public double PerSecond => Times.Count / Length.TotalSeconds;

    public TimeSpan Median => Times[Times.Count / 2];

    public TimeSpan P95 => Times[Math.Min(Times.Count - 1, (int)(Times.Count * 0.95))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:#,0} a second, median {Samples.Show(Median)}, p95 {Samples.Show(P95)}, core time {Samples.Show(CoreTime)}");
}

/// <summary>Clients that call one after the other without a pause, for a length of time; a call that fails ends the run.</summary>
internal static class ClosedLoop
{
    /// <summary>Called, not counted: connections are opened, code is compiled, and again where it is called often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <param name="callAsync">Is told the client's number, from 0.</param>
    public static async Task<LoopResult> RunAsync(int clients, TimeSpan length, Func<int, CancellationToken, Task> callAsync, CancellationToken cancellationToken)
    {
        await LoopAsync(clients, WarmUp, callAsync, cancellationToken);
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var times = await LoopAsync(clients, length, callAsync, cancellationToken);
        var cores = Environment.CpuUsage.TotalTime - used;
        return new LoopResult(Stopwatch.GetElapsedTime(start), [.. times.Order()], cores / times.Count);
    }

    private static async Task<IReadOnlyList<TimeSpan>> LoopAsync(
        int clients, TimeSpan length, Func<int, CancellationToken, Task> callAsync, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => OneAsync(client), cancellationToken)));
        return [.. all.SelectMany(times => times)];

        async Task<List<TimeSpan>> OneAsync(int client)
        {
            var times = new List<TimeSpan>();
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                var began = Stopwatch.GetTimestamp();
                await callAsync(client, cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began));
            }
            return times;
        }
    }
}
