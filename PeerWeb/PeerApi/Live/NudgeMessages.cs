using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.PeerApi.Messages;

namespace PeerWeb.PeerApi.Live;

/// <summary>A peer says that collections of its own changed. It carries no entries: what changed, the open views ask, as the user who looks.</summary>
internal sealed class NudgeMessages(IPeerBook book, OpenViews views, SourceChanges changes) : IPeerMessageHandler
{
    public string Kind => LiveMessageKinds.Nudge;

    public MessageShape Shape { get; } = new(typeof(WireNudge), Answer: null, IsRepeated: false, "These open collections changed: ask again");

    public async Task<IResult> HandleAsync(PeerId peer, ReadOnlyMemory<byte> body, Receipt? receipt, CancellationToken cancellationToken)
    {
        var nudge = PeerBody.Read<WireNudge>(body);
        if (nudge.Collections.Count > WireNudge.MostCollections)
            throw new PeerCallException(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, $"A nudge is of at most {WireNudge.MostCollections} collections.");
        var changed = LiveIds.Read(nudge.Collections);
        if (await book.FindAsync(peer, cancellationToken) is { } sender)
        {
            // Only what we hold leases for; a nudge may also come after the view was closed, or from who was never asked for any.
            foreach (var collection in changed.Where(collection => views.IsOpen(sender.Domain, collection)))
                changes.Announce(new SourceChange(sender.Domain, collection, Viewer: null));
        }
        return TypedResults.NoContent();
    }
}
