using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing;

/// <summary>Whether a local user of that name may be granted something.</summary>
public delegate Task<bool> LocalUserExists(UserName name, CancellationToken cancellationToken);

/// <summary>What a user shares, and changes of it, as the signed-in user of the circuit. Nothing else in this feature knows a port.</summary>
public sealed class SharingQueries(
    SqlGrants grants,
    GuardedEntryStores stores,
    AppRegistry apps,
    IPeerBook peers,
    OwnInstallation own,
    LocalUserExists localUserExists,
    AuthenticationStateProvider viewer)
{
    public async Task<SharingFacts> ListAsync(CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        var known = await peers.ListAsync(cancellationToken);
        var store = stores.For(new Actor.Local(name, Groups: []));
        var collections = new List<SharedCollection>();
        foreach (var app in apps.All)
        {
            var given = await grants.ListAsync(name, app.Id, cancellationToken);
            foreach (var collection in (await store.ListCollectionsAsync(app.Id, cancellationToken)).Where(collection => collection.Owner == name))
            {
                var concerned = given.Where(grant => grant.Grant.Collection is null || grant.Grant.Collection == collection.Id);
                collections.Add(new SharedCollection(
                    collection.Id, app.Id, app.CollectionNoun, collection.Name, collection.Color, [.. concerned.Select(grant => AccessOf(grant, known))]));
            }
        }
        return new SharingFacts(new Address(name, own.Domain), collections);
    }

    /// <summary>Gives <i>read</i> on one of the viewer's collections to whom <paramref name="typed"/> names.</summary>
    public async Task<GiveOutcome> GiveReadAsync(SharedCollection collection, string typed, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        if (TypedAddress.Read(typed) is not { } address)
            return new GiveOutcome.Refused(TypedAddress.Explain(typed));
        if (address == new Address(name, own.Domain))
            return new GiveOutcome.Refused("That is your own address: what is yours you can read already.");

        Principal principal;
        if (address.Domain == own.Domain)
        {
            if (!await localUserExists(address.User, cancellationToken))
                return new GiveOutcome.Refused($"There is no user “{address.User}” at {own.Domain}. Check the spelling.");
            principal = new Principal.LocalUser(address.User);
        }
        else
        {
            var rows = (await peers.ListAsync(cancellationToken)).Where(peer => peer.Domain == address.Domain).ToList();
            if (rows.Find(peer => peer.State == LinkState.Active) is not { } peer)
                return new GiveOutcome.Refused(WhyNotLinked(address.Domain, rows));
            principal = new Principal.RemoteUser(peer.Id, address.User);
        }

        var change = new GrantChange(collection.App, collection.Id, principal, Rights.Read, Rights.None, Version: 0);
        return (await grants.SaveAsync(name, [change], cancellationToken))[0] switch
        {
            GrantOutcome.Saved => new GiveOutcome.Given(address),
            GrantOutcome.Stale => new GiveOutcome.Refused($"{address} already has access to “{collection.Name}”."),
            _ => new GiveOutcome.Refused($"“{collection.Name}” is not there any more."),
        };
    }

    /// <returns>False where it was gone already.</returns>
    public async Task<bool> RemoveAsync(GrantId grant, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        foreach (var app in apps.All)
        {
            if ((await grants.ListAsync(name, app.Id, cancellationToken)).FirstOrDefault(stored => stored.Grant.Id == grant) is not { } stored)
                continue;
            var change = new GrantChange(app.Id, stored.Grant.Collection, stored.Grant.Principal, Rights.None, Rights.All, stored.Version);
            return (await grants.SaveAsync(name, [change], cancellationToken))[0] is GrantOutcome.Saved;
        }
        return false;
    }

    private Access AccessOf(StoredGrant stored, IReadOnlyList<Peer> known)
    {
        var grant = stored.Grant;
        var peer = grant.Principal switch
        {
            Principal.RemoteUser user => Find(user.Peer),
            Principal.RemoteGroup group => Find(group.Peer),
            Principal.EveryoneAt everyone => Find(everyone.Peer),
            _ => null,
        };
        var domain = peer?.Domain.Value ?? "an unknown installation";
        var principal = grant.Principal switch
        {
            Principal.LocalUser user => new Address(user.Name, own.Domain).ToString(),
            Principal.LocalGroup group => $"group:{group.Name}",
            Principal.RemoteUser user => $"{user.Name}@{domain}",
            Principal.RemoteGroup group => $"group:{group.Name}@{domain}",
            Principal.EveryoneAt => $"everyone@{domain}",
            _ => throw new InvalidOperationException($"There is no principal {grant.Principal.GetType().Name}."),
        };
        var isLinked = grant.Principal is Principal.LocalUser or Principal.LocalGroup || peer?.State == LinkState.Active;
        return new Access(grant.Id, principal, peer?.DisplayName ?? own.Name, grant.Rights, grant.Collection is null, stored.CreatedAt, grant.ExpiresAt, isLinked);

        Peer? Find(PeerId id) => known.FirstOrDefault(candidate => candidate.Id == id);
    }

    private static string WhyNotLinked(Domain domain, List<Peer> rows) => rows.Select(peer => peer.State).LastOrDefault(LinkState.Revoked) switch
    {
        LinkState.Suspended => $"The link with {domain} is suspended. An administrator can resume it; until then nobody there can be given access.",
        LinkState.Blocked => $"The link with {domain} is blocked, because it showed another key. An administrator has to look at it first.",
        LinkState.Revoked or LinkState.Rejected =>
            $"This installation is not linked with {domain}. Ask an administrator to link the two under Peers, then share again. Nothing was sent.",
        _ => $"The link with {domain} is not finished: both administrators have to approve it. Then share again; nothing was sent.",
    };
}
