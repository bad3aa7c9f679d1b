using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi.Entries;

/// <summary>The remote user of a verified request: a name at the peer whose key signed it, and nobody else.</summary>
public sealed record PeerActor(Actor Value)
{
    public static ValueTask<PeerActor> BindAsync(HttpContext context) =>
        context.Features.Get<PeerRequest>() is { PeerId: { } peer, Actor: { } actor }
            ? ValueTask.FromResult(new PeerActor(new Actor.Remote(new PeerId(peer), UserName.Parse(actor.User), actor.Groups)))
            : throw new PeerCallException(StatusCodes.Status403Forbidden, PeerProblems.ActorMissing, "The call needs the user who acts, and names none.");
}
