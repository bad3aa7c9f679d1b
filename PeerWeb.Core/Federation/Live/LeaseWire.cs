using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Open views as lease messages, and back.</summary>
public static class LeaseWire
{
    /// <summary>In messages that are not too large.</summary>
    public static IEnumerable<IReadOnlyList<(UserName Viewer, CollectionId Collection)>> Parts(IEnumerable<(UserName Viewer, CollectionId Collection)> open) =>
        open.GroupBy(view => view.Viewer).Chunk(WireLease.MostViews).SelectMany(some => some.SelectMany(view => view).Chunk(WireLease.MostCollections));

    public static WireLease Write(IEnumerable<(UserName Viewer, CollectionId Collection)> open) => new(
        LiveMessageKinds.Lease,
        [.. open.GroupBy(view => view.Viewer, view => view.Collection.ToString()).Select(view => new WireOpenView(view.Key.Value, [.. view]))]);

    /// <summary>What is readable of an answer.</summary>
    public static IEnumerable<(UserName Viewer, CollectionId Collection)> Read(WireLeased leased)
    {
        foreach (var view in leased.Views)
        {
            if (!UserName.TryParse(view.User, out var viewer))
                continue;
            foreach (var text in view.Collections)
            {
                if (CollectionId.TryParse(text, out var collection))
                    yield return (viewer, collection);
            }
        }
    }
}
