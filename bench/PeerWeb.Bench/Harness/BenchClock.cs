namespace PeerWeb.Bench.Harness;

/// <summary>Runs as fast as any clock, but every run begins at the same moment, so that the same seed has the same months around it.</summary>
internal sealed class BenchClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly long _started = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(_started);
}
