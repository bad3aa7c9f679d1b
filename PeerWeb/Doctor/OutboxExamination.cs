using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using PeerWeb.Backups;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Sync;
using PeerWeb.Shell;

namespace PeerWeb.Doctor;

/// <summary>Messages to peers that do not get through, and, after a restore, grants that the other side says have ended.</summary>
internal sealed class OutboxExamination(IPeerBook book, IOutboxStore outbox, EntryDatabase entries, DataDirectory data, TimeProvider time) : IExamination
{
    private const int LastOfEach = 200;

    private static readonly Duration Patience = Duration.FromHours(1);

    public string Subject => "outbox";

    public bool IsFoundation => false;

    public bool NeedsNetwork => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var peers = await book.ListAsync(cancellationToken);
        var messages = (await outbox.RecentAsync(LastOfEach, cancellationToken)).ToLookup(message => message.Peer);
        var restored = RestoreNote.Read(data) is { } note && note.Epoch == (await entries.InstallationAsync(cancellationToken)).Epoch ? note.Restored.ToInstant() : (Instant?)null;
        var findings = peers.SelectMany(peer => Look(peer, [.. messages[peer.Id]], restored)).ToList();
        return findings.Count > 0 ? findings : [Finding.Ok(Subject, "nothing is stuck")];
    }

    private IEnumerable<Finding> Look(Peer peer, IReadOnlyList<OutboxMessage> messages, Instant? restored)
    {
        var waiting = messages.Where(message => message.State == MessageState.Waiting).ToList();
        if (waiting.Count > 0 && time.GetUtcNow().ToInstant() - waiting[0].Created > Patience)
        {
            yield return Finding.Warning(
                Subject,
                string.Create(CultureInfo.InvariantCulture, $"{peer.Domain}: {waiting.Count} messages wait since {waiting[0].Created}. {waiting[0].Reason ?? "The link is not active."}"),
                $"peer test {peer.Domain}; they are repeated by themselves for 90 days.");
        }
        var ended = messages.Count(message => message.State == MessageState.Refused && message.Settled >= restored && GrantMessageKinds.All.Contains(message.Kind));
        if (ended > 0)
        {
            yield return Finding.Warning(
                Subject,
                string.Create(CultureInfo.InvariantCulture, $"{peer.Domain} has not taken {ended} grants that were told anew after the restore: most likely they were taken away after the backup, and give access again."),
                "Look at Sharing of each owner and take them away again, or give them anew.");
        }
    }
}
