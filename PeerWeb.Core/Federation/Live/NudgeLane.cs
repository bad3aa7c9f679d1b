using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>The nudges to one peer: the first of a collection at once, then at most one in 250 ms, the last never left out; one on its way at a time, later ones together in the next.</summary>
internal sealed class NudgeLane : IAsyncDisposable
{
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>Between two nudges of any collections: a busy day here does not use up what we may ask of the peer.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private readonly Func<IReadOnlyList<CollectionId>, CancellationToken, Task> _send;
    private readonly TimeProvider _time;
    private readonly Turns _turns;
    private readonly Lock _gate = new();
    private readonly HashSet<CollectionId> _waiting = [];
    private readonly HashSet<CollectionId> _resting = [];
    private readonly Dictionary<List<CollectionId>, ITimer> _timers = [];

    public NudgeLane(Func<IReadOnlyList<CollectionId>, CancellationToken, Task> send, TimeProvider time, Action<Exception> failed)
    {
        (_send, _time) = (send, time);
        _turns = new Turns(SendAsync, failed);
    }

    public void Add(CollectionId collection)
    {
        lock (_gate)
            _waiting.Add(collection);
        _turns.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        await _turns.DisposeAsync();
        lock (_gate)
        {
            foreach (var timer in _timers.Values)
                timer.Dispose();
            _timers.Clear();
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var due = TakeDue();
        if (due.Count == 0)
            return;
        var gap = Task.Delay(Gap, _time, cancellationToken);
        await _send(due, cancellationToken);
        await gap;
    }

    private List<CollectionId> TakeDue()
    {
        lock (_gate)
        {
            var due = _waiting.Where(collection => !_resting.Contains(collection)).Take(WireNudge.MostCollections).ToList();
            if (due.Count == 0)
                return due;
            _waiting.ExceptWith(due);
            _resting.UnionWith(due);
            _timers[due] = _time.CreateTimer(_ => Wake(due), state: null, Rest, Timeout.InfiniteTimeSpan);
            return due;
        }
    }

    private void Wake(List<CollectionId> rested)
    {
        lock (_gate)
        {
            _resting.ExceptWith(rested);
            if (_timers.Remove(rested, out var timer))
                timer.Dispose();
        }
        _turns.Ask();
    }
}
