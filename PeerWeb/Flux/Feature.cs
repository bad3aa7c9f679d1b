namespace Fluxor;

internal abstract class Feature
{
    /// <summary>Replaces the state and tells its subscribers, unless the reducer returned the same instance.</summary>
    public abstract Task ReduceAsync(Func<object, object, object> reducer, object action);
}

internal sealed class Feature<TState> : Feature, IState<TState>
    where TState : class, new()
{
    private volatile TState value = new();

    public event EventHandler? StateChanged;

    public TState Value => value;

    public override Task ReduceAsync(Func<object, object, object> reducer, object action)
    {
        var next = (TState)reducer(value, action);
        if (ReferenceEquals(next, value)) return Task.CompletedTask;
        value = next;
        StateChanged?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }
}
