using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Identity;

namespace PeerWeb.Cli;

/// <summary>Whose entries of which app a command is about, as it was typed.</summary>
internal sealed record CollectionChoice(UserName Owner, IApp App, IEntryStore Store, IReadOnlyList<Collection> Own)
{
    /// <exception cref="CommandFailedException">There is no such user or app.</exception>
    public static async Task<CollectionChoice> OfAsync(CommandRun run, string user, string app, CancellationToken cancellationToken)
    {
        if (!AppId.TryParse(app, out var appId) || run.Services.GetRequiredService<AppRegistry>().Find(appId) is not { } found)
            throw new CommandFailedException($"There is no app {app}.");
        if (!UserName.TryParse(user, out var owner) || await run.Services.GetRequiredService<UserDirectory>().FindAsync(user, cancellationToken) is null)
            throw new CommandFailedException($"There is no user {user}.");
        var store = run.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(owner, Groups: []));
        var all = await store.ListCollectionsAsync(appId, cancellationToken);
        return new CollectionChoice(owner, found, store, [.. all.Where(collection => collection.Owner == owner)]);
    }

    /// <summary>The one of this name, or null.</summary>
    /// <exception cref="CommandFailedException">There are several.</exception>
    public Collection? Find(string name)
    {
        var named = Own.Where(collection => collection.Name == name).ToList();
        return named.Count > 1 ? throw new CommandFailedException($"{Owner} has {named.Count} collections named {name}.") : named.SingleOrDefault();
    }
}
