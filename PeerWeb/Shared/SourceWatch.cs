using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>Watches the sources of one open view. For each installation one question runs at a time; what changes meanwhile is one more question.</summary>
internal sealed class SourceWatch : IDisposable
{
    /// <summary>Between two questions to one installation: whoever sends changes in a flood gets no flood of questions.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly UserName _viewer;
    private readonly SourceChanges _changes;
    private readonly OpenViews _views;
    private readonly Func<Domain, CancellationToken, Task> _ask;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();

    /// <summary>Installations that are being asked, with whether they changed since.</summary>
    private readonly Dictionary<Domain, bool> _asking = [];
    private HashSet<SourceId> _shown = [];
    private IDisposable? _open;

    /// <param name="ask">Asks an installation again; answers its own failures.</param>
    public SourceWatch(UserName viewer, SourceChanges changes, OpenViews views, TimeProvider time, Func<Domain, CancellationToken, Task> ask)
    {
        (_viewer, _changes, _views, _time, _ask) = (viewer, changes, views, time, ask);
        changes.Changed += Hear;
    }

    /// <summary>These sources show now.</summary>
    public void Show(IReadOnlyList<Source> sources)
    {
        lock (_gate)
        {
            if (_end.IsCancellationRequested || _shown.SetEquals(sources.Select(source => source.Id)))
                return;
            _shown = [.. sources.Select(source => source.Id)];
            // The new ones first: what stays open is never closed in between.
            var before = _open;
            _open = _views.Open(_viewer, _shown);
            before?.Dispose();
        }
    }

    public void Dispose()
    {
        _changes.Changed -= Hear;
        // Not disposed: questions that end later still look at it.
        _end.Cancel();
        lock (_gate)
        {
            _open?.Dispose();
            _open = null;
        }
    }

    private void Hear(SourceChange change)
    {
        lock (_gate)
        {
            if (_end.IsCancellationRequested || !Concerns(change))
                return;
            if (!_asking.TryAdd(change.Installation, false))
                _asking[change.Installation] = true;
            else
                // Not on the thread of whoever changed something, which may be another's circuit.
                _ = Task.Run(() => AskAsync(change.Installation));
        }
    }

    private bool Concerns(SourceChange change) =>
        (change.Viewer is not { } viewer || viewer == _viewer)
        && (change.Collection is not { } collection || _shown.Any(source => source.Collection == collection && source.Owner.Domain == change.Installation));

    private async Task AskAsync(Domain installation)
    {
        do
        {
            var pause = Task.Delay(Pause, _time, _end.Token);
            await _ask(installation, _end.Token);
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (ChangedSince(installation));
    }

    private bool ChangedSince(Domain installation)
    {
        lock (_gate)
        {
            if (_asking.Remove(installation, out var hasChanged) && hasChanged)
                _asking[installation] = false;
            return hasChanged && !_end.IsCancellationRequested;
        }
    }
}
