using System.Globalization;
using PeerWeb.Core.Federation.Signing.StructuredFields;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The public key with this id among the keys of the peers we know, or null.</summary>
public delegate ValueTask<PeerKey?> KeyLookup(string keyId, CancellationToken cancellationToken);

/// <summary>Checks the signature of a request against our profile; it records nothing.</summary>
/// <param name="domain">Our own, that requests must be meant for.</param>
public sealed class RequestVerifier(string domain, TimeProvider clock)
{
    private const int LongestIdempotencyKey = 128;

    /// <summary>Checks <paramref name="request"/>, whose authority is our configured endpoint.</summary>
    public async ValueTask<RequestVerification> VerifyAsync(RequestMessage request, KeyLookup findKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(findKey);
        if (ShapeProblem(request.Fields) is { } shape) return shape;
        if (!SignatureFields.TryRead(request.Fields, out var signature, out var malformed))
            return Refused(PeerProblems.SignatureMalformed, malformed);
        if (signature.RequestParametersProblem() is { } parameters)
            return Refused(PeerProblems.SignatureMalformed, parameters);
        if (CoverageProblem(request.Fields, signature) is { } coverage) return coverage;
        if (request.Fields.Value(PeerHeaders.Version) != PeerHeaders.CurrentVersion)
            return Refused(PeerProblems.VersionUnsupported, $"This installation speaks version {PeerHeaders.CurrentVersion} of the peer API.");
        if (ClockProblem(signature) is { } skew) return skew;

        var key = await findKey(signature.KeyId, cancellationToken);
        if (key is null || key.KeyId != signature.KeyId)
            return Refused(PeerProblems.UnknownKey, "The request is signed with a key that belongs to no peer of this installation.");
        return Holds(request, signature, key) ? ContentProblem(request) ?? Verified(request, signature) : Refused(
            PeerProblems.SignatureInvalid,
            "The signature does not hold: the request was changed on its way, or was signed for another address.");
    }

    private static RequestVerification.Refused Refused(string slug, string detail) => new(slug, detail);

    private static RequestVerification.Refused? ShapeProblem(FieldSection fields)
    {
        if (fields.Has(PeerHeaders.ContentEncoding))
            return Refused(PeerProblems.ContentEncodingRefused, "Requests between peers are not content-encoded.");
        if (!fields.Has(PeerHeaders.SignatureInput) || !fields.Has(PeerHeaders.Signature))
            return Refused(PeerProblems.SignatureMissing, "The request is not signed.");
        return SignatureProfile.SingleRequestFields.FirstOrDefault(name => fields.Count(name) > 1) is { } twice
            ? Refused(PeerProblems.DuplicateField, $"{twice} is given twice.")
            : null;
    }

    private static RequestVerification.Refused? CoverageProblem(FieldSection fields, SignatureFields signature)
    {
        if (SignatureProfile.RequiredRequestFields.FirstOrDefault(name => !fields.Has(name)) is { } absent)
            return Refused(PeerProblems.SignatureComponents, $"{absent} is absent.");
        var expected = SignatureProfile.RequestComponents(fields);
        return signature.Covers(expected)
            ? null
            : Refused(PeerProblems.SignatureComponents,
                $"The signature of this request must cover {string.Join(' ', expected.Select(StructuredFieldWriter.Member))} in this order.");
    }

    private RequestVerification.Refused? ClockProblem(SignatureFields signature)
    {
        var now = clock.GetUtcNow();
        var created = DateTimeOffset.FromUnixTimeSeconds(signature.Created);
        if (created >= now - SignatureProfile.Lifetime && created <= now + SignatureProfile.Ahead) return null;
        var detail = string.Create(CultureInfo.InvariantCulture,
            $"The request was signed at {created:yyyy-MM-dd HH:mm:ss} UTC by its sender's clock; ours reads {now:yyyy-MM-dd HH:mm:ss} UTC.");
        return new RequestVerification.Refused(PeerProblems.ClockSkew, detail, created, now);
    }

    private static bool Holds(RequestMessage request, SignatureFields signature, PeerKey key)
    {
        try
        {
            return key.Verifies(SignatureFields.Bytes(SignatureBase.Build(signature.Input, request, null)), signature.Signature);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private RequestVerification.Refused? ContentProblem(RequestMessage request)
    {
        if (!ContentDigest.Matches(request.Fields.Value(PeerHeaders.ContentDigest), request.Body.Span))
            return Refused(PeerProblems.DigestMismatch, "The body is not the one that was signed.");
        return request.Fields.Value(PeerHeaders.Destination) == domain
            ? null
            : Refused(PeerProblems.WrongDestination, "The request is meant for another installation.");
    }

    private static RequestVerification Verified(RequestMessage request, SignatureFields signature)
    {
        var actorText = request.Fields.Value(PeerHeaders.Actor);
        ActorField? actor = null;
        if (actorText is not null && !ActorField.TryParse(actorText, out actor))
            return Refused(PeerProblems.MalformedField, $"{PeerHeaders.Actor} does not name a user.");
        var idempotencyKey = request.Fields.Value(PeerHeaders.IdempotencyKey);
        if (idempotencyKey is not null && idempotencyKey.Length is 0 or > LongestIdempotencyKey)
            return Refused(PeerProblems.MalformedField, $"{PeerHeaders.IdempotencyKey} has 1 to {LongestIdempotencyKey} characters.");
        return new RequestVerification.Verified(
            signature.KeyId, signature.Nonce, DateTimeOffset.FromUnixTimeSeconds(signature.Created), idempotencyKey, actor);
    }
}
