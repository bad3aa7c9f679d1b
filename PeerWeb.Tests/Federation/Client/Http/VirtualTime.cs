using Microsoft.Extensions.Time.Testing;

namespace PeerWeb.Tests.Federation.Client.Http;

internal static class VirtualTime
{
    /// <summary>Lets the clock run until <paramref name="task"/> is done; with nothing to wait for it never moves.</summary>
    public static async Task<T> RunAsync<T>(this FakeTimeProvider clock, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await task;
    }
}

/// <summary>The clock stands still, short waits (between retries) are over at once and long ones (deadlines) never; for tests with real connections.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(2) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
