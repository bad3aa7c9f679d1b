namespace PeerWeb.Core.Federation.Signing;

/// <summary>Who we are to peers.</summary>
/// <param name="Domain">What addresses end in, and what requests to us name as destination; lower case, a port is allowed.</param>
/// <param name="EndpointAuthority">Host and port of the configured endpoint, as <see cref="Uri.Authority"/> gives it.</param>
public sealed record OwnIdentity(string Domain, string EndpointAuthority, SigningKey SigningKey);
