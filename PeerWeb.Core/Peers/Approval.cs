namespace PeerWeb.Core.Peers;

/// <summary>An admin's word that the key of the other side is the right one, with the proof that it was compared.</summary>
/// <param name="Shown">Both ids and both thumbprints as the admin saw them; any other pair than the stored one is refused.</param>
/// <param name="Typed">Their fingerprint as the other admin gave it: typed or pasted, in any of the ways it can be written.</param>
public sealed record Approval(KeyPair Shown, string Typed)
{
    /// <summary>Longer than the longest way to write a fingerprint: words, digits and the whole, with room between them.</summary>
    public const int MaxTypedLength = 500;

    /// <summary>Why what was typed does not show that the fingerprints were compared, in sentences; null where it does.</summary>
    public string? WhyNotCompared => Typed switch
    {
        _ when string.IsNullOrWhiteSpace(Typed) => "Type or paste their fingerprint as the other admin gives it to you. Nothing was approved.",
        { Length: <= MaxTypedLength } when Fingerprint.Of(Shown.Theirs.Thumbprint).IsWrittenAs(Typed) => null,
        { } ours when Fingerprint.Of(Shown.Ours.Thumbprint).IsWrittenAs(ours) => "This is our own fingerprint. Theirs is needed. Nothing was approved.",
        _ => "This is not the fingerprint that the installation shows. Nothing was approved. Compare again, and reject the request if it stays so.",
    };
}
