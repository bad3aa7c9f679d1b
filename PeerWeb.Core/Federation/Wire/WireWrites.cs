using System.Net;
using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Writes that were refused, as problems with their status, and back; used by both ends, so that they cannot drift apart.</summary>
public static class WireWrites
{
    private const int MaxReason = 500;

    public static (HttpStatusCode Status, WireRefusedWrite Problem) ToWire(SaveOutcome refused) => refused switch
    {
        SaveOutcome.Stale stale => (
            HttpStatusCode.PreconditionFailed,
            Problem(PeerProblems.PreconditionFailed, "What is there is not what the write was made for; nothing changed.", current: stale.Current)),
        SaveOutcome.Forbidden { Missing: var missing } => (
            HttpStatusCode.Forbidden,
            Problem(PeerProblems.RightMissing, $"The user's rights on this collection lack “{WireMap.NameOf(missing)}”.", WireMap.NameOf(missing))),
        SaveOutcome.NotFound => (
            HttpStatusCode.NotFound,
            Problem(PeerProblems.NotFound, "There is no such collection or entry for this user.")),
        SaveOutcome.Invalid invalid => (
            HttpStatusCode.UnprocessableEntity,
            Problem(PeerProblems.InvalidEntry, invalid.Reason, line: invalid.Line)),
        SaveOutcome.KeyReused => (
            HttpStatusCode.UnprocessableEntity,
            Problem(PeerProblems.IdempotencyKeyReused, "The Idempotency-Key came before, with another write.")),
        _ => throw new ArgumentOutOfRangeException(nameof(refused), refused, "It was not refused."),
    };

    /// <summary>What the owner decided; null where the problem is of another kind, and the write was not decided at all.</summary>
    /// <exception cref="FormatException">A member is not what it must be.</exception>
    public static SaveOutcome? FromWire(HttpStatusCode status, WireRefusedWrite problem, CollectionId collection, Uid uid) =>
        (status, PeerProblems.Slug(problem.Type)) switch
        {
            (HttpStatusCode.PreconditionFailed, PeerProblems.PreconditionFailed) => new SaveOutcome.Stale(FromWire(problem.Current, collection, uid)),
            (HttpStatusCode.Forbidden, PeerProblems.RightMissing) => new SaveOutcome.Forbidden(
                WireMap.RightOf(problem.Missing) ?? throw new FormatException("The missing right is none that we know.")),
            (HttpStatusCode.NotFound, PeerProblems.NotFound) => new SaveOutcome.NotFound(),
            (HttpStatusCode.UnprocessableEntity, PeerProblems.InvalidEntry) or (HttpStatusCode.RequestEntityTooLarge, PeerProblems.EntryTooLarge or PeerProblems.BodyTooLarge) =>
                new SaveOutcome.Invalid(DisplayText.Excerpt(problem.Detail, MaxReason), problem.Line is >= 1 ? problem.Line : null),
            (HttpStatusCode.UnprocessableEntity, PeerProblems.IdempotencyKeyReused) => new SaveOutcome.KeyReused(),
            _ => null,
        };

    /// <summary>A text whose size no entry may have.</summary>
    public static bool IsTooLarge(string text) => text.Length > Entry.MaxBytes || Encoding.UTF8.GetByteCount(text) > Entry.MaxBytes;

    private static WireRefusedWrite Problem(string slug, string detail, string? missing = null, int? line = null, Entry? current = null) => new(
        PeerProblems.Type(slug), detail, missing, line, current is null ? null : new WireCurrent(current.Uid.Value, current.Text, current.ETag.Value));

    private static Entry? FromWire(WireCurrent? wire, CollectionId collection, Uid uid)
    {
        if (wire is null)
            return null;
        return wire.Uid == uid.Value && ETag.TryParse(wire.ETag, out var etag) && !IsTooLarge(wire.Text)
            ? new Entry(collection, uid, etag, wire.Text)
            : throw new FormatException("What is there now is another entry than the one asked for, or has no version.");
    }
}
