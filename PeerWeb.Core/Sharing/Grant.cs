using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

public readonly record struct GrantId(Guid Value)
{
    public static GrantId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString("D");
}

/// <summary>One owner gives one principal rights on one collection, or on all of an app that the owner has or will have.</summary>
/// <param name="Collection">Null: everything of <paramref name="App"/>.</param>
/// <param name="Rights">As ticked; what takes effect is <see cref="EffectiveRights"/>.</param>
/// <param name="ExpiresAt">From then on it gives nothing.</param>
public sealed record Grant(
    GrantId Id,
    UserName Owner,
    AppId App,
    CollectionId? Collection,
    Principal Principal,
    Rights Rights,
    Instant? ExpiresAt,
    string Note);

/// <summary>The most that any grant to a peer gives, per app.</summary>
public sealed record Ceiling(PeerId Peer, AppId App, Rights Rights);
