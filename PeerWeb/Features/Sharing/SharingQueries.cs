using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Sharing.Matrix;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing;

/// <summary>Whether a local user of that name may be granted something.</summary>
public delegate Task<bool> LocalUserExists(UserName name, CancellationToken cancellationToken);

/// <summary>What a user shares, and changes of it, as the signed-in user of the circuit.</summary>
public sealed class SharingQueries(
    SqlGrants grants,
    GrantDeliveries deliveries,
    GuardedEntryStores stores,
    AppRegistry apps,
    IPeerBook peers,
    OwnInstallation own,
    SourceChanges sources,
    LocalUserExists localUserExists,
    AuthenticationStateProvider viewer)
{
    public async Task<SharingFacts> ListAsync(CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        var known = await peers.ListAsync(cancellationToken);
        var store = stores.For(new Actor.Local(name, Groups: []));
        var all = new List<MatrixApp>();
        var granted = new Dictionary<MatrixKey, StoredRights>();
        foreach (var app in apps.All)
        {
            var given = await grants.ListAsync(name, app.Id, cancellationToken);
            var visible = await store.ListCollectionsAsync(app.Id, cancellationToken);
            all.Add(new MatrixApp(
                app.Id, app.CollectionNoun, [.. visible.Where(one => one.Owner == name).Select(one => new MatrixCollection(one.Id, DisplayText.OneLine(one.Name), one.Color))]));
            foreach (var stored in given)
                granted.Add(new MatrixKey(app.Id, stored.Grant.Principal, stored.Grant.Collection), new StoredRights(stored.Grant.Rights, stored.Version, stored.Grant.ExpiresAt));
        }
        var principals = granted.Keys.Select(key => key.Principal).Distinct().Select(principal => Shown(principal, known));
        var told = (await deliveries.ListAsync(name, cancellationToken)).Select(delivery => Shown(delivery, known));
        return new SharingFacts(new Address(name, own.Domain), new MatrixFacts(all, [.. principals], granted), [.. told]);
    }

    /// <summary>Whom <paramref name="typed"/> names; nothing is stored or sent.</summary>
    public async Task<PrincipalAnswer> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        if (TypedAddress.Read(typed) is not { } address)
            return new PrincipalAnswer.Refused(TypedAddress.Explain(typed));
        if (address == new Address(name, own.Domain))
            return new PrincipalAnswer.Refused("That is your own address: with what is yours you can do everything already.");

        var known = await peers.ListAsync(cancellationToken);
        if (address.Domain == own.Domain)
        {
            if (TypedAddress.IsEveryone(address))
                return new PrincipalAnswer.Refused($"Everyone at {own.Domain} at once is not possible for your own installation. Add people one by one.");
            return await localUserExists(address.User, cancellationToken)
                ? new PrincipalAnswer.Found(Shown(new Principal.LocalUser(address.User), known))
                : new PrincipalAnswer.Refused($"There is no user “{address.User}” at {own.Domain}. Check the spelling.");
        }
        var rows = known.Where(peer => peer.Domain == address.Domain).ToList();
        if (rows.Find(peer => peer.State == LinkState.Active) is not { } linked)
            return new PrincipalAnswer.Refused(WhyNotLinked(address.Domain, rows));
        Principal principal = TypedAddress.IsEveryone(address)
            ? new Principal.EveryoneAt(linked.Id)
            : new Principal.RemoteUser(linked.Id, address.User);
        return new PrincipalAnswer.Found(Shown(principal, known));
    }

    /// <summary>Stores single rights given and taken; each change stands for itself.</summary>
    public async Task<IReadOnlyList<MatrixOutcome>> SaveAsync(IReadOnlyList<GrantChange> changes, CancellationToken cancellationToken)
    {
        var outcomes = await grants.SaveAsync(await viewer.NameAsync(), changes, cancellationToken);
        foreach (var (change, outcome) in changes.Zip(outcomes))
        {
            // Users of a peer hear of it by a notice, those here by their open pages.
            if (outcome is GrantOutcome.Saved && change.Principal is Principal.LocalUser user)
                sources.Announce(new SourceChange(own.Domain, change.Collection, user.Name));
        }
        return [.. changes.Zip(outcomes, (change, outcome) => new MatrixOutcome(change, outcome))];
    }

    private MatrixPrincipal Shown(Principal principal, IReadOnlyList<Peer> known)
    {
        PeerId? id = principal switch
        {
            Principal.RemoteUser user => user.Peer,
            Principal.RemoteGroup group => group.Peer,
            Principal.EveryoneAt everyone => everyone.Peer,
            _ => null,
        };
        var peer = known.FirstOrDefault(candidate => candidate.Id == id);
        var domain = peer?.Domain.Value ?? "an unknown installation";
        var name = principal switch
        {
            Principal.LocalUser user => new Address(user.Name, own.Domain).ToString(),
            Principal.LocalGroup group => $"group:{group.Name}",
            Principal.RemoteUser user => $"{user.Name}@{domain}",
            Principal.RemoteGroup group => $"group:{group.Name}@{domain}",
            Principal.EveryoneAt => $"{TypedAddress.Everyone}@{domain}",
            _ => throw new InvalidOperationException($"There is no principal {principal.GetType().Name}."),
        };
        return new MatrixPrincipal(principal, name, id is null ? own.Name : DisplayText.OneLine(peer?.DisplayName ?? domain), id, Problem(id, peer));
    }

    private SharedDelivery Shown(GrantDelivery delivery, IReadOnlyList<Peer> known)
    {
        var notice = delivery.Notice;
        Principal to = notice.Recipient is { } user ? new Principal.RemoteUser(delivery.Peer, user) : new Principal.EveryoneAt(delivery.Peer);
        var shown = Shown(to, known);
        return new SharedDelivery(
            new MatrixKey(notice.App, to, notice.Collection), delivery.Peer, shown.Home, shown.Name, notice.IsEnd,
            delivery.State, delivery.Settled, delivery.Attempts, delivery.NextTry, delivery.Reason);
    }

    private static string? Problem(PeerId? id, Peer? peer) => (id, peer?.State) switch
    {
        (null, _) or (_, LinkState.Active) => null,
        (_, LinkState.Suspended) => "The link is suspended: nothing here has any effect until an administrator resumes it.",
        (_, LinkState.Blocked) => "The link is blocked, because the other side showed another key: nothing here has any effect until an administrator has looked at it.",
        _ => "There is no active link: nothing here has any effect.",
    };

    private static string WhyNotLinked(Domain domain, List<Peer> rows) => rows.Select(peer => peer.State).LastOrDefault(LinkState.Revoked) switch
    {
        LinkState.Suspended => $"The link with {domain} is suspended. An administrator can resume it; until then nobody there can be given access.",
        LinkState.Blocked => $"The link with {domain} is blocked, because it showed another key. An administrator has to look at it first.",
        LinkState.Revoked or LinkState.Rejected =>
            $"This installation is not linked with {domain}. Ask an administrator to link the two under Peers, then share again. Nothing was sent.",
        _ => $"The link with {domain} is not finished: both administrators have to approve it. Then share again; nothing was sent.",
    };
}
