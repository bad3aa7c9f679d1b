using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars;

/// <summary>Everything that the calendar asks of the rest, as the signed-in user of the circuit. Nothing else in this feature knows a port.</summary>
/// <param name="Days">What a merged query says for a range of days in the viewer's zone, as it arrives.</param>
/// <param name="Read">One instance of an event, from its owner.</param>
/// <param name="OwnCalendars">The viewer's own calendars, by name.</param>
/// <param name="AddCalendar">Makes a calendar of that name and returns its id.</param>
/// <param name="Import">Saves the events of an iCalendar file, a result for each; the stream is read once, asynchronously only.</param>
public sealed record CalendarQueries(
    Func<TimeRange, string, CancellationToken, IAsyncEnumerable<MergeUpdate>> Days,
    Func<InstanceKey, CancellationToken, Task<EventAnswer>> Read,
    Func<CancellationToken, Task<IReadOnlyList<OwnCalendar>>> OwnCalendars,
    Func<string, CancellationToken, Task<CollectionId>> AddCalendar,
    Func<CollectionId, Stream, CancellationToken, IAsyncEnumerable<ImportedEntry>> Import);

public sealed record OwnCalendar(CollectionId Id, string Name, string? Color);

/// <summary>What reading one event came to.</summary>
public abstract record EventAnswer
{
    private EventAnswer()
    {
    }

    public sealed record Found(CalendarEvent Event) : EventAnswer;

    /// <summary>Not there any more, or not for this viewer; the two are one.</summary>
    public sealed record NotFound : EventAnswer;

    /// <param name="Reason">Why its owner cannot be asked, in words for a person.</param>
    public sealed record Unavailable(string Reason) : EventAnswer;
}
