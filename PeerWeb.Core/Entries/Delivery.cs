using System.Security.Cryptography;
using System.Text;

namespace PeerWeb.Core.Entries;

/// <summary>Who writes and as which attempt, so that a repeated write has one effect.</summary>
/// <param name="Actor">For the change log: a local user name, or an address of a remote user.</param>
/// <param name="IdempotencyKey">Chosen by the writer, the same on every repeat; 16 to 64 characters.</param>
/// <param name="BodyHash">SHA-256 of what is written, lower-case hex; the same key with another hash is refused.</param>
public sealed record Delivery(string Actor, string IdempotencyKey, string BodyHash)
{
    public const int ShortestKey = 16;

    public const int LongestKey = 64;

    /// <summary>Of one save; the hash covers everything that makes it this save.</summary>
    public static Delivery Of(string actor, EntryWrite write, string idempotencyKey) =>
        new(actor, idempotencyKey, Hash($"save {write.Collection} {write.Uid} {(write.Precondition is Precondition.Match match ? match.ETag.Value : "new")}\n{write.Text}"));

    /// <summary>Of one deletion, as of a save.</summary>
    public static Delivery Of(string actor, EntryRemoval removal, string idempotencyKey) =>
        new(actor, idempotencyKey, Hash($"delete {removal.Collection} {removal.Uid} {removal.ETag.Value}"));

    private static string Hash(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
}
