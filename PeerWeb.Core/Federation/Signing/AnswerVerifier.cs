using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>Checks that an answer was signed by the peer and belongs to our request; freshness comes from that alone.</summary>
public static class AnswerVerifier
{
    /// <param name="request">As it was sent, with its signature.</param>
    /// <param name="keys">All keys that the peer may sign with now.</param>
    public static AnswerVerification Verify(AnswerMessage answer, RequestMessage request, IReadOnlyList<PeerKey> keys)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(keys);
        var fields = answer.Fields;
        if (!fields.Has(PeerHeaders.SignatureInput) || !fields.Has(PeerHeaders.Signature))
            return Refused(AnswerFault.NoSignature, "The answer is not signed.");
        if (SignatureProfile.SingleAnswerFields.FirstOrDefault(name => fields.Count(name) > 1) is { } twice)
            return Refused(AnswerFault.Malformed, $"The answer gives {twice} twice.");
        if (!SignatureFields.TryRead(fields, out var signature, out var malformed)) return Refused(AnswerFault.Malformed, malformed);
        if (signature.AnswerParametersProblem() is { } parameters) return Refused(AnswerFault.Malformed, parameters);
        if (!fields.Has(PeerHeaders.ContentDigest) || !signature.Covers(SignatureProfile.AnswerComponents(fields)))
            return Refused(AnswerFault.Malformed, "The answer's signature does not cover what it must.");
        if (keys.FirstOrDefault(candidate => candidate.KeyId == signature.KeyId) is not { } key)
            return Refused(AnswerFault.OtherKey, "The answer is signed with another key than the one we approved.");
        if (!Holds(answer, request, signature, key))
            return Refused(AnswerFault.Invalid, "The answer's signature does not hold, or belongs to another request.");
        return ContentDigest.Matches(fields.Value(PeerHeaders.ContentDigest), answer.Body.Span)
            ? new AnswerVerification.Verified(signature.KeyId, DateTimeOffset.FromUnixTimeSeconds(signature.Created))
            : Refused(AnswerFault.DigestMismatch, "The answer's body is not the one that was signed.");
    }

    private static AnswerVerification.Refused Refused(AnswerFault fault, string detail) => new(fault, detail);

    private static bool Holds(AnswerMessage answer, RequestMessage request, SignatureFields signature, PeerKey key)
    {
        try
        {
            return key.Verifies(SignatureFields.Bytes(SignatureBase.Build(signature.Input, request, answer)), signature.Signature);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
