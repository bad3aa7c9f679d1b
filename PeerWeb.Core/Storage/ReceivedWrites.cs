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

    private const string KeepIt =
        """
        DELETE FROM "received_writes" WHERE "Received" < @old;
        INSERT INTO "received_writes" ("PeerId", "IdempotencyKey", "Actor", "BodyHash", "Outcomes", "Received") VALUES (@peer, @key, @actor, @hash, @outcomes, @now)
        """;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly Compiled<Func<PeerWebContext, Guid, string, CancellationToken, Task<ReceivedWriteRow?>>> FirstOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, Guid peer, string key, CancellationToken _) =>
            db.ReceivedWrites.AsNoTracking().FirstOrDefault(row => row.PeerId == peer && row.IdempotencyKey == key)));

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
        if (await FirstOf.For(db)(db, _peer, _key, cancellationToken) is not { } first)
            return null;
        var outcomes = JsonSerializer.Deserialize<List<Stored>>(first.Outcomes, Json) ?? [];
        return first.Actor == actor.Name.Value && first.BodyHash == delivery.BodyHash && outcomes.Count == writes.Count
            ? [.. outcomes.Zip(writes, (stored, uid) => stored.Outcome(() => currentOf(uid)))]
            : [.. writes.Select(_ => new SaveOutcome.KeyReused())];
    }

    /// <summary>Adds the row where anything changed, and forgets those whose time is over.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> KeepAsync(IReadOnlyList<SaveOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (!outcomes.Any(outcome => outcome is SaveOutcome.Saved or SaveOutcome.Deleted))
            return false;
        await using var command = InstanceTable.CommandOf(db, KeepIt);
        command.Add("old", (now - Lifetime).ToUnixTimeMilliseconds());
        command.Add("peer", _peer);
        command.Add("key", _key);
        command.Add("actor", actor.Name.Value);
        command.Add("hash", delivery.BodyHash);
        command.Add("outcomes", JsonSerializer.Serialize(outcomes.Select(Stored.Of), Json));
        command.Add("now", now.ToUnixTimeMilliseconds());
        await command.ExecuteNonQueryAsync(cancellationToken);
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
