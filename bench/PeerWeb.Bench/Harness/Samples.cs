using System.Globalization;

namespace PeerWeb.Bench.Harness;

/// <summary>What one contender took in each round, in the order of the rounds.</summary>
/// <param name="cores">The core time of the whole process in each round: what stays the same where others use the machine too.</param>
internal sealed class Samples(string name, IReadOnlyList<TimeSpan> rounds, IReadOnlyList<TimeSpan> cores)
{
    public string Name { get; } = name;

    public IReadOnlyList<TimeSpan> Rounds { get; } = rounds;

    public TimeSpan Median => Percentile(Rounds, 0.5);

    public TimeSpan P95 => Percentile(Rounds, 0.95);

    public TimeSpan CoreTime => Percentile(cores, 0.5);

    /// <summary>The median over the rounds of this one's time by the other's in the same round: what else the machine did meanwhile, it did to both.</summary>
    public double RatioTo(Samples other)
    {
        var ratios = Rounds.Zip(other.Rounds, (mine, theirs) => mine / theirs).Order().ToList();
        return ratios[ratios.Count / 2];
    }

    public override string ToString() => $"median {Show(Median)}, p95 {Show(P95)}, core time {Show(CoreTime)}";

    public static string Show(TimeSpan time)
    {
        var milliseconds = time.TotalMilliseconds;
        var format = milliseconds switch { < 1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "#,0" };
        return milliseconds.ToString(format, CultureInfo.InvariantCulture) + " ms";
    }

    private static TimeSpan Percentile(IReadOnlyList<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
