using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary><c>GET /.well-known/peerweb</c>: what an installation says about itself to anyone.</summary>
/// <param name="Domain">Lower case, with a port where it is not the scheme's own.</param>
/// <param name="InstallationId">A GUID.</param>
/// <param name="Name">For people, at most 100 characters.</param>
/// <param name="Endpoint">Origin of the peer API: scheme, host, port.</param>
/// <param name="ApiVersions">Versions of the peer API that it answers.</param>
public sealed record DiscoveryDocument(
    string Domain,
    Guid InstallationId,
    string Name,
    string Endpoint,
    IReadOnlyList<string> ApiVersions,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> Apps);

/// <summary><c>GET /.well-known/jwks.json</c>: the keys it signs with, the active one first. RFC 7517 5.</summary>
public sealed record JsonWebKeySet(IReadOnlyList<JsonWebKey> Keys);

/// <summary><c>POST /peer/v1/links</c>: signed with the key it carries, which proves possession and nothing else.</summary>
/// <param name="Link">The sender's id of the link, in every message about it.</param>
/// <param name="YourLink">The receiver's id of it; absent until the sender has heard it.</param>
public sealed record LinkRequestBody(Guid Link, string Domain, Guid InstallationId, JsonWebKey Key, Guid? YourLink = null);

/// <summary><c>POST /peer/v1/links/approve</c>: both ends as the sender's admin compared them.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
public sealed record LinkApprovalBody(Guid Link, LinkEndBody From, LinkEndBody To, Guid? YourLink = null);

/// <param name="Thumbprint">RFC 7638, base64url, 43 characters.</param>
public sealed record LinkEndBody(Guid InstallationId, string Thumbprint);

/// <summary><c>POST /peer/v1/links/{reject,suspend,resume,revoke}</c>: which link; path and signature say the rest.</summary>
public sealed record LinkNoticeBody(Guid Link, Guid? YourLink = null);

/// <summary>The answer to every link call that was accepted.</summary>
public sealed record LinkAnswerBody(bool Received);

/// <summary><c>GET /peer/v1/links</c>: how the link stands at the answering side, by its stable name.</summary>
public sealed record LinkStandingBody(string State);
