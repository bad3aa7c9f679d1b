using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Entries of this installation and all peers in one order, page by page as it is scrolled. A page holds it as long as its question stands.</summary>
/// <remarks>
/// Each installation is asked for pages of its own. An entry shows once nobody who has answered and has more could still put one before it; who has not answered, or not
/// any more, holds up nobody and comes in when it does. A peer's failure is data; only a wrong query or this installation's own database throws.
/// </remarks>
public sealed partial class MergedList : IAsyncDisposable
{
    public const int DefaultPageSize = 100;

    /// <summary>Summaries that one list holds, over all installations.</summary>
    public const int MostEntries = 10_000;

    private const int LargestPage = 1000;

    private readonly Lock _gate = new();
    private readonly MergedQuestions _questions;
    private readonly UserName _viewer;
    private readonly EntryQuery _query;
    private readonly QueryOrder _order;
    private readonly int _pageSize;
    private readonly CancellationTokenSource _life = new();
    private readonly SharedQuestions<Domain, bool> _refreshes = new();
    private readonly Channel<ListSnapshot> _snapshots = Channel.CreateBounded<ListSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly List<ListPart> _parts = [];
    private readonly List<Task> _running = [];
    private Task? _start;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;
    private int _wanted;
    private QueryCursor? _shownTo;

    internal MergedList(MergedQuestions questions, UserName viewer, EntryQuery query, int pageSize)
    {
        if (query.Range is not null)
            throw new ArgumentException("A list has no range.", nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, LargestPage);
        (_questions, _viewer, _query, _order, _pageSize) = (questions, viewer, query, QueryOrder.OfList(query.Sort), pageSize);
    }

    /// <summary>How it stands now.</summary>
    public ListSnapshot Current { get; private set; } = ListSnapshot.Empty;

    /// <summary>How it stands whenever that changes, the newest where several changes come at once; for one reader. Ends with the list, or with what <see cref="MoreAsync"/> throws.</summary>
    public IAsyncEnumerable<ListSnapshot> SnapshotsAsync(CancellationToken cancellationToken) => _snapshots.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Asks for a further page to show; the first call begins the list. Ends when it shows, or when there is nobody left to wait for.</summary>
    /// <exception cref="InvalidQueryException">The query itself is wrong.</exception>
    /// <exception cref="StoreUnavailableException">This installation's own database cannot answer.</exception>
    public async Task MoreAsync(CancellationToken cancellationToken)
    {
        Task start;
        lock (_gate)
            start = _start ??= StartAsync();
        await start.WaitAsync(cancellationToken);
        lock (_gate)
        {
            _wanted = Math.Max(_wanted, ShownTo(Frontier()) + _pageSize);
            AskOn();
            Publish();
        }
        while (Awaited() is { } moved)
            await moved.WaitAsync(cancellationToken);
    }

    /// <summary>Reads again, of one installation, as much as was read of it: after a change, or where it failed. Whoever asks the same at the same time shares the work, which never began before the call.</summary>
    /// <inheritdoc cref="MoreAsync"/>
    public async Task RefreshAsync(Domain installation, CancellationToken cancellationToken)
    {
        Task? start;
        lock (_gate)
            start = _start;
        if (start is null)
            return;
        await start.WaitAsync(cancellationToken);
        await _refreshes.AskAsync(installation, _ => ReadAgainAsync(installation), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        Task all;
        lock (_gate)
            all = Task.WhenAll([.. _running, _start ?? Task.CompletedTask]);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _snapshots.Writer.TryComplete();
        _life.Dispose();
    }

    /// <summary>Asks whoever holds up what is wanted, and those who soon would: who has less than half a page in hand.</summary>
    private void AskOn()
    {
        if (_life.IsCancellationRequested || Frontier() is not { } frontier || ShownTo(frontier) >= _wanted)
            return;
        var room = MostEntries - Loaded();
        foreach (var part in _parts.Where(part => part is { HoldsUp: true, Loads: 0 } && 2 * (part.Pages.Count - part.Pages.CountUpTo(frontier)) <= _pageSize).ToList())
        {
            var limit = Math.Min(_pageSize, room);
            if (limit <= 0)
                return;
            room -= limit;
            Begin(part, limit, token => WatchedAsync(ReadNextAsync(part, limit, token)));
        }
    }

    /// <summary>Questions to one installation come one after the other.</summary>
    private Task Begin(ListPart part, int limit, Func<CancellationToken, Task> read)
    {
        (part.Loads, part.Reserved) = (part.Loads + 1, part.Reserved + limit);
        part.Tail = RunAsync(part.Tail);
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(part.Tail);
        return part.Tail;

        async Task RunAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            try
            {
                await read(_life.Token);
            }
            finally
            {
                lock (_gate)
                {
                    (part.Loads, part.Reserved) = (part.Loads - 1, part.Reserved - limit);
                    AskOn();
                    Publish();
                }
            }
        }
    }

    /// <summary>For what nobody waits for by itself: its failure is the list's.</summary>
    private async Task WatchedAsync(Task read)
    {
        try
        {
            await read;
        }
        catch (Exception failed) when (!_life.IsCancellationRequested)
        {
            lock (_gate)
                _failure ??= ExceptionDispatchInfo.Capture(failed);
            _snapshots.Writer.TryComplete(failed);
        }
    }

    /// <summary>Null where what is wanted shows, or nobody is being asked.</summary>
    private Task? Awaited()
    {
        lock (_gate)
        {
            _failure?.Throw();
            return ShownTo(Frontier()) >= _wanted || _parts.TrueForAll(part => part.Loads == 0) ? null : _moved.Task;
        }
    }

    private void Publish()
    {
        var frontier = Frontier();
        // What showed stays while somebody who came late, or was read again, catches up.
        var isCatchingUp = _parts.Exists(part => part is { HoldsUp: true, Loads: > 0 }) && ShownTo(frontier) < Math.Min(_wanted, Current.Entries.Count);
        _shownTo = isCatchingUp && (_shownTo is null || frontier is null || _order.Compare(_shownTo, frontier) > 0) ? _shownTo : frontier;
        var isFull = frontier is not null && _parts.Sum(part => part.Pages.Count) >= MostEntries;
        Current = new ListSnapshot(
            [.. _parts.SelectMany(part => part.Pages.UpTo(_shownTo)).OrderBy(entry => entry.Placed, _order).Select(entry => entry.Entry)],
            HasMore: frontier is not null && !isFull, isFull, IsLoading: _parts.Exists(part => part.Loads > 0),
            [.. _parts.Select(part => part.Installation)], [.. _parts.SelectMany(part => part.Sources)]);
        _snapshots.Writer.TryWrite(Current);
        var moved = _moved;
        _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        moved.SetResult();
    }

    /// <summary>The place up to which nobody who has answered can put anything any more; null where that is the end.</summary>
    private QueryCursor? Frontier()
    {
        QueryCursor? first = null;
        foreach (var next in _parts.Where(part => part.HoldsUp).Select(part => part.Pages.Next))
            first = first is null || next is not null && _order.Compare(next, first) < 0 ? next : first;
        return first;
    }

    private int ShownTo(QueryCursor? place) => _parts.Sum(part => part.Pages.CountUpTo(place));

    private int Loaded() => _parts.Sum(part => part.Pages.Count + part.Reserved);

    private ListedPages NewPages() => new(_order, _query.Cursor);

    private ListPart Ended(MergeUpdate.Answered ended) => new(ended.Installation, ended.Sources, peer: null, NewPages());
}
