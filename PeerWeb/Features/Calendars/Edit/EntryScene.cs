using NodaTime;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What the view knows around an event when its dialog opens.</summary>
/// <param name="Colors">Checked colours.</param>
/// <param name="Clock">For the texts that are written.</param>
public sealed record EntryScene(
    IReadOnlyList<Installation> Installations, IReadOnlyList<Source> Sources, IReadOnlyDictionary<SourceId, string> Colors, DateTimeZone Zone, TimeProvider Clock)
{
    /// <summary>The zone whose times show beside; null for none.</summary>
    public DateTimeZone? Second { get; init; }

    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    public IReadOnlyList<Shared.SourceGroup> Targets => EntryAllowance.Targets(Installations, Sources);

    /// <summary>The viewer's own calendar that takes what cannot go elsewhere; null where there is none.</summary>
    public Source? Own => Sources.Where(source => source.IsMine).OrderBy(source => source.Name, StringComparer.CurrentCulture).FirstOrDefault();

    public Source? Find(SourceId? id) => Sources.FirstOrDefault(source => source.Id == id);

    /// <summary>What a calendar is called where several are spoken of.</summary>
    public static string NameOf(Source source) => source.IsMine ? source.Name : $"{source.Name} ({source.Id.Owner})";
}
