using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Runs what must not hang on a thread of its own, and fails where it does not come back. The time says nothing else.</summary>
internal static class HangGuard
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
}
