namespace PeerWeb.Core.Federation.Wire;

/// <summary>An error as RFC 9457 says it, with the request id that both sides' logs show: <c>application/problem+json</c>.</summary>
/// <param name="Type"><see cref="PeerProblems.Prefix"/> and a slug; a reader takes one that it does not know by its status.</param>
/// <param name="Detail">One sentence for a person.</param>
/// <param name="SignedAt">With <c>clock-skew</c>: when the request says it was signed.</param>
/// <param name="ReceivedAt">With <c>clock-skew</c>: what the answering clock read.</param>
/// <param name="Missing">With <c>right-missing</c>: the name of a right.</param>
/// <param name="Line">With <c>invalid-entry</c>: 1-based line of the text, where one is to blame.</param>
/// <param name="Current">With <c>precondition-failed</c>: what is there, where the acting user may read it in full.</param>
public sealed record WireProblem(
    string? Type = null,
    string? Detail = null,
    int? Status = null,
    string? RequestId = null,
    DateTimeOffset? SignedAt = null,
    DateTimeOffset? ReceivedAt = null,
    string? Missing = null,
    int? Line = null,
    WireCurrent? Current = null);
