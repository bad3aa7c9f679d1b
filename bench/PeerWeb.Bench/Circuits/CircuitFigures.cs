using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PeerWeb.Bench.Harness;

namespace PeerWeb.Bench.Circuits;

/// <summary>Many open pages of the calendar at once, without a browser.</summary>
/// <param name="circuits">How many.</param>
/// <param name="most">The target of the slowest events but 5 %; null where there is none.</param>
internal sealed class CircuitFigures(int circuits, TimeSpan? most) : IFigures
{
    // Fewer than the server allows: each user has room for the next page.
    private const int PerUser = 5;

    // The first ones pay for what is cached and what the runtime compiles, again after some thirty calls; and one of them is the base line.
    private const int First = 40;
    private const int AtOnce = 8;
    private const int AloneWarmUps = 40;
    private const int AloneRounds = 20;

    private readonly ConcurrentQueue<string> _errors = new();

    public string Name => string.Create(CultureInfo.InvariantCulture, $"circuits-{circuits}");

    public string Description => string.Create(CultureInfo.InvariantCulture, $"{circuits} open pages of the calendar, without a browser; takes minutes");

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var users = (circuits + PerUser - 1) / PerUser;
        await run.SayAsync($"{Name}: starting an installation with {users} users");
        await using var server = await CircuitServerProcess.StartAsync(run.Seed, users, cancellationToken);
        await run.SayAsync($"{Name}: {server.Months[0].Events} and {server.Months[1].Events} events in the two months; signing in");
        var visitors = new Visitor[users];
        var open = new ConcurrentBag<CircuitClient>();
        try
        {
            await Parallel.ForAsync(0, users, cancellationToken, async (i, cancellation) =>
                visitors[i] = await Visitor.SignInAsync(server.Endpoint, i, CircuitServer.UserAt(i), CircuitServer.Password, cancellation));
            await OpenAsync(0, First, server, visitors, open, cancellationToken);
            var alone = await AloneAsync(server, open.First(), cancellationToken);
            var (heap, resident) = (await SettledHeapAsync(server, cancellationToken), server.Resident);
            await run.SayAsync($"{Name}: opening {circuits} pages");
            var (start, used) = (Stopwatch.GetTimestamp(), server.CoreTime);
            await OpenAsync(First, circuits, server, visitors, open, cancellationToken);
            var (took, opening) = (Stopwatch.GetElapsedTime(start), server.CoreTime - used);
            var each = (await SettledHeapAsync(server, cancellationToken) - heap) / (double)(circuits - First);
            var eachResident = (server.Resident - resident) / (double)(circuits - First);
            await run.SayAsync($"{Name}: {ClickLoad.Rounds} clicks on each, one in {ClickLoad.Every.TotalSeconds:0} s");
            used = server.CoreTime;
            var times = await new ClickLoad(run.Seed, server.Months, _errors).RunAsync([.. open], cancellationToken);
            var clicking = (server.CoreTime - used) / Math.Max(1, open.Count * (ClickLoad.Rounds + ClickLoad.WarmUps));
            var later = (await SettledHeapAsync(server, cancellationToken) - heap) / (double)(circuits - First);
            foreach (var error in _errors.Distinct().Take(10))
                await run.SayAsync($"{Name}: {error}");
            return FiguresOf(server, new Opening(circuits - First, took, opening), (each, later, eachResident), alone, new Samples("clicks", times, times), clicking);
        }
        finally
        {
            foreach (var circuit in open)
                await circuit.DisposeAsync();
            foreach (var visitor in visitors)
                visitor?.Dispose();
        }
    }

    private List<Figure> FiguresOf(
        CircuitServerProcess server, Opening opening, (double Idle, double Later, double Resident) each, Samples alone, Samples clicks, TimeSpan clicking)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"circuits: {circuits} open months of {server.Months[1].Events} and {server.Months[0].Events} events");
        return
        [
            new Figure(
                $"{what}, opened {AtOnce} at a time",
                string.Create(CultureInfo.InvariantCulture, $"{opening.Count / opening.Took.TotalSeconds:0.0} a second, core time of the server {Samples.Show(opening.CoreTime / opening.Count)} each"),
                string.Empty, string.Empty, IsMet: null),
            new Figure(
                $"{what}, live heap of each", $"{Mebibytes(each.Idle)} (resident {Mebibytes(each.Resident)})", $"after the clicks: {Mebibytes(each.Later)}", string.Empty, IsMet: null),
            new Figure(
                $"{what}, next or previous month, one click in {ClickLoad.Every.TotalSeconds:0} s on each, {Figure.Count(clicks.Rounds.Count)} clicks",
                $"median {Samples.Show(clicks.Median)}, p95 {Samples.Show(clicks.P95)}, core time of the server {Samples.Show(clicking)}",
                $"one page at a time: median {Samples.Show(alone.Median)}, p95 {Samples.Show(alone.P95)}",
                most is { } limit ? $"p95 at most {Samples.Show(limit)}" : string.Empty, most is null ? null : clicks.P95 <= most),
            new Figure($"{what}, errors", Figure.Count(_errors.Count), string.Empty, "0", _errors.IsEmpty),
        ];
    }

    private static string Mebibytes(double octets) => (octets / (1024 * 1024)).ToString("0.00", CultureInfo.InvariantCulture) + " MiB";

    private static async Task<long> SettledHeapAsync(CircuitServerProcess server, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        return await server.HeapAsync(cancellationToken);
    }

    private Task OpenAsync(
        int first, int end, CircuitServerProcess server, Visitor[] visitors, ConcurrentBag<CircuitClient> open, CancellationToken cancellationToken) => Parallel.ForAsync(
            first, end, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, cancellation) =>
            {
                try
                {
                    open.Add(await CircuitClient.OpenAsync(visitors[i / PerUser], server.Months[0], cancellation));
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    _errors.Enqueue($"A page was not opened: {failed.Message}");
                }
            });

    /// <summary>While the others are idle; it ends at the month where it began.</summary>
    private static async Task<Samples> AloneAsync(CircuitServerProcess server, CircuitClient circuit, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>(AloneRounds);
        for (var round = -AloneWarmUps; round < AloneRounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var arrived = await ClickLoad.StepAsync(circuit, round + AloneWarmUps, server.Months, cancellationToken);
            if (round >= 0)
                times.Add(Stopwatch.GetElapsedTime(start, arrived));
        }
        return new Samples("alone", times, times);
    }

    private sealed record Opening(int Count, TimeSpan Took, TimeSpan CoreTime);
}
