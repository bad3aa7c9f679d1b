using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>What a browser says of its user.</summary>
/// <param name="Hidden">Sources whose events they do not want to see in it.</param>
/// <param name="Day">The day that they looked at last in this tab, and the day on which that was; null where they have not.</param>
public sealed record BrowserFacts(DateTimeZone Zone, ImmutableHashSet<SourceId> Hidden, (LocalDate Day, LocalDate On)? Day)
{
    /// <summary>Of a browser that says nothing.</summary>
    public static readonly BrowserFacts Unknown = new(DateTimeZone.Utc, [], null);
}

/// <summary>What only the browser knows.</summary>
public sealed class CalendarBrowser(IJSRuntime js, AuthenticationStateProvider authentication) : IAsyncDisposable
{
    private const int MostLayers = 100;
    private Task<IJSObjectReference>? _module;

    public async Task<BrowserFacts> ReadAsync()
    {
        var module = await ModuleAsync();
        var zone = await module.InvokeAsync<string?>("timeZone");
        var hidden = await module.InvokeAsync<string[]?>("remembered", await KeyAsync("hidden"));
        var day = await module.InvokeAsync<string[]?>("rememberedInTab", await KeyAsync("day"));
        return new BrowserFacts(ViewerZone.OrUtc(zone), HiddenSources.Of(hidden), DayOf(day ?? []));
    }

    public async Task RememberHiddenAsync(IEnumerable<SourceId> hidden)
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("remember", await KeyAsync("hidden"), HiddenSources.Texts(hidden));
    }

    /// <summary>Apps whose entries the viewer does not want to see in the calendar.</summary>
    public async Task<IReadOnlyList<AppId>> HiddenLayersAsync()
    {
        var module = await ModuleAsync();
        var names = await module.InvokeAsync<string[]?>("remembered", await KeyAsync("layers")) ?? [];
        return [.. names.Take(MostLayers).Where(name => AppId.TryParse(name, out _)).Select(AppId.Parse)];
    }

    public async Task RememberHiddenLayersAsync(IEnumerable<AppId> apps)
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("remember", await KeyAsync("layers"), apps.Select(app => app.ToString()).ToArray());
    }

    /// <param name="on">Today.</param>
    public async Task RememberDayAsync(LocalDate day, LocalDate on)
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("rememberInTab", await KeyAsync("day"), new[] { EventWords.IsoDay(day), EventWords.IsoDay(on) });
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

    /// <summary>What could not be loaded once is tried again the next time.</summary>
    private Task<IJSObjectReference> ModuleAsync() => _module is { IsFaulted: false, IsCanceled: false } known
        ? known
        : _module = js.InvokeAsync<IJSObjectReference>("import", "./js/calendar.js").AsTask();

    private static (LocalDate Day, LocalDate On)? DayOf(string[] texts) =>
        texts is [var day, var on] && EventWords.ParseIsoDay(day) is { } looked && EventWords.ParseIsoDay(on) is { } then ? (looked, then) : null;

    private async Task<string> KeyAsync(string name) =>
        $"peerweb.calendar.{name}.{(await authentication.GetAuthenticationStateAsync()).User.Identity?.Name}";
}
