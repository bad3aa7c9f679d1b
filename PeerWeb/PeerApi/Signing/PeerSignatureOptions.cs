using Microsoft.AspNetCore.Authentication;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Options of the schemes that authenticate peers by their signature.</summary>
public sealed class PeerSignatureOptions : AuthenticationSchemeOptions
{
    public const string PeerScheme = "PeerSignature";

    /// <summary>For <c>POST /peer/v1/links</c>: the key is in the body and the signature proves its possession, nothing else.</summary>
    public const string FirstContactScheme = "PeerFirstContact";

    /// <summary>Largest body of a request, in bytes.</summary>
    public int BodyCap { get; set; } = 1024 * 1024;

    public bool KeyIsInBody { get; set; }
}
