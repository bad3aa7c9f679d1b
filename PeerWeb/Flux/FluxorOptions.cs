using System.Reflection;

namespace Fluxor;

internal sealed record Reducer(Type State, Type Action, Func<object, object, object> Run);

internal sealed record Effect(Type Owner, Type Action, Func<object, object, IDispatcher, Task> Run);

/// <summary>What a scan of assemblies found.</summary>
public sealed class FluxorOptions
{
    private const BindingFlags AnyMethod = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal List<Type> States { get; } = [];

    internal List<Reducer> Reducers { get; } = [];

    internal List<Effect> Effects { get; } = [];

    /// <exception cref="InvalidOperationException">A marked method has another shape than its attribute asks for.</exception>
    public FluxorOptions ScanAssemblies(Assembly assemblyToScan) => ScanTypes(assemblyToScan.GetTypes());

    public FluxorOptions ScanTypes(params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        States.AddRange(types.Where(type => type.IsDefined(typeof(FeatureStateAttribute))));
        foreach (var method in types.SelectMany(type => type.GetMethods(AnyMethod)))
        {
            if (method.IsDefined(typeof(ReducerMethodAttribute))) Reducers.Add(ReducerOf(method));
            if (method.IsDefined(typeof(EffectMethodAttribute))) Effects.Add(EffectOf(method));
        }
        return this;
    }

    private static Reducer ReducerOf(MethodInfo method) =>
        method.IsStatic && method.GetParameters() is [var state, var action] && method.ReturnType == state.ParameterType
            ? new(state.ParameterType, action.ParameterType, Delegated<Func<object, object, object>>(nameof(Reduce), method, state.ParameterType, action.ParameterType))
            : throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} is not a static (state, action) -> state.");

    private static Effect EffectOf(MethodInfo method) =>
        method.ReturnType == typeof(Task) && method.GetParameters() is [var action, var dispatcher] && dispatcher.ParameterType == typeof(IDispatcher)
            ? new(method.DeclaringType!, action.ParameterType, Delegated<Func<object, object, IDispatcher, Task>>(nameof(Affect), method, method.DeclaringType!, action.ParameterType))
            : throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} is not an (action, IDispatcher) -> Task.");

    // A typed delegate per method: no reflection, and no TargetInvocationException, when an action runs.
    private static TDelegate Delegated<TDelegate>(string wrapper, MethodInfo method, params Type[] types)
        where TDelegate : Delegate =>
        (TDelegate)typeof(FluxorOptions).GetMethod(wrapper, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(types).Invoke(null, [method])!;

    private static Func<object, object, object> Reduce<TState, TAction>(MethodInfo method)
        where TState : class
    {
        var typed = method.CreateDelegate<Func<TState, TAction, TState>>();
        return (state, action) => typed((TState)state, (TAction)action);
    }

    private static Func<object, object, IDispatcher, Task> Affect<TOwner, TAction>(MethodInfo method)
    {
        if (method.IsStatic) return (_, action, dispatcher) => method.CreateDelegate<Func<TAction, IDispatcher, Task>>()((TAction)action, dispatcher);
        var typed = method.CreateDelegate<Func<TOwner, TAction, IDispatcher, Task>>();
        return (owner, action, dispatcher) => typed((TOwner)owner, (TAction)action, dispatcher);
    }
}
