using System.Collections.Concurrent;
using System.Diagnostics;

namespace PeerWeb.Bench.Circuits;

/// <summary>Clicks that come when they come: each page's moments are known beforehand, and a click that is late because an answer is late counts from its moment.</summary>
/// <param name="seed">Of the pages' moments.</param>
/// <param name="months">The one that shows, and the one before it.</param>
/// <param name="errors">Gets what went wrong.</param>
internal sealed class ClickLoad(int seed, IReadOnlyList<ShownMonth> months, ConcurrentQueue<string> errors)
{
    /// <summary>Clicks on each page that are not counted.</summary>
    public const int WarmUps = 1;

    /// <summary>Clicks on each page that are counted.</summary>
    public const int Rounds = 3;

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<TimeSpan> _times = new();

    /// <returns>From its moment to the arrival of the month, for each click that is counted.</returns>
    public async Task<IReadOnlyList<TimeSpan>> RunAsync(IReadOnlyList<CircuitClient> circuits, CancellationToken cancellationToken)
    {
        // Not for secrets: a seeded sequence is what is wanted.
#pragma warning disable CA5394
        var random = new Random(seed);
        var phases = circuits.Select(_ => random.NextDouble() * Every).ToList();
#pragma warning restore CA5394
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(circuits.Zip(phases, (circuit, phase) => ClickAsync(circuit, start, phase, cancellationToken)));
        return [.. _times];
    }

    /// <param name="number">Even: to the month before; odd: back.</param>
    /// <param name="months">The one that shows at first, and the one before it.</param>
    /// <returns>When the month had arrived.</returns>
    public static Task<long> StepAsync(CircuitClient circuit, int number, IReadOnlyList<ShownMonth> months, CancellationToken cancellationToken) => number % 2 == 0
        ? circuit.ClickAsync("calendar-previous", months[1], cancellationToken)
        : circuit.ClickAsync("calendar-next", months[0], cancellationToken);

    private async Task ClickAsync(CircuitClient circuit, long start, TimeSpan phase, CancellationToken cancellationToken)
    {
        try
        {
            for (var round = 0; round < WarmUps + Rounds; round++)
            {
                var due = phase + (round * Every);
                var wait = due - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancellationToken);
                var arrived = await StepAsync(circuit, round, months, cancellationToken);
                if (round >= WarmUps)
                    _times.Enqueue(Stopwatch.GetElapsedTime(start, arrived) - due);
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            errors.Enqueue($"A click failed: {failed.Message}");
        }
    }
}
