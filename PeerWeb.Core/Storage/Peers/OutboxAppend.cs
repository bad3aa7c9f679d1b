using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Puts messages in line within the transaction of what they tell of; who commits it raises <see cref="OutboxSignal"/> afterwards.</summary>
public static class OutboxAppend
{
    /// <param name="about">The local user whose doing it tells of; null where it is an admin's.</param>
    /// <param name="subject">What it tells of, such as a grant's id.</param>
    public static void AppendMessage(
        this PeerWebContext context, PeerId peer, MessageDraft draft, Instant now, UserName? about = null, Guid subject = default) =>
        context.Set<OutboxRow>().Add(new OutboxRow
        {
            PeerId = peer.Value,
            Kind = draft.Kind,
            Body = draft.Body,
            IdempotencyKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
            Created = now.ToUnixTimeMilliseconds(),
            NextTry = now.ToUnixTimeMilliseconds(),
            About = about?.Value,
            Subject = subject,
        });

    /// <summary>What still waits for a peer is overtaken; the request stays, for without it the other side cannot know who revokes.</summary>
    internal static async Task WithdrawMessagesAsync(this PeerWebContext context, PeerId peer, Instant now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        await context.Set<OutboxRow>()
            .Where(row => row.PeerId == peer.Value && row.State == MessageState.Waiting && row.Kind != LinkMessageKinds.Request)
            .ExecuteUpdateAsync(
                row => row.SetProperty(m => m.State, MessageState.Withdrawn).SetProperty(m => m.Settled, at).SetProperty(m => m.Reason, "The link was revoked."),
                cancellationToken);
    }
}
