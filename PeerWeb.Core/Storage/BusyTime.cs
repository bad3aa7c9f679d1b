using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage;

/// <summary>Makes busy time of what a principal may know of but not read. The only place where an entry is made less than it is.</summary>
/// <remarks>A block is as long as its instance and says nothing else: no zone, no series, no id that is known elsewhere, an ETag of what is shown.</remarks>
internal sealed class BusyTime(TokenSeal seal, IApp app, Actor actor)
{
    private readonly string _principal = $"{actor.GetType().Name} {(actor as Actor.Remote)?.Peer} {actor.Name}";

    /// <summary>Where everything is busy time, two instances at one time are one block: how many there are is not said either.</summary>
    private readonly HashSet<Uid> _seen = [];

    /// <summary>Whether the principal may not read it.</summary>
    public static bool Hides(EntrySummary instance, ScopedCollection scoped) =>
        scoped.Redaction == Redaction.AllIsBusy || (instance.IsPrivate && !scoped.SeesPrivate);

    /// <summary>An instance as the principal sees it; null where it takes no time or its block is there already.</summary>
    public EntrySummary? Seen(EntrySummary instance, ScopedCollection scoped)
    {
        if (!Hides(instance, scoped))
            return instance;
        if (!app.IsBusy(instance.Detail) || instance is not { Start: { } start, End: { } end })
            return null;
        var (from, to) = (Plain(start), Plain(end));
        var shown = $"{scoped.Id} {from.Kind} {from.Local} {to.Kind} {to.Local}";
        var uid = Uid.Parse(seal.Blind($"{_principal} {(scoped.CanRead ? $"{instance.Uid} {instance.RecurrenceId}" : null)} {shown}"));
        if (!scoped.CanRead && !_seen.Add(uid))
            return null;
        return new EntrySummary(
            scoped.Id, uid, ETag.Parse(seal.Blind(shown)), RecurrenceId: null, Title: string.Empty, from, to, scoped.CanRead, Detail: "{}")
        {
            IsRedacted = true,
        };
    }

    private static EntryTime Plain(EntryTime time) => time.Instant is { } instant ? EntryTime.Utc(instant) : time;
}
