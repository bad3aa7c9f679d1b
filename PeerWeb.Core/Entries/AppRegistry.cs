using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>The apps of this installation, by id.</summary>
public sealed class AppRegistry(IEnumerable<IApp> apps)
{
    private readonly Dictionary<AppId, IApp> _apps = apps.ToDictionary(app => app.Id);

    public IReadOnlyCollection<IApp> All => _apps.Values;

    public IApp? Find(AppId id) => _apps.GetValueOrDefault(id);

    /// <exception cref="KeyNotFoundException">No such app is registered: the database was written by a newer PeerWeb.</exception>
    public IApp Get(AppId id) => _apps[id];
}
