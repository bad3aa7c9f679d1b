using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars;

/// <summary>Everything that the calendar asks of the rest, as the signed-in user of the circuit. Nothing else in this feature knows a port.</summary>
/// <param name="Days">What a merged query says for a range of days in the viewer's zone, as it arrives.</param>
/// <param name="Refresh">What one installation says for such a range now, asked after the call; null where there is no active link with it.</param>
/// <param name="Entries">What the dialog of one event asks.</param>
/// <param name="Settings">How the viewer wants to see it all.</param>
public sealed record CalendarQueries(
    Func<TimeRange, string, CancellationToken, IAsyncEnumerable<MergeUpdate>> Days,
    Func<TimeRange, string, Domain, CancellationToken, Task<MergeUpdate.Answered?>> Refresh,
    EntryCalls<EventForm> Entries,
    SettingsCalls Settings);

/// <summary>What reading one event came to.</summary>
public abstract record EventAnswer
{
    private EventAnswer()
    {
    }

    /// <param name="Event">The asked instance.</param>
    public sealed record Found(CalendarEvent Event) : EventAnswer;

    /// <summary>Not there any more, or not for this viewer; the two are one.</summary>
    public sealed record NotFound : EventAnswer;

    /// <param name="Reason">Why its owner cannot be asked, in words for a person.</param>
    public sealed record Unavailable(string Reason) : EventAnswer;
}
