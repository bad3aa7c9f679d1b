using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Which sources of peers are open here, and by whom, over all circuits of this process.</summary>
public sealed class OpenViews(OwnInstallation own)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Domain Installation, CollectionId Collection), Dictionary<UserName, int>> _open = [];

    /// <summary>A user opened a collection of this peer that was not open to that user. Handlers return at once and never throw.</summary>
    public event Action<Domain>? Opened;

    public IReadOnlyCollection<Domain> Installations
    {
        get
        {
            lock (_gate)
                return [.. _open.Keys.Select(key => key.Installation).Distinct()];
        }
    }

    /// <summary>Open until the result is disposed; sources of this installation need no lease and are passed over.</summary>
    public IDisposable Open(UserName viewer, IEnumerable<SourceId> sources)
    {
        var remote = sources.Where(source => source.Owner.Domain != own.Domain).Select(source => (source.Owner.Domain, source.Collection)).Distinct().ToList();
        var opened = new HashSet<Domain>();
        lock (_gate)
        {
            foreach (var key in remote)
            {
                if (!_open.TryGetValue(key, out var viewers))
                    viewers = _open[key] = [];
                if (!viewers.TryGetValue(viewer, out var count))
                    opened.Add(key.Domain);
                viewers[viewer] = count + 1;
            }
        }
        foreach (var domain in opened)
            Opened?.Invoke(domain);
        return new View(this, viewer, remote);
    }

    public bool IsOpen(Domain installation, CollectionId collection)
    {
        lock (_gate)
            return _open.ContainsKey((installation, collection));
    }

    /// <summary>What is open of one peer.</summary>
    public IReadOnlyList<(UserName Viewer, CollectionId Collection)> Of(Domain installation)
    {
        lock (_gate)
            return [.. _open.Where(pair => pair.Key.Installation == installation).SelectMany(pair => pair.Value.Keys.Select(viewer => (viewer, pair.Key.Collection)))];
    }

    private void Close(UserName viewer, List<(Domain Installation, CollectionId Collection)> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                var viewers = _open[key];
                if (--viewers[viewer] == 0)
                    viewers.Remove(viewer);
                if (viewers.Count == 0)
                    _open.Remove(key);
            }
        }
    }

    private sealed class View(OpenViews views, UserName viewer, List<(Domain Installation, CollectionId Collection)> keys) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
                views.Close(viewer, keys);
        }
    }
}
