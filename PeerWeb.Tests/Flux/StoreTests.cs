using Fluxor;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace PeerWeb.Tests.Flux;

public sealed class StoreTests : IAsyncDisposable
{
    private readonly ServiceProvider services = Circuit.Services();
    private readonly AsyncServiceScope circuit;
    private readonly IState<Counter> state;
    private readonly IDispatcher dispatcher;
    private readonly IStore store;

    public StoreTests()
    {
        circuit = services.CreateAsyncScope();
        state = circuit.ServiceProvider.GetRequiredService<IState<Counter>>();
        dispatcher = circuit.ServiceProvider.GetRequiredService<IDispatcher>();
        store = circuit.ServiceProvider.GetRequiredService<IStore>();
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public void An_action_replaces_the_state_and_tells_its_subscribers_once()
    {
        var seen = new List<int>();
        state.StateChanged += (_, _) => seen.Add(state.Value.Count);
        dispatcher.Dispatch(new Increment(2));
        dispatcher.Dispatch(new Increment(3));
        Assert.Equal([2, 5], seen);
    }

    [Fact]
    public void A_reducer_that_returns_the_same_instance_tells_nobody()
    {
        var before = state.Value;
        state.StateChanged += (_, _) => Assert.Fail("nothing changed");
        dispatcher.Dispatch(new Increment(0));
        Assert.Same(before, state.Value);
    }

    [Fact]
    public async Task An_effect_runs_after_the_reducers_and_dispatches_its_result()
    {
        var changed = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource();
        dispatcher.Dispatch(new Increment(1));
        dispatcher.Dispatch(new LoadCount(10, gate));
        Assert.Equal(1, state.Value.Count);
        state.StateChanged += (_, _) => changed.TrySetResult(state.Value.Count);
        gate.SetResult();
        Assert.Equal(11, await changed.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_reducer_or_an_effect_throws_is_reported_and_the_store_goes_on(bool inReducer)
    {
        var reported = new List<Exception>();
        store.UnhandledException += (_, failure) => reported.Add(failure.Exception);
        dispatcher.Dispatch(new Break(inReducer));
        dispatcher.Dispatch(new Increment(1));
        Assert.Equal(inReducer ? "reducer" : "effect", Assert.Single(reported).Message);
        Assert.Equal(1, state.Value.Count);
    }

    [Fact]
    public async Task Actions_from_many_threads_are_all_reduced()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 1000; i++) dispatcher.Dispatch(new Increment(1));
            },
            cancellation)));
        Assert.Equal(8000, state.Value.Count);
    }

    [Fact]
    public void An_action_dispatched_while_another_is_handled_waits_its_turn()
    {
        var seen = new List<int>();
        state.StateChanged += (_, _) =>
        {
            if (state.Value.Count == 1) dispatcher.Dispatch(new Increment(10));
            seen.Add(state.Value.Count);
        };
        dispatcher.Dispatch(new Increment(1));
        Assert.Equal([1, 11], seen);
    }

    [Fact]
    public async Task Each_circuit_has_a_state_of_its_own()
    {
        await using var other = services.CreateAsyncScope();
        dispatcher.Dispatch(new Increment(1));
        Assert.Equal(0, other.ServiceProvider.GetRequiredService<IState<Counter>>().Value.Count);
    }

    [Fact]
    public async Task After_the_circuit_ended_nothing_is_dispatched()
    {
        var ended = services.CreateAsyncScope();
        var itsState = ended.ServiceProvider.GetRequiredService<IState<Counter>>();
        var itsDispatcher = ended.ServiceProvider.GetRequiredService<IDispatcher>();
        await ended.DisposeAsync();
        itsDispatcher.Dispatch(new Increment(1));
        Assert.Equal(0, itsState.Value.Count);
    }

    [Fact]
    public async Task What_comes_while_the_services_of_a_circuit_go_is_no_failure()
    {
        var ended = services.CreateAsyncScope();
        var failures = new List<Exception>();
        ended.ServiceProvider.GetRequiredService<IStore>().UnhandledException += (_, failure) => failures.Add(failure.Exception);
        _ = ended.ServiceProvider.GetRequiredService<LastWord>();
        await ended.DisposeAsync();
        Assert.Empty(failures);
    }

    [Fact]
    public void A_reducer_of_another_shape_is_refused_when_scanned() =>
        Assert.Throws<InvalidOperationException>(() => new FluxorOptions().ScanTypes(typeof(Misshapen)));

    private static class Misshapen
    {
        [ReducerMethod]
        public static int Add(Counter state, Increment action) => state.Count + action.By;
    }
}
