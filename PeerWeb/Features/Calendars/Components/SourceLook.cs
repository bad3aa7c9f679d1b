using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>What the grid shows of a source. It has no state in it, so that a new state does not redraw a month.</summary>
public sealed record SourceLook(SourceId Id, string Name, string Color)
{
    /// <summary>Those of <paramref name="before"/>, the same instance, where nothing of them changed.</summary>
    public static IReadOnlyDictionary<SourceId, SourceLook> Of(IReadOnlyList<Source> sources, IReadOnlyDictionary<SourceId, SourceLook> before)
    {
        var colors = SourceColor.Of(sources);
        var looks = sources.DistinctBy(source => source.Id).ToDictionary(source => source.Id, source => new SourceLook(source.Id, source.Name, colors[source.Id]));
        return looks.Count == before.Count && looks.All(look => before.TryGetValue(look.Key, out var known) && known == look.Value) ? before : looks;
    }
}
