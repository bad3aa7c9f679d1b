using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>A source's owner gives no answer that counts; what was done before stays done.</summary>
/// <param name="reason">One sentence for a person.</param>
public class SourceUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>Nobody was asked: there is no active link with the installation that a source names, and may never have been.</summary>
public sealed class SourceNotLinkedException(Domain domain) : SourceUnavailableException($"There is no active link with {domain}.");
