using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Fluxor.Blazor.Web.Components
{
    /// <summary>Rerenders when a state changes that the component holds in a property of type <see cref="IState{TState}"/>.</summary>
    /// <remarks>Who overrides OnInitialized or DisposeAsyncCore calls the base.</remarks>
    public abstract class FluxorComponent : ComponentBase, IAsyncDisposable
    {
        private IState[] states = [];

        public async ValueTask DisposeAsync()
        {
            await DisposeAsyncCore(true);
            GC.SuppressFinalize(this);
        }

        protected override void OnInitialized()
        {
            states = [.. Properties(GetType()).Select(property => property.GetValue(this)).OfType<IState>().Distinct()];
            foreach (var state in states) state.StateChanged += Rerender;
        }

        protected virtual ValueTask DisposeAsyncCore(bool disposing)
        {
            foreach (var state in states) state.StateChanged -= Rerender;
            return ValueTask.CompletedTask;
        }

        // An inherited private property is seen only on the type that declares it.
        private static IEnumerable<PropertyInfo> Properties(Type? type) =>
            type is null || type == typeof(FluxorComponent) ? [] : type
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(property => typeof(IState).IsAssignableFrom(property.PropertyType))
                .Concat(Properties(type.BaseType));

        private void Rerender(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);
    }
}

namespace Fluxor.Blazor.Web
{
    /// <summary>Starts the circuit's store; hands what an action's handling threw to the error boundary around it.</summary>
    public sealed class StoreInitializer(IStore store) : ComponentBase, IDisposable
    {
        public void Dispose() => store.UnhandledException -= Show;

        protected override Task OnInitializedAsync()
        {
            store.UnhandledException += Show;
            return store.InitializeAsync();
        }

        private void Show(object? sender, Exceptions.UnhandledExceptionEventArgs failure) => _ = DispatchExceptionAsync(failure.Exception);
    }
}
