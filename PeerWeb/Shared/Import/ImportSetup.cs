using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Collections;

namespace PeerWeb.Shared.Import;

/// <summary>Import of files, on the merged view and the sources' stores.</summary>
internal static class ImportSetup
{
    /// <summary>Only the sources of the answer are looked at, and any minute has those.</summary>
    private static readonly TimeRange SomeMinute = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2000, 1, 1, 0, 1));

    public static ImportCalls Create(IServiceProvider provider, AppId app)
    {
        var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
        var merged = provider.GetRequiredService<MergedView>();
        var files = provider.GetRequiredService<SourceFiles>();
        var add = provider.GetRequiredService<AddCollection>();
        return new ImportCalls(
            token => TargetsAsync(viewer, merged, app, token),
            async (name, token) =>
            {
                // This installation answers first, and it has the viewer's own.
                var known = await SourcesAsync(await viewer.NameAsync(), merged, app, token).FirstOrDefaultAsync(token) ?? [];
                return await add(app, name, known.Where(source => source.IsMine).Select(source => source.Color), token);
            },
            (source, file, token) => PreviewAsync(viewer, files, app, source, file, token),
            (source, file, token) => ImportAsync(viewer, files, source, file, token));
    }

    private static async IAsyncEnumerable<IReadOnlyList<Source>> TargetsAsync(
        AuthenticationStateProvider viewer, MergedView merged, AppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var sources in SourcesAsync(await viewer.NameAsync(), merged, app, cancellationToken))
            yield return [.. sources.Where(source => source.MyRights.Allows(Rights.Add) && source.Status.State is SourceState.Live or SourceState.Loading)];
    }

    private static async IAsyncEnumerable<IReadOnlyList<Source>> SourcesAsync(
        UserName viewer, MergedView merged, AppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answers = new Dictionary<Domain, IReadOnlyList<Source>>();
        var query = new EntryQuery { App = app, Range = SomeMinute };
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

    private static async IAsyncEnumerable<PreviewedEntry> PreviewAsync(
        AuthenticationStateProvider viewer, SourceFiles files, AppId app, SourceId? source, ImportedFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in files.PreviewAsync(await viewer.NameAsync(), app, source, file.SplitAsync, cancellationToken))
            yield return entry;
    }

    private static async IAsyncEnumerable<ImportedEntry> ImportAsync(
        AuthenticationStateProvider viewer, SourceFiles files, SourceId source, ImportedFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in files.ImportAsync(await viewer.NameAsync(), source, file.SplitAsync, cancellationToken))
            yield return result;
    }
}
