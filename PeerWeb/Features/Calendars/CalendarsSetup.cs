using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

public static class CalendarsSetup
{
    /// <summary>The calendar's pages, on the merged view and the guarded store that are registered elsewhere.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services
        .AddScoped<CalendarBrowser>()
        .AddScoped(provider =>
        {
            var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
            var merged = provider.GetRequiredService<MergedView>();
            var stores = provider.GetRequiredService<GuardedEntryStores>();
            var collections = provider.GetRequiredService<SqlCollections>();
            var app = provider.GetRequiredService<AppRegistry>().Get(CalendarApp.AppId);
            return new CalendarQueries(
                (range, zone, token) => DaysAsync(viewer, merged, range, zone, token),
                (key, token) => ReadAsync(viewer, merged, key, token),
                token => OwnCalendarsAsync(viewer, stores, token),
                async (name, token) => await collections.CreateAsync(await viewer.NameAsync(), CalendarApp.AppId, name, color: null, token),
                (calendar, file, token) => ImportAsync(viewer, stores, app, calendar, file, token));
        });

    private static async IAsyncEnumerable<MergeUpdate> DaysAsync(
        AuthenticationStateProvider viewer, MergedView merged, TimeRange range, string zone,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new EntryQuery { App = CalendarApp.AppId, Range = range, Zone = zone };
        await foreach (var update in merged.QueryAsync(await viewer.NameAsync(), query, cancellationToken))
            yield return update;
    }

    private static async Task<EventAnswer> ReadAsync(
        AuthenticationStateProvider viewer, MergedView merged, InstanceKey key, CancellationToken cancellationToken)
    {
        var answer = await merged.ReadAsync(await viewer.NameAsync(), key.Source, key.Uid, cancellationToken);
        try
        {
            return answer switch
            {
                EntryAnswer.Found found => new EventAnswer.Found(
                    CalendarEvent.Read(found.Entry.Text, key.RecurrenceId.Length > 0 ? key.RecurrenceId : null)),
                EntryAnswer.Unavailable unavailable => new EventAnswer.Unavailable(unavailable.Reason),
                _ => new EventAnswer.NotFound(),
            };
        }
        catch (InvalidEntryException invalid)
        {
            return new EventAnswer.Unavailable($"Its text is broken: {invalid.Message}");
        }
    }

    private static async Task<IReadOnlyList<OwnCalendar>> OwnCalendarsAsync(
        AuthenticationStateProvider viewer, GuardedEntryStores stores, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        var all = await stores.For(new Actor.Local(name, Groups: [])).ListCollectionsAsync(CalendarApp.AppId, cancellationToken);
        return [.. all.Where(calendar => calendar.Owner == name).Select(calendar => new OwnCalendar(calendar.Id, calendar.Name, calendar.Color))];
    }

    private static async IAsyncEnumerable<ImportedEntry> ImportAsync(
        AuthenticationStateProvider viewer, GuardedEntryStores stores, IApp app, CollectionId calendar, Stream file,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        var store = stores.For(new Actor.Local(name, Groups: []));
        await foreach (var result in EntryImport.RunAsync(store, app, calendar, name.Value, file, cancellationToken))
            yield return result;
    }
}
