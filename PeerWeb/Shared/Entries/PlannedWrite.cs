using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>One write as it is sent, and sent again after a lost answer: always with the same text and key.</summary>
/// <param name="Text">The whole entry; null to delete it.</param>
/// <param name="ETag">What must be there; null where nothing may be.</param>
/// <param name="Key">Idempotency key, 16 to 64 characters.</param>
public sealed record PlannedWrite(SourceId Source, Uid Uid, string? Text, ETag? ETag, string Key)
{
    public static PlannedWrite Save(SourceId source, Uid uid, string text, ETag? etag) => new(source, uid, text, etag, NewKey());

    public static PlannedWrite Delete(SourceId source, Uid uid, ETag etag) => new(source, uid, null, etag, NewKey());

    /// <summary>The same against what is there now: another write, since the first had no effect.</summary>
    public PlannedWrite Anew(ETag? etag) => this with { ETag = etag, Key = NewKey() };

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
