using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Layers;

/// <summary>What the calendar asks of the apps that show in it, as the signed-in user of the circuit.</summary>
/// <param name="Layers">In their order.</param>
/// <param name="Days">What a merged query says of one app for a range of days in the viewer's zone, as it arrives.</param>
/// <param name="Refresh">What one installation says for such a range now, asked after the call; null where there is no active link with it.</param>
public sealed record LayerCalls(
    IReadOnlyList<CalendarLayer> Layers,
    Func<AppId, TimeRange, string, CancellationToken, IAsyncEnumerable<MergeUpdate>> Days,
    Func<AppId, TimeRange, string, Domain, CancellationToken, Task<MergeUpdate.Answered?>> Refresh);
