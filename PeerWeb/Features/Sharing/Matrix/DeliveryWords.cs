using NodaTime;
using PeerWeb.Core.Sync;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>How another installation was told of a grant, in words and with its time.</summary>
/// <param name="Tone">"ok", "wait" or "bad"; never the only sign.</param>
public sealed record DeliveryWords(string Text, string Tone)
{
    /// <param name="all">All deliveries of the viewer: one that waits behind a failing one fails with it.</param>
    public static DeliveryWords Of(SharedDelivery delivery, IEnumerable<SharedDelivery> all, DateTimeZone zone, Instant now)
    {
        var peer = delivery.PeerName;
        switch (delivery.State)
        {
            case MessageState.Sent:
                return new($"{peer} confirmed {Time(delivery.Settled)}", "ok");
            case MessageState.Refused:
                return new($"{peer} did not take it: {Reason(delivery)}", "bad");
            case MessageState.Withdrawn:
                return new($"{peer} was not told: the link ended before", "bad");
            default:
                var failing = all.LastOrDefault(other => other.Peer == delivery.Peer && other is { State: MessageState.Waiting, Attempts: > 0 });
                return failing is null
                    ? new($"Telling {peer}…", "wait")
                    : new($"{peer} not reached, trying again at {Time(failing.NextTry)} ({Reason(failing)})", "wait");
        }

        string Time(Instant? at) => at is null ? "soon" : $"{SourceStateWords.Time(at.Value, zone, now)}{(zone.Equals(DateTimeZone.Utc) ? " UTC" : null)}";
    }

    /// <summary>The last word on each row of a principal that is not the best one comes first; null where nothing was ever sent.</summary>
    public static SharedDelivery? Worst(IEnumerable<SharedDelivery> ofPrincipal) => ofPrincipal
        .GroupBy(delivery => delivery.Key)
        .Select(row => row.First())
        .OrderBy(delivery => delivery.State switch { MessageState.Refused => 0, MessageState.Waiting => 1, _ => 2 })
        .ThenByDescending(delivery => delivery.Settled ?? Instant.MaxValue)
        .FirstOrDefault();

    private static string Reason(SharedDelivery delivery) => (delivery.Reason ?? "no reason was given").TrimEnd('.');
}
