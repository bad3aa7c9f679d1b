namespace PeerWeb.Tests.Federation.Trust;

/// <summary>Whose key makes the signature, and whose it says it is.</summary>
internal enum Signer
{
    Own,
    Nobody,
    Unknown,
    UnknownAsOwn,
    OtherPeerAsOwn,
    OwnAsOtherPeer,

    /// <summary>Shown by the peer's discovery, and never approved.</summary>
    SeenOnly,

    /// <summary>The peer's own, until a new one was approved.</summary>
    Replaced,
    ReplacedAsOwn,

    /// <summary>Of a link with the same installation that was revoked a month ago.</summary>
    OfRevokedLink,

    /// <summary>Of one that was revoked a hundred days ago.</summary>
    OfForgottenLink,

    /// <summary>The installation's that is asked.</summary>
    Asked,
}

/// <summary>What becomes of a call before anybody looks at what it wants.</summary>
internal enum Gate
{
    Unsigned,
    UnknownKey,
    InvalidSignature,
    NotThisLink,
    Through,
}

/// <summary>The rules of keys and link states in as few words as they have, and with nothing of the product's.</summary>
internal static class KeyModel
{
    /// <param name="state">The stable name of the link's state.</param>
    /// <param name="route">Method and pattern.</param>
    public static Gate Of(Signer signer, string state, string route) => signer switch
    {
        Signer.Nobody => Gate.Unsigned,
        Signer.UnknownAsOwn or Signer.OtherPeerAsOwn or Signer.OwnAsOtherPeer or Signer.ReplacedAsOwn => Gate.InvalidSignature,
        // Whoever brings a key and has it may ask for a link, and nothing comes of it by itself.
        _ when route == "POST /peer/v1/links" => Gate.Through,
        Signer.Unknown or Signer.SeenOnly or Signer.Replaced or Signer.OfForgottenLink or Signer.Asked => Gate.UnknownKey,
        Signer.OfRevokedLink => ByState("revoked", route),
        _ => ByState(state, route),
    };

    private static Gate ByState(string state, string route) => state switch
    {
        "active" => Gate.Through,
        "revoked" => route == "POST /peer/v1/links/revoke" ? Gate.Through : Gate.NotThisLink,
        _ => route.Contains(" /peer/v1/links", StringComparison.Ordinal) ? Gate.Through : Gate.NotThisLink,
    };
}
