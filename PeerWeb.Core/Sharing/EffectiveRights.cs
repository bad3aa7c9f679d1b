using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>What an actor may do with one collection: the union of all grants that name them, cut by the ceiling.</summary>
/// <param name="Version">Changes whenever <paramref name="Rights"/> does, and with nothing else.</param>
public sealed record EffectiveRights(Rights Rights, GrantVersion Version)
{
    /// <param name="grants">Any grants; those that do not concern the collection, the actor or the present are passed over.</param>
    /// <param name="ceilings">Any ceilings; none for the actor's peer and the app means no ceiling.</param>
    /// <param name="linkIsActive">Whether a remote actor's link is active; without it no grant gives anything.</param>
    public static EffectiveRights Of(
        Actor actor, CollectionFact collection, IEnumerable<Grant> grants, IEnumerable<Ceiling> ceilings, bool linkIsActive, Instant now)
    {
        if (actor.Owns(collection.Owner))
            return For(actor, Rights.All);
        if (actor is Actor.Remote && !linkIsActive)
            return For(actor, Rights.None);

        var union = grants
            .Where(grant => Concerns(grant, collection) && actor.IsNamedBy(grant.Principal) && !(grant.ExpiresAt <= now))
            .Aggregate(Rights.None, (rights, grant) => rights | grant.Rights);
        var ceiling = actor is Actor.Remote remote
            ? ceilings.Where(c => c.Peer == remote.Peer && c.App == collection.App).Select(c => (Rights?)c.Rights).FirstOrDefault() ?? Rights.All
            : Rights.All;
        return For(actor, (union.InEffect() & ceiling).InEffect());
    }

    private static bool Concerns(Grant grant, CollectionFact collection) =>
        grant.Owner == collection.Owner && grant.App == collection.App && (grant.Collection is null || grant.Collection == collection.Id);

    private static EffectiveRights For(Actor actor, Rights rights)
    {
        var text = $"{actor.GetType().Name} {(actor as Actor.Remote)?.Peer} {actor.Name} {(int)rights}";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new EffectiveRights(rights, GrantVersion.Parse(Convert.ToHexStringLower(digest.AsSpan(0, 8))));
    }
}
