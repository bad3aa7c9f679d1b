namespace PeerWeb.Core.Entries;

/// <summary>Who writes and as which attempt, so that a repeated write has one effect.</summary>
/// <param name="Actor">For the change log: a local user name, or an address of a remote user.</param>
/// <param name="IdempotencyKey">Chosen by the writer, the same on every repeat; 16 to 64 characters.</param>
/// <param name="BodyHash">SHA-256 of what is written, lower-case hex; the same key with another hash is refused.</param>
public sealed record Delivery(string Actor, string IdempotencyKey, string BodyHash);
