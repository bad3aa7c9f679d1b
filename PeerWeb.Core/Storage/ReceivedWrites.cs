using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>What a delivery was answered when it first had an effect, kept with that effect: a repeat gets the same answer and has none.</summary>
/// <remarks>A delivery that changed nothing leaves no trace; repeated, it is decided anew.</remarks>
internal sealed class ReceivedWrites(PeerWebContext db, Actor actor, Delivery delivery, Instant now)
{
    /// <summary>How long a repeat is known as one.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(30);

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Guid _peer = actor is Actor.Remote remote ? remote.Peer.Value : Guid.Empty;

    // A peer's users share its keys, of which it keeps order; those of local users are each user's own. The digest fits the column whatever the name.
    private readonly string _key = actor is Actor.Local
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Name}:{delivery.IdempotencyKey}")))
        : delivery.IdempotencyKey;

    /// <summary>The outcomes of the first time; null where this is the first time.</summary>
    /// <param name="writes">The UIDs of the delivery, in its order.</param>
    /// <param name="currentOf">What is there now, where the principal may read it: what was stale is shown as it is, not as it was.</param>
    public async Task<IReadOnlyList<SaveOutcome>?> AnswerAgainAsync(
        IReadOnlyList<Uid> writes, Func<Uid, Entry?> currentOf, CancellationToken cancellationToken)
    {
        var first = await db.ReceivedWrites.AsNoTracking()
            .FirstOrDefaultAsync(row => row.PeerId == _peer && row.IdempotencyKey == _key, cancellationToken);
        if (first is null)
            return null;
        var outcomes = JsonSerializer.Deserialize<List<Stored>>(first.Outcomes, Json) ?? [];
        return first.Actor == actor.Name.Value && first.BodyHash == delivery.BodyHash && outcomes.Count == writes.Count
            ? [.. outcomes.Zip(writes, (stored, uid) => stored.Outcome(() => currentOf(uid)))]
            : [.. writes.Select(_ => new SaveOutcome.KeyReused())];
    }

    /// <summary>Adds the row where anything changed; the caller saves it with the change.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> KeepAsync(IReadOnlyList<SaveOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (!outcomes.Any(outcome => outcome is SaveOutcome.Saved or SaveOutcome.Deleted))
            return false;
        var old = (now - Lifetime).ToUnixTimeMilliseconds();
        await db.ReceivedWrites.Where(row => row.Received < old).ExecuteDeleteAsync(cancellationToken);
        db.ReceivedWrites.Add(new ReceivedWriteRow
        {
            PeerId = _peer,
            IdempotencyKey = _key,
            Actor = actor.Name.Value,
            BodyHash = delivery.BodyHash,
            Outcomes = JsonSerializer.Serialize(outcomes.Select(Stored.Of), Json),
            Received = now.ToUnixTimeMilliseconds(),
        });
        return true;
    }

    /// <summary>One outcome as the row has it.</summary>
    private sealed record Stored(string Kind, string? ETag = null, int? Missing = null, string? Reason = null, int? Line = null)
    {
        public static Stored Of(SaveOutcome outcome) => outcome switch
        {
            SaveOutcome.Saved saved => new Stored("saved", ETag: saved.ETag.Value),
            SaveOutcome.Deleted => new Stored("deleted"),
            SaveOutcome.Stale => new Stored("stale"),
            SaveOutcome.Forbidden forbidden => new Stored("forbidden", Missing: (int)forbidden.Missing),
            SaveOutcome.NotFound => new Stored("not-found"),
            SaveOutcome.Invalid invalid => new Stored("invalid", Reason: invalid.Reason, Line: invalid.Line),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is not stored."),
        };

        public SaveOutcome Outcome(Func<Entry?> current) => Kind switch
        {
            "saved" => new SaveOutcome.Saved(Primitives.ETag.Parse(ETag)),
            "deleted" => new SaveOutcome.Deleted(),
            "stale" => new SaveOutcome.Stale(current()),
            "forbidden" => new SaveOutcome.Forbidden((Rights)(Missing ?? 0)),
            "not-found" => new SaveOutcome.NotFound(),
            "invalid" => new SaveOutcome.Invalid(Reason ?? string.Empty, Line),
            _ => throw new InvalidOperationException($"{Kind} is no stored outcome."),
        };
    }
}
