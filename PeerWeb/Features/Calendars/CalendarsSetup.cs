using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

public static class CalendarsSetup
{
    /// <summary>Preferences of their own: who only looks around in one tab changes no settings of another.</summary>
    private const string SettingsName = "calendar";
    private const string ViewName = "calendar-view";

    /// <summary>The calendar's pages, on the merged view and the guarded store that are registered elsewhere.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services
        .AddScoped<CalendarBrowser>()
        .AddScoped<DraftBrowser>()
        .AddScoped<BrowserDownload>()
        .AddScoped(provider =>
        {
            var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
            var merged = provider.GetRequiredService<MergedView>();
            return new CalendarQueries(
                (range, zone, token) => DaysAsync(viewer, merged, range, zone, token),
                CalendarFilesSetup.Import(provider, viewer),
                async (range, zone, installation, token) =>
                    await merged.RefreshAsync(await viewer.NameAsync(), QueryOf(range, zone), installation, token),
                Entries(viewer, provider.GetRequiredService<SourceEntries>(), provider.GetRequiredService<SqlDrafts>()),
                Settings(viewer, provider.GetRequiredService<SqlPreferences>()));
        })
        .AddScoped<ChosenZone>(provider => async token => (await provider.GetRequiredService<CalendarQueries>().Settings.Read(token)).Zone);

    private static SettingsCalls Settings(AuthenticationStateProvider viewer, SqlPreferences preferences) => new(
        async token => CalendarSettings.Read(await preferences.FindAsync(await viewer.NameAsync(), SettingsName, token)),
        async (settings, token) => await preferences.SaveAsync(await viewer.NameAsync(), SettingsName, settings.ToJson(), token),
        async token => await preferences.FindAsync(await viewer.NameAsync(), ViewName, token) is { } view ? JsonSerializer.Deserialize<string>(view) : null,
        async (view, token) => await preferences.SaveAsync(await viewer.NameAsync(), ViewName, JsonSerializer.Serialize(view), token));

    private static EntryCalls Entries(AuthenticationStateProvider viewer, SourceEntries entries, SqlDrafts drafts) => new(
        (instance, token) => ReadAsync(viewer, entries, instance, token),
        (write, token) => WriteAsync(viewer, entries, write, token),
        async token =>
        {
            var kept = await drafts.ListAsync(await viewer.NameAsync(), CalendarApp.AppId, token);
            return [.. kept.Select(row => EntryDraft.Read(row.Body) is { } draft ? new KeptDraft(row.Id, draft, row.Changed) : null).OfType<KeptDraft>()];
        },
        async (id, draft, token) =>
            draft.ToJson() is { Length: <= SqlDrafts.MaxBodyLength } body
            && await drafts.SaveAsync(await viewer.NameAsync(), CalendarApp.AppId, id, draft.Title, body, token),
        async (id, token) => await drafts.DeleteAsync(await viewer.NameAsync(), id, token));

    private static async IAsyncEnumerable<MergeUpdate> DaysAsync(
        AuthenticationStateProvider viewer, MergedView merged, TimeRange range, string zone,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in merged.QueryAsync(await viewer.NameAsync(), QueryOf(range, zone), cancellationToken))
            yield return update;
    }

    /// <summary>One form for all, because the same question is shared and its last good answer kept.</summary>
    private static EntryQuery QueryOf(TimeRange range, string zone) => new() { App = CalendarApp.AppId, Range = range, Zone = zone };

    private static async Task<EventAnswer> ReadAsync(
        AuthenticationStateProvider viewer, SourceEntries entries, InstanceRef instance, CancellationToken cancellationToken)
    {
        var answer = await entries.ReadAsync(await viewer.NameAsync(), instance.Source, instance.Uid, cancellationToken);
        try
        {
            return answer switch
            {
                EntryAnswer.Found found => new EventAnswer.Found(
                    CalendarEvent.Read(found.Entry.Text, instance.RecurrenceId), found.Entry.Text, found.Entry.ETag),
                EntryAnswer.Unavailable unavailable => new EventAnswer.Unavailable(unavailable.Reason),
                _ => new EventAnswer.NotFound(),
            };
        }
        catch (InvalidEntryException invalid)
        {
            return new EventAnswer.Unavailable($"Its text is broken: {invalid.Message}");
        }
    }

    private static async Task<WriteAnswer> WriteAsync(
        AuthenticationStateProvider viewer, SourceEntries entries, PlannedWrite write, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        if (write.Text is not { } text)
            return await entries.DeleteAsync(
                name, write.Source, write.Uid, write.ETag ?? throw new InvalidOperationException("What is deleted has an ETag."), write.Key, cancellationToken);
        Precondition precondition = write.ETag is { } etag ? new Precondition.Match(etag) : new Precondition.Absent();
        return await entries.SaveAsync(name, write.Source, write.Uid, text, precondition, write.Key, cancellationToken);
    }
}
