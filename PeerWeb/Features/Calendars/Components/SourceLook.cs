using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>What a grid shows of a source. Of its state it has only what can be done, so that not every answer redraws a month.</summary>
/// <param name="Mark">Stands for it where there are no colours: "A", "B", ... "Z", "AA".</param>
/// <param name="ReadOnly">Why its events cannot be moved, in words for a person; null where they can.</param>
public sealed record SourceLook(SourceId Id, string Name, string Color, string Mark, string? ReadOnly)
{
    private const int Letters = 26;

    /// <summary>Those of <paramref name="before"/>, the same instance, where nothing of them changed.</summary>
    public static IReadOnlyDictionary<SourceId, SourceLook> Of(IReadOnlyList<Source> sources, IReadOnlyDictionary<SourceId, SourceLook> before)
    {
        var colors = SourceColor.Of(sources);
        var looks = sources
            .DistinctBy(source => source.Id)
            .Select((source, index) => new SourceLook(source.Id, source.Name, colors[source.Id], MarkOf(index), AgainstMoving(source)))
            .ToDictionary(look => look.Id);
        return looks.Count == before.Count && looks.All(look => before.TryGetValue(look.Key, out var known) && known == look.Value) ? before : looks;
    }

    private static string MarkOf(int index) => (index < Letters ? string.Empty : MarkOf((index / Letters) - 1)) + (char)('A' + (index % Letters));

    private static string? AgainstMoving(Source source) => EntryAllowance.Against(source, Rights.Edit) ?? source.Status.State switch
    {
        SourceState.Live => null,
        SourceState.Loading => $"Read only until {source.Id.Owner.Domain} has answered.",
        _ => $"Read only now: {source.Id.Owner.Domain} cannot be asked.",
    };
}
