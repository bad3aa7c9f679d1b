using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Calendars.Import;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>Import of files, on the merged view and the sources' stores.</summary>
internal static class CalendarFilesSetup
{
    /// <summary>Only the sources of the answer are looked at, and any minute has those.</summary>
    private static readonly TimeRange SomeMinute = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2000, 1, 1, 0, 1));

    public static ImportCalls Import(IServiceProvider provider, AuthenticationStateProvider viewer)
    {
        var merged = provider.GetRequiredService<MergedView>();
        var files = provider.GetRequiredService<SourceFiles>();
        var collections = provider.GetRequiredService<SqlCollections>();
        var own = provider.GetRequiredService<OwnInstallation>();
        return new ImportCalls(
            token => TargetsAsync(viewer, merged, token),
            async (name, token) => await AddAsync(await viewer.NameAsync(), name, merged, collections, own, token),
            (source, file, token) => PreviewAsync(viewer, files, source, file, token),
            (source, file, token) => ImportAsync(viewer, files, source, file, token));
    }

    private static async IAsyncEnumerable<IReadOnlyList<Source>> TargetsAsync(
        AuthenticationStateProvider viewer, MergedView merged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var sources in SourcesAsync(await viewer.NameAsync(), merged, cancellationToken))
            yield return [.. sources.Where(source => source.MyRights.Allows(Rights.Add) && source.Status.State is SourceState.Live or SourceState.Loading)];
    }

    private static async IAsyncEnumerable<IReadOnlyList<Source>> SourcesAsync(
        UserName viewer, MergedView merged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answers = new Dictionary<Domain, IReadOnlyList<Source>>();
        var query = new EntryQuery { App = CalendarApp.AppId, Range = SomeMinute };
        await foreach (var update in merged.QueryAsync(viewer, query, cancellationToken))
        {
            if (update is not MergeUpdate.Answered answered)
                continue;
            answers[answered.Installation.Domain] = answered.Sources;
            yield return
            [
                .. answers.Values.SelectMany(sources => sources).OrderByDescending(source => source.IsMine)
                    .ThenBy(source => source.Id.Owner.ToString(), StringComparer.Ordinal).ThenBy(source => source.Name, StringComparer.CurrentCulture),
            ];
        }
    }

    private static async Task<SourceId> AddAsync(
        UserName viewer, string name, MergedView merged, SqlCollections collections, OwnInstallation own, CancellationToken cancellationToken)
    {
        // This installation answers first, and it has the viewer's own.
        var known = await SourcesAsync(viewer, merged, cancellationToken).FirstOrDefaultAsync(cancellationToken) ?? [];
        var color = SourceColor.Next(known.Where(source => source.IsMine).Select(source => source.Color));
        var made = await collections.CreateAsync(viewer, CalendarApp.AppId, name, color, cancellationToken);
        return new SourceId(new Address(viewer, own.Domain), CalendarApp.AppId, made);
    }

    private static async IAsyncEnumerable<PreviewedEntry> PreviewAsync(
        AuthenticationStateProvider viewer, SourceFiles files, SourceId? source, Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in files.PreviewAsync(await viewer.NameAsync(), CalendarApp.AppId, source, file, cancellationToken))
            yield return entry;
    }

    private static async IAsyncEnumerable<ImportedEntry> ImportAsync(
        AuthenticationStateProvider viewer, SourceFiles files, SourceId source, Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in files.ImportAsync(await viewer.NameAsync(), source, file, cancellationToken))
            yield return result;
    }
}
