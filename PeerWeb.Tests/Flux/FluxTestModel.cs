using Fluxor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace PeerWeb.Tests.Flux;

[FeatureState]
internal sealed record Counter
{
    public int Count { get; init; }
}

internal sealed record Increment(int By);

internal sealed record LoadCount(int Count, TaskCompletionSource Gate);

internal sealed record CountLoaded(int Count);

internal sealed record Break(bool InReducer);

internal static class CounterReducers
{
    [ReducerMethod]
    public static Counter OnIncrement(Counter state, Increment action) => action.By == 0 ? state : state with { Count = state.Count + action.By };

    [ReducerMethod]
    public static Counter OnLoaded(Counter state, CountLoaded action) => state with { Count = action.Count };

    [ReducerMethod]
    public static Counter OnBreak(Counter state, Break action) => action.InReducer ? throw new InvalidOperationException("reducer") : state;
}

internal sealed class CounterEffects(IState<Counter> state)
{
    [EffectMethod]
    public async Task LoadAsync(LoadCount action, IDispatcher dispatcher)
    {
        await action.Gate.Task;
        dispatcher.Dispatch(new CountLoaded(state.Value.Count + action.Count));
    }

    [EffectMethod]
    public static Task BreakAsync(Break action, IDispatcher dispatcher) => action.InReducer ? Task.CompletedTask : throw new InvalidOperationException("effect");
}

internal static class Circuit
{
    public static ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>))
        .AddFluxor(flux => flux.ScanTypes(typeof(Counter), typeof(CounterReducers), typeof(CounterEffects)))
        .AddScoped<LastWord>()
        .BuildServiceProvider(validateScopes: true);
}

/// <summary>Says something while the circuit's services go, before the store has heard of it.</summary>
public sealed class LastWord(IDispatcher dispatcher) : IDisposable
{
    public void Dispose() => dispatcher.Dispatch(new LoadCount(1, new TaskCompletionSource()));
}
