using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.PeerApi.Live;

/// <summary>Collections that a message names.</summary>
internal static class LiveIds
{
    /// <exception cref="PeerCallException">400 where one is no id.</exception>
    public static IReadOnlyList<CollectionId> Read(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => CollectionId.TryParse(text, out var id)
            ? id
            : throw new PeerCallException(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, "The id of a collection is not what it must be.")).Distinct()];
}
