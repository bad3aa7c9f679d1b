using NodaTime;

namespace PeerWeb.Core.Sync;

/// <summary>How long a message waits after each failed attempt, and when it is given up.</summary>
public static class RetrySchedule
{
    public static readonly Duration GivenUpAfter = Duration.FromDays(90);

    private static readonly Duration[] Waits =
    [
        Duration.FromSeconds(5), Duration.FromSeconds(15), Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(15), Duration.FromMinutes(30),
    ];

    private static readonly Duration Longest = Duration.FromHours(1);

    /// <param name="attempts">How many were made, the failed one included.</param>
    public static Duration After(int attempts) => attempts <= Waits.Length ? Waits[Math.Max(attempts, 1) - 1] : Longest;
}
