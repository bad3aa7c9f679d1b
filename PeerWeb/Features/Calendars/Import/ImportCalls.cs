using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Features.Calendars.Import;

/// <summary>What the import asks of the rest, as the signed-in user of the circuit.</summary>
/// <param name="Targets">The calendars to which the viewer may add, anew whenever another installation has answered.</param>
/// <param name="AddCalendar">Makes a calendar of that name in a colour that the viewer's others do not have.</param>
/// <param name="Preview">What an import into a calendar, or into a new one, would do; the stream is read once, asynchronously only.</param>
/// <param name="Import">Saves the events of an iCalendar file, a result for each; the stream as above.</param>
/// <remarks>Preview and import throw <see cref="SourceUnavailableException"/> where the owner does not answer.</remarks>
public sealed record ImportCalls(
    Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Source>>> Targets,
    Func<string, CancellationToken, Task<SourceId>> AddCalendar,
    Func<SourceId?, Stream, CancellationToken, IAsyncEnumerable<PreviewedEntry>> Preview,
    Func<SourceId, Stream, CancellationToken, IAsyncEnumerable<ImportedEntry>> Import);
