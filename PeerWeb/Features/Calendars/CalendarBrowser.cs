using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Features.Calendars;

/// <summary>What only the browser knows: its zone, and the sources that this user hid in it.</summary>
public sealed class CalendarBrowser(IJSRuntime js, AuthenticationStateProvider authentication) : IAsyncDisposable
{
    private const int MostHidden = 500;
    private Task<IJSObjectReference>? _module;

    public async Task<(DateTimeZone Zone, ImmutableHashSet<SourceId> Hidden)> ReadAsync()
    {
        var module = await ModuleAsync();
        var zone = await module.InvokeAsync<string?>("timeZone");
        var hidden = await module.InvokeAsync<string[]?>("remembered", await KeyAsync());
        return (ViewerZone.Find(zone), [.. Sources(hidden ?? [])]);
    }

    public async Task RememberHiddenAsync(IEnumerable<SourceId> hidden)
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("remember", await KeyAsync(), hidden.Take(MostHidden).Select(source => source.ToString()).ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not { IsCompletedSuccessfully: true })
            return;
        try
        {
            await (await _module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
            _module = null;
        }
    }

    private static IEnumerable<SourceId> Sources(IEnumerable<string> texts)
    {
        foreach (var text in texts.Take(MostHidden))
        {
            if (SourceId.TryParse(text, out var source))
                yield return source;
        }
    }

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "./js/calendar.js").AsTask();

    private async Task<string> KeyAsync() =>
        $"peerweb.calendar.hidden.{(await authentication.GetAuthenticationStateAsync()).User.Identity?.Name}";
}
