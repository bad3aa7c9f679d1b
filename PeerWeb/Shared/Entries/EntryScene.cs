using NodaTime;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Entries;

/// <summary>What the view knows around an entry when its dialog opens.</summary>
/// <param name="Colors">Checked colours.</param>
/// <param name="Clock">For the texts that are written.</param>
public sealed record EntryScene(
    EntryNouns Nouns, IReadOnlyList<Installation> Installations, IReadOnlyList<Source> Sources, IReadOnlyDictionary<SourceId, string> Colors, DateTimeZone Zone, TimeProvider Clock)
{
    /// <summary>The zone whose times show beside; null for none.</summary>
    public DateTimeZone? Second { get; init; }

    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    public IReadOnlyList<SourceGroup> Targets => EntryAllowance.Targets(Nouns, Installations, Sources);

    /// <summary>The viewer's own collection that takes what cannot go elsewhere; null where there is none.</summary>
    public Source? Own => Sources.Where(source => source.IsMine).OrderBy(source => source.Name, StringComparer.CurrentCulture).FirstOrDefault();

    public Source? Find(SourceId? id) => Sources.FirstOrDefault(source => source.Id == id);

    /// <summary>What a collection is called where several are spoken of.</summary>
    public static string NameOf(Source source) => source.IsMine ? source.Name : $"{source.Name} ({source.Id.Owner})";
}
