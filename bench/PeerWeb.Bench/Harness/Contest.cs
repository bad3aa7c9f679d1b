using System.Diagnostics;

namespace PeerWeb.Bench.Harness;

/// <summary>Something to be timed.</summary>
internal sealed record Contender(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>Times contenders turn by turn, so that a busy moment of the machine or a collection falls on all of them alike.</summary>
internal static class Contest
{
    /// <param name="warmUps">Rounds that are not counted: code is compiled, caches are filled.</param>
    public static async Task<IReadOnlyList<Samples>> RunAsync(
        IReadOnlyList<Contender> contenders, int warmUps, int rounds, CancellationToken cancellationToken)
    {
        var times = contenders.Select(_ => new List<TimeSpan>(rounds)).ToList();
        var cores = contenders.Select(_ => new List<TimeSpan>(rounds)).ToList();
        for (var round = -warmUps; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                // Whoever always came first would always pay for what the last one left behind.
                var next = (turn + round + warmUps) % contenders.Count;
                var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                await contenders[next].RunAsync(cancellationToken);
                if (round < 0)
                    continue;
                times[next].Add(Stopwatch.GetElapsedTime(start));
                cores[next].Add(Environment.CpuUsage.TotalTime - used);
            }
        }
        return [.. contenders.Select((contender, i) => new Samples(contender.Name, times[i], cores[i]))];
    }
}
