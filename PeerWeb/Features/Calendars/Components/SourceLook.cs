using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>What a grid shows of a source. Of its state it has only what can be done, so that not every answer redraws a month.</summary>
/// <param name="Mark">Stands for it where there are no colours: "A", "B", ... "Z", "AA".</param>
/// <param name="ReadOnly">Why its events cannot be moved, in words for a person; null where they can.</param>
public sealed record SourceLook(SourceId Id, string Name, string Color, string Mark, string? ReadOnly)
{
    private const int Letters = 26;

    /// <summary>Those of <paramref name="before"/>, the same instance, where nothing of them changed.</summary>
    /// <param name="layers">Sources of other apps, with what shows them.</param>
    public static IReadOnlyDictionary<SourceId, SourceLook> Of(
        IReadOnlyList<Source> sources, IEnumerable<(CalendarLayer Layer, Source Source)> layers, IReadOnlyDictionary<SourceId, SourceLook> before)
    {
        var all = sources.Select(source => (Source: source, ReadOnly: AgainstMoving(source)))
            .Concat(layers.Select(one => (one.Source, ReadOnly: (string?)$"{EntryNouns.Capital(one.Layer.Nouns.Entries)} are changed on their own page.")))
            .DistinctBy(one => one.Source.Id)
            .ToList();
        var colors = SourceColor.Of(all.Select(one => one.Source));
        var looks = all
            .Select((one, index) => new SourceLook(one.Source.Id, one.Source.Name, colors[one.Source.Id], MarkOf(index), one.ReadOnly))
            .ToDictionary(look => look.Id);
        return looks.Count == before.Count && looks.All(look => before.TryGetValue(look.Key, out var known) && known == look.Value) ? before : looks;
    }

    private static string MarkOf(int index) => (index < Letters ? string.Empty : MarkOf((index / Letters) - 1)) + (char)('A' + (index % Letters));

    private static string? AgainstMoving(Source source) => EntryAllowance.Against(EventKind.Nouns, source, Rights.Edit) ?? source.Status.State switch
    {
        SourceState.Live => null,
        SourceState.Loading => $"Read only until {source.Id.Owner.Domain} has answered.",
        _ => $"Read only now: {source.Id.Owner.Domain} cannot be asked.",
    };
}
