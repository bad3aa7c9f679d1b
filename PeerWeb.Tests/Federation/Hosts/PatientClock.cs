using Microsoft.Extensions.Time.Testing;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>Stands still until a test moves it: deadlines never pass by themselves, and pauses between retries are over at once.</summary>
internal sealed class PatientClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(2);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime >= TimeSpan.Zero && dueTime < ShortestDeadline
            ? System.CreateTimer(callback, state, TimeSpan.Zero, period)
            : base.CreateTimer(callback, state, dueTime, period);
}
