using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>The sources of an app whose entries a viewer does not want to see, as their browser keeps them.</summary>
public sealed class HiddenSources(IJSRuntime js, AuthenticationStateProvider authentication)
{
    private const int Most = 500;

    /// <exception cref="JSException">The browser keeps nothing.</exception>
    public async Task<ImmutableHashSet<SourceId>> ReadAsync(AppId app, CancellationToken cancellationToken) =>
        Of(await js.InvokeAsync<string[]?>("peerwebShell.remembered", cancellationToken, await KeyAsync(app)));

    /// <exception cref="JSException">The browser keeps nothing.</exception>
    public async Task RememberAsync(AppId app, IEnumerable<SourceId> hidden, CancellationToken cancellationToken) =>
        await js.InvokeVoidAsync("peerwebShell.remember", cancellationToken, await KeyAsync(app), Texts(hidden));

    /// <summary>Whatever a browser says: what is no source is left out, and there is an end to it.</summary>
    public static ImmutableHashSet<SourceId> Of(string[]? texts) =>
        [.. (texts ?? []).Take(Most).Select(text => SourceId.TryParse(text, out var source) ? source : (SourceId?)null).OfType<SourceId>()];

    public static string[] Texts(IEnumerable<SourceId> hidden) => [.. hidden.Take(Most).Select(source => source.ToString())];

    private async Task<string> KeyAsync(AppId app) => $"peerweb.{app}.hidden.{(await authentication.NameAsync())}";
}
