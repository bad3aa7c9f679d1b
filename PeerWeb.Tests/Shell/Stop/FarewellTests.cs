using Microsoft.Extensions.Time.Testing;
using PeerWeb.Shell.Stop;
using Xunit;

namespace PeerWeb.Tests.Shell.Stop;

public sealed class FarewellTests
{
    [Fact]
    public async Task Every_open_page_is_told_and_one_that_fails_or_never_answers_holds_nobody_up()
    {
        var clock = new FakeTimeProvider();
        var farewell = new Farewell(clock);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        farewell.Listen(() => throw new InvalidOperationException("gone"));
        farewell.Listen(() => new TaskCompletionSource().Task);
        farewell.Listen(() =>
        {
            told.SetResult();
            return Task.CompletedTask;
        });
        farewell.Listen(() => throw new InvalidOperationException("It was closed before.")).Dispose();

        var saying = farewell.SayAsync();
        Assert.True(farewell.IsSaid);
        await told.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(saying.IsCompleted);
        clock.Advance(Farewell.Longest);
        await saying.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Where_all_pages_have_heard_it_nobody_waits()
    {
        var farewell = new Farewell(new FakeTimeProvider());
        farewell.Listen(() => Task.CompletedTask);
        await farewell.SayAsync().WaitAsync(TestContext.Current.CancellationToken);
    }
}
