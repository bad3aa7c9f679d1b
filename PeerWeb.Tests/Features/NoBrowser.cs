using Microsoft.JSInterop;

namespace PeerWeb.Tests.Features;

/// <summary>A browser that runs no script and keeps nothing.</summary>
internal sealed class NoBrowser : IJSRuntime
{
    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new JSException("No storage.");

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new JSException("No storage.");
}
