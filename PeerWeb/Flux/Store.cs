namespace Fluxor;

internal sealed partial class Store(FluxorOptions options, IServiceProvider circuit, ILogger<Store> log) : IStore, IDispatcher, IDisposable
{
    private readonly Dictionary<Type, Feature> features =
        options.States.ToDictionary(state => state, state => (Feature)Activator.CreateInstance(typeof(Feature<>).MakeGenericType(state))!);
    private readonly Queue<object> waiting = new();
    private readonly Lock gate = new();
    private bool draining;
    private bool initialized;
    private volatile bool disposed;

    public event EventHandler<Exceptions.UnhandledExceptionEventArgs>? UnhandledException;

    public Feature Feature(Type state) => features[state];

    public Task InitializeAsync()
    {
        if (!Interlocked.Exchange(ref initialized, true)) Dispatch(new StoreInitializedAction());
        return Task.CompletedTask;
    }

    public void Dispatch(object action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (gate)
        {
            waiting.Enqueue(action);
            // An action dispatched by a reducer's subscriber or by another thread waits its turn.
            if (draining) return;
            draining = true;
        }
        while (Next() is { } next) Handle(next);
    }

    public void Dispose() => disposed = true;

    private object? Next()
    {
        lock (gate)
        {
            if (!disposed && waiting.TryDequeue(out var next)) return next;
            draining = false;
            return null;
        }
    }

    private void Handle(object action)
    {
        foreach (var reducer in options.Reducers.Where(reducer => reducer.Action.IsInstanceOfType(action)))
            _ = GuardAsync(action, () => features[reducer.State].ReduceAsync(reducer.Run, action));
        foreach (var effect in options.Effects.Where(effect => effect.Action.IsInstanceOfType(action)))
            _ = GuardAsync(action, () => effect.Run(circuit.GetRequiredService(effect.Owner), action, this));
    }

    private async Task GuardAsync(object action, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception)
        {
            // What fails after the circuit ended failed because it ended; its services are gone a moment before this is told.
            if (disposed || exception is ObjectDisposedException { ObjectName: nameof(IServiceProvider) }) return;
            ActionFailed(log, action.GetType().Name, exception);
            UnhandledException?.Invoke(this, new(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handling {Action} failed")]
    private static partial void ActionFailed(ILogger log, string action, Exception exception);
}
