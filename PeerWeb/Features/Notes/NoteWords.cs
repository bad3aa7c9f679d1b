using System.Globalization;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Notes;

namespace PeerWeb.Features.Notes;

/// <summary>Days of notes in words.</summary>
public static class NoteWords
{
    /// <summary>"24 Nov 2026"</summary>
    public static string Day(LocalDate day) => day.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>"24 Nov 2026": its date, or else when it was changed.</summary>
    public static string? About(MergedEntry entry, DateTimeZone zone) =>
        entry.Summary.Start is { } date ? Day(date.LocalFor(zone).Date)
        : NoteDetail.Parse(entry.Summary.Detail).ModifiedAt is { } at ? Day(at.InZone(zone).Date)
        : null;
}
