using System.Threading.Channels;
using PeerWeb.Core.Federation.Merge;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

public sealed class SharedQuestionsTests
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly SharedQuestions<string, int> _questions = new();
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_while_one_runs_gets_the_next_answer_and_a_crowd_is_one_question()
    {
        var first = AskAsync("a");
        var running = await NextAsync();
        var crowd = Enumerable.Range(0, 1000).Select(_ => AskAsync("a")).ToList();
        running.Answer.SetResult(1);
        Assert.Equal(1, await first.WaitAsync(HangGuard, Cancel));

        (await NextAsync()).Answer.SetResult(2);

        Assert.All(await Task.WhenAll(crowd).WaitAsync(HangGuard, Cancel), answer => Assert.Equal(2, answer));
        Assert.False(_asked.Reader.TryPeek(out _));
        var after = AskAsync("a");
        (await NextAsync()).Answer.SetResult(3);
        Assert.Equal(3, await after.WaitAsync(HangGuard, Cancel));
    }

    [Fact]
    public async Task Another_key_waits_for_nobody()
    {
        var slow = AskAsync("a");
        var running = await NextAsync();

        var quick = AskAsync("b");
        (await NextAsync()).Answer.SetResult(2);

        Assert.Equal(2, await quick.WaitAsync(HangGuard, Cancel));
        Assert.False(slow.IsCompleted);
        running.Answer.SetResult(1);
        Assert.Equal(1, await slow.WaitAsync(HangGuard, Cancel));
    }

    [Fact]
    public async Task A_question_is_given_up_when_the_last_who_waits_for_it_leaves_and_not_before()
    {
        using var one = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var two = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var blocking = AskAsync("a");
        var running = await NextAsync();
        var (first, second) = (AskAsync("a", one.Token), AskAsync("a", two.Token));
        running.Answer.SetResult(1);
        var shared = await NextAsync();

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(shared.Left.IsCancellationRequested);
        await two.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Assert.True(shared.Left.IsCancellationRequested);
        Assert.Equal(1, await blocking.WaitAsync(HangGuard, Cancel));
        var next = AskAsync("a");
        shared.Answer.SetCanceled(Cancel);
        (await NextAsync()).Answer.SetResult(5);
        Assert.Equal(5, await next.WaitAsync(HangGuard, Cancel));
    }

    [Fact]
    public async Task A_failure_is_told_to_who_asked_and_the_next_question_runs()
    {
        var first = AskAsync("a");
        var running = await NextAsync();
        var second = AskAsync("a");

        running.Answer.SetException(new InvalidOperationException("No."));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first.WaitAsync(HangGuard, Cancel));
        (await NextAsync()).Answer.SetResult(2);
        Assert.Equal(2, await second.WaitAsync(HangGuard, Cancel));
    }

    private Task<int> AskAsync(string key, CancellationToken? cancellationToken = null) => _questions.AskAsync(
        key,
        left =>
        {
            var asked = new Asked(left);
            _asked.Writer.TryWrite(asked);
            return asked.Answer.Task;
        },
        cancellationToken ?? Cancel);

    private async Task<Asked> NextAsync() => await _asked.Reader.ReadAsync(Cancel).AsTask().WaitAsync(HangGuard, Cancel);

    private sealed record Asked(CancellationToken Left)
    {
        public TaskCompletionSource<int> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
