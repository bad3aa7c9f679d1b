using System.Security.Cryptography;
using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Deliveries of writes that a user of ours makes; the hash covers everything that makes a write this write.</summary>
internal static class Deliveries
{
    public static Delivery Of(UserName actor, EntryWrite write, string idempotencyKey) =>
        Of(actor, idempotencyKey, $"save {write.Collection} {write.Uid} {(write.Precondition is Precondition.Match match ? match.ETag.Value : "new")}\n{write.Text}");

    public static Delivery Of(UserName actor, EntryRemoval removal, string idempotencyKey) =>
        Of(actor, idempotencyKey, $"delete {removal.Collection} {removal.Uid} {removal.ETag.Value}");

    private static Delivery Of(UserName actor, string idempotencyKey, string what) =>
        new(actor.Value, idempotencyKey, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what))));
}
