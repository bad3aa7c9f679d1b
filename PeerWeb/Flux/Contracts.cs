// The public names of this folder are Fluxor's, so that Fluxor.Blazor.Web replaces it by a package reference and a deleted folder.
namespace Fluxor;

/// <summary>Marks a state record; one instance of it lives in each circuit. Needs a parameterless constructor, which makes the initial state.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FeatureStateAttribute : Attribute;

/// <summary>Marks a pure static method <c>(state, action) -> state</c>. The same instance returned means "nothing changed".</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReducerMethodAttribute : Attribute;

/// <summary>Marks a method <c>(action, IDispatcher) -> Task</c> of a class that is made once per circuit from its services.</summary>
/// <remarks>An effect answers its own failures with a failed action. What it throws all the same is logged and shown by the error boundary.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EffectMethodAttribute : Attribute;

/// <summary>A state that says when it was replaced.</summary>
public interface IState
{
    /// <summary>Raised after <c>Value</c> became another instance, on the thread of the dispatch: components answer with InvokeAsync.</summary>
    event EventHandler? StateChanged;
}

/// <summary>The circuit's current <typeparamref name="TState"/>.</summary>
public interface IState<out TState> : IState
{
    TState Value { get; }
}

/// <summary>The only way to change state.</summary>
public interface IDispatcher
{
    /// <summary>Runs the reducers of <paramref name="action"/>, then starts its effects. Safe from any thread; actions are reduced one after another.</summary>
    void Dispatch(object action);
}

/// <summary>All states and effects of one circuit.</summary>
public interface IStore
{
    /// <summary>Raised for what a reducer, a subscriber or an effect threw; the store itself goes on.</summary>
    event EventHandler<Exceptions.UnhandledExceptionEventArgs>? UnhandledException;

    /// <summary>Dispatches <see cref="StoreInitializedAction"/> once.</summary>
    Task InitializeAsync();
}

/// <summary>The first action of a circuit.</summary>
public sealed record StoreInitializedAction;
