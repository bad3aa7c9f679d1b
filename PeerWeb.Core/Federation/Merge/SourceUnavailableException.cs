namespace PeerWeb.Core.Federation.Merge;

/// <summary>A source's owner gives no answer that counts; what was done before stays done.</summary>
/// <param name="reason">One sentence for a person.</param>
public sealed class SourceUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);
