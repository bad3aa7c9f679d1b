namespace PeerWeb.Core.Federation.Wire;

/// <summary>The answer to a message that was taken; signed, it is the acknowledgement.</summary>
public sealed record WireReceived(bool Received);
