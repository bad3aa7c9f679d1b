using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Runs what must not hang on a thread of its own, and fails where it does not come back or takes memory out of all proportion. Time and memory say nothing else.</summary>
internal static class HangGuard
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Allocated in all, of which little lives at once.</summary>
    public const long MostBytes = 256L * 1024 * 1024;

    public static async Task<T> RunAsync<T>(Func<T> work)
    {
        var (result, bytes) = await Task.Factory.StartNew(() => Measured(work), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(bytes < MostBytes, $"{bytes} bytes were allocated.");
        return result;
    }

    private static (T Result, long Bytes) Measured<T>(Func<T> work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        return (result, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
