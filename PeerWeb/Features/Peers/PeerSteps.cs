using System.Globalization;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;

namespace PeerWeb.Features.Peers;

public enum StepMark
{
    Done,
    Waiting,
    Failed,
}

/// <summary>One named step towards a working link.</summary>
/// <param name="At">When it was done or failed.</param>
/// <param name="Note">What is missing or went wrong; null where nothing is to be said.</param>
public sealed record PeerStep(string Name, StepMark Mark, Instant? At, string? Note);

/// <summary>How a link stands, in steps that a person can follow.</summary>
public static class PeerSteps
{
    private static readonly Duration WorrisomeSkew = Duration.FromSeconds(30);

    public static IReadOnlyList<PeerStep> Of(Peer peer) =>
        [Reachable(peer), KeyKnown(peer), Compared(peer), ApprovedHere(peer), ApprovedThere(peer), LastExchange(peer)];

    /// <summary>The message that holds up the ones behind it, in words; null where nothing waits.</summary>
    public static string? Undelivered(Peer peer, IEnumerable<OutboxMessage> messages)
    {
        var waiting = messages.Where(message => message.Peer == peer.Id && message.State == MessageState.Waiting);
        if (waiting.OrderBy(message => IsOfLink(message) ? 0 : 1).FirstOrDefault() is not { } first)
            return null;
        if (!IsOfLink(first) && peer.State != LinkState.Active)
            return "A change of sharing waits until the link is active.";
        var what = IsOfLink(first) ? What(first) : $"a {What(first)}";
        return first.Attempts == 0
            ? $"Telling them: {what}."
            : $"Not delivered yet: {what}. {first.Reason} Tried {first.Attempts} {(first.Attempts == 1 ? "time" : "times")}, next at {Time(first.NextTry)}.";
    }

    /// <summary>The last message that the other side turned down, in words; null where it took the last one.</summary>
    public static string? TurnedDown(Peer peer, IEnumerable<OutboxMessage> messages) =>
        messages.LastOrDefault(message => message.Peer == peer.Id) is { State: MessageState.Refused } last
            ? $"They turned down our {What(last)}: {last.Reason}"
            : null;

    public static string Time(Instant at) => at.ToDateTimeUtc().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static bool IsOfLink(OutboxMessage message) => message.Kind.StartsWith(LinkMessageKinds.Prefix, StringComparison.Ordinal);

    private static string What(OutboxMessage message) =>
        IsOfLink(message) ? message.Kind[LinkMessageKinds.Prefix.Length..] : "change of sharing";

    private static PeerStep Reachable(Peer peer)
    {
        var last = Latest(Latest(peer.Verified, peer.Facts.Blocked), peer.LastExchange);
        if (peer.LastErrorAt is { } failed && !(last > failed))
            return new("Reachable", StepMark.Failed, failed, peer.LastError);
        return last is null ? new("Reachable", StepMark.Waiting, null, "Not asked yet") : new("Reachable", StepMark.Done, last, null);
    }

    private static PeerStep KeyKnown(Peer peer) => peer switch
    {
        { Seen: { } seen } => new("Key known", StepMark.Failed, peer.Facts.Blocked, seen.Reason),
        { Verified: { } at } => new("Key known", StepMark.Done, at, null),
        _ => new("Key known", StepMark.Waiting, null, "Its domain has not confirmed it yet"),
    };

    private static PeerStep Compared(Peer peer) => peer.Facts.ApprovedHere is { } at && peer.Seen is null
        ? new("Compared", StepMark.Done, at, null)
        : new("Compared", StepMark.Waiting, null, "Compare the fingerprints with the other admin");

    private static PeerStep ApprovedHere(Peer peer) => peer.Facts switch
    {
        { RejectedHere: { } at } => new("Approved here", StepMark.Failed, at, "Rejected here"),
        { ApprovedHere: { } at } => new("Approved here", StepMark.Done, at, null),
        _ => new("Approved here", StepMark.Waiting, null, null),
    };

    private static PeerStep ApprovedThere(Peer peer) => peer.Facts switch
    {
        { RejectedThere: { } at } => new("Approved there", StepMark.Failed, at, "Rejected there"),
        { ApprovedThere: { } at } => new("Approved there", StepMark.Done, at, null),
        _ => new("Approved there", StepMark.Waiting, null, null),
    };

    private static PeerStep LastExchange(Peer peer)
    {
        var note = peer.ClockSkew is { } skew && Duration.Max(skew, -skew) > WorrisomeSkew
            ? string.Create(CultureInfo.InvariantCulture, $"Their clock is {Math.Abs(skew.TotalSeconds):0} s {(skew > Duration.Zero ? "ahead of" : "behind")} ours")
            : null;
        return peer.LastExchange is { } at
            ? new("Last exchange", note is null ? StepMark.Done : StepMark.Failed, at, note)
            : new("Last exchange", StepMark.Waiting, null, null);
    }

    private static Instant? Latest(Instant? one, Instant? other) => one is null || other > one ? other : one;
}
