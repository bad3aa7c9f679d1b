using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>Who a grant names. A remote principal is (peer, name): the text of an address is never stored.</summary>
public abstract record Principal
{
    private Principal()
    {
    }

    public sealed record LocalUser(UserName Name) : Principal;

    public sealed record LocalGroup(string Name) : Principal;

    public sealed record RemoteUser(PeerId Peer, UserName Name) : Principal;

    public sealed record RemoteGroup(PeerId Peer, string Name) : Principal;

    /// <summary>Every user of a peer.</summary>
    public sealed record EveryoneAt(PeerId Peer) : Principal;
}

/// <summary>Who acts: a user with the groups that their home says they are in.</summary>
public abstract record Actor(UserName Name, IReadOnlyList<string> Groups)
{
    public sealed record Local(UserName Name, IReadOnlyList<string> Groups) : Actor(Name, Groups);

    public sealed record Remote(PeerId Peer, UserName Name, IReadOnlyList<string> Groups) : Actor(Name, Groups);

    /// <summary>Whether a grant to <paramref name="principal"/> reaches this actor.</summary>
    public bool IsNamedBy(Principal principal) => (this, principal) switch
    {
        (Local, Principal.LocalUser user) => user.Name == Name,
        (Local, Principal.LocalGroup group) => Groups.Contains(group.Name, StringComparer.Ordinal),
        (Remote remote, Principal.RemoteUser user) => user.Peer == remote.Peer && user.Name == Name,
        (Remote remote, Principal.RemoteGroup group) => group.Peer == remote.Peer && Groups.Contains(group.Name, StringComparer.Ordinal),
        (Remote remote, Principal.EveryoneAt everyone) => everyone.Peer == remote.Peer,
        _ => false,
    };

    public bool Owns(UserName owner) => this is Local && Name == owner;
}
