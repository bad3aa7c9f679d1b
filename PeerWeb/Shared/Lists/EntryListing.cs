using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Lists;

/// <summary>The merged list of one open page: asked for, kept live, and ended with the page. A new question ends the one before.</summary>
public interface IEntryListing : IDisposable
{
    /// <summary>Shows the list as it grows and changes, until another is opened or this is closed.</summary>
    /// <param name="query">Without a range.</param>
    /// <param name="hidden">Sources whose entries are not asked for.</param>
    /// <param name="pageSize">How much is asked of each installation at a time, 1 to 1,000.</param>
    /// <exception cref="InvalidQueryException">The query itself is wrong.</exception>
    /// <exception cref="StoreUnavailableException">This installation's own database cannot answer.</exception>
    Task OpenAsync(EntryQuery query, IReadOnlyCollection<SourceId> hidden, IReadOnlyList<Source> known, Action<ListSnapshot> show, int pageSize);

    /// <summary>Asks for a further page; what comes shows as everything else does.</summary>
    Task MoreAsync();

    /// <summary>Reads all installations again.</summary>
    Task RefreshAsync();
}

/// <summary>On what this installation and its peers have.</summary>
public sealed partial class EntryListing(
    MergedView merged, SourceChanges changes, OpenViews views, AuthenticationStateProvider authentication, TimeProvider time, ILogger<EntryListing> log) : IEntryListing
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;
    private MergedList? _list;
    private bool _isEnded;

    public async Task OpenAsync(EntryQuery query, IReadOnlyCollection<SourceId> hidden, IReadOnlyList<Source> known, Action<ListSnapshot> show, int pageSize)
    {
        var mine = new CancellationTokenSource();
        Begin(mine);
        var viewer = await authentication.NameAsync();
        // Where some are hidden the others are asked by name; one that comes later has to be named, too.
        for (var sources = known; !mine.IsCancellationRequested;)
        {
            var shown = sources.Select(source => source.Id).Except(hidden).ToHashSet();
            var asked = hidden.Count == 0 ? query : query with { Collections = [.. shown.Select(source => source.Collection)] };
            if (await ShowAsync(viewer, asked, pageSize, list => hidden.Count > 0 && list.Sources.Any(source => !hidden.Contains(source.Id) && !shown.Contains(source.Id)), show, mine) is not { } more)
                return;
            sources = more;
        }
    }

    /// <returns>The sources, where the question must be put anew because of them; null at the end.</returns>
    private async Task<IReadOnlyList<Source>?> ShowAsync(
        UserName viewer, EntryQuery query, int pageSize, Predicate<ListSnapshot> isOutdated, Action<ListSnapshot> show, CancellationTokenSource mine)
    {
        await using var list = merged.Open(viewer, query, pageSize);
        using var watch = new SourceWatch(viewer, changes, views, time, (installation, end) => AgainAsync(list, installation, end));
        lock (_gate)
        {
            if (mine.IsCancellationRequested)
                return null;
            _list = list;
        }
        var first = list.MoreAsync(mine.Token);
        try
        {
            await foreach (var snapshot in list.SnapshotsAsync(mine.Token))
            {
                watch.Show(snapshot.Sources);
                show(snapshot);
                if (isOutdated(snapshot))
                    return snapshot.Sources;
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Another question, or nobody looks any more.
            await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
        await first;
        return null;
    }

    public async Task MoreAsync()
    {
        var (list, end) = Now();
        if (list is not null)
            await WhileOpenAsync(list.MoreAsync(end), end);
    }

    public async Task RefreshAsync()
    {
        var (list, end) = Now();
        if (list is not null)
            await WhileOpenAsync(Task.WhenAll(list.Current.Installations.Select(installation => list.RefreshAsync(installation.Domain, end))), end);
    }

    /// <summary>A question that comes too late ends at once.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isEnded = true;
        Begin(null);
    }

    private (MergedList? List, CancellationToken End) Now()
    {
        lock (_gate)
            return (_list, _running?.Token ?? CancellationToken.None);
    }

    private void Begin(CancellationTokenSource? mine)
    {
        CancellationTokenSource? before;
        lock (_gate)
        {
            (before, _running, _list) = (_running, mine, null);
            if (_isEnded)
                mine?.Cancel();
        }
        // Not disposed: it has no timer, and the one who cancels may come after the end.
        before?.Cancel();
    }

    private static async Task WhileOpenAsync(Task work, CancellationToken end)
    {
        try
        {
            await work;
        }
        catch (Exception exception) when (end.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
        {
            // The list has ended meanwhile.
            return;
        }
    }

    private async Task AgainAsync(MergedList list, Domain installation, CancellationToken end)
    {
        try
        {
            await list.RefreshAsync(installation, end);
        }
        catch (Exception exception)
        {
            // The next question of the whole list says what is wrong, where it still is.
            if (!end.IsCancellationRequested)
                LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading an installation that changed failed")]
    private partial void LogFailed(Exception exception);
}
