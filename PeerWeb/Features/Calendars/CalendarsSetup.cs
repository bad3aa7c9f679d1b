using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars;

public static class CalendarsSetup
{
    /// <summary>Preferences of their own: who only looks around in one tab changes no settings of another.</summary>
    private const string SettingsName = "calendar";
    private const string ViewName = "calendar-view";

    /// <summary>The calendar's pages, on the merged view and the guarded store that are registered elsewhere.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services
        .AddSingleton(new EntryPage(CalendarApp.AppId, "Calendar", "/calendar", "event", Icons.Material.Outlined.CalendarMonth, Order: 0, CalendarAddress.Of, EventWords.About))
        .AddSingleton(CalendarFiles.Instance)
        .AddScoped<CalendarBrowser>()
        .AddScoped(provider =>
        {
            var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
            var merged = provider.GetRequiredService<MergedView>();
            return new CalendarQueries(
                (range, zone, token) => DaysAsync(viewer, merged, QueryOf(CalendarApp.AppId, range, zone), token),
                async (range, zone, installation, token) =>
                    await merged.RefreshAsync(await viewer.NameAsync(), QueryOf(CalendarApp.AppId, range, zone), installation, token),
                EntryCallsSetup.Create(provider, EventKind.Instance),
                Settings(viewer, provider.GetRequiredService<SqlPreferences>()));
        })
        .AddScoped(provider =>
        {
            var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
            var merged = provider.GetRequiredService<MergedView>();
            return new LayerCalls(
                [.. provider.GetServices<CalendarLayer>().OrderBy(layer => layer.Order)],
                (app, range, zone, token) => DaysAsync(viewer, merged, QueryOf(app, range, zone), token),
                async (app, range, zone, installation, token) =>
                    await merged.RefreshAsync(await viewer.NameAsync(), QueryOf(app, range, zone), installation, token));
        })
        .AddScoped<SingleKeysWanted>(provider => async token => !(await provider.GetRequiredService<CalendarQueries>().Settings.Read(token)).WithoutShortcuts)
        .AddScoped<ChosenZone>(provider => async token => (await provider.GetRequiredService<CalendarQueries>().Settings.Read(token)).Zone);

    private static SettingsCalls Settings(AuthenticationStateProvider viewer, SqlPreferences preferences) => new(
        async token => CalendarSettings.Read(await preferences.FindAsync(await viewer.NameAsync(), SettingsName, token)),
        async (settings, token) => await preferences.SaveAsync(await viewer.NameAsync(), SettingsName, settings.ToJson(), token),
        async token => await preferences.FindAsync(await viewer.NameAsync(), ViewName, token) is { } view ? JsonSerializer.Deserialize<string>(view) : null,
        async (view, token) => await preferences.SaveAsync(await viewer.NameAsync(), ViewName, JsonSerializer.Serialize(view), token));

    private static async IAsyncEnumerable<MergeUpdate> DaysAsync(
        AuthenticationStateProvider viewer, MergedView merged, EntryQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in merged.QueryAsync(await viewer.NameAsync(), query, cancellationToken))
            yield return update;
    }

    /// <summary>One form for all, because the same question is shared and its last good answer kept.</summary>
    private static EntryQuery QueryOf(AppId app, TimeRange range, string zone) => new() { App = app, Range = range, Zone = zone };
}
