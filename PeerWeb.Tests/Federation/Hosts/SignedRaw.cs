using System.Net;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Tests.Federation.Signing;
using PeerWeb.Tests.PeerApi.Links;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>One call of a host's peer API, byte for byte; each part can be wrong, before or after it is signed.</summary>
internal sealed record SignedRaw(InstallationHost Host, SigningKey Key, TimeProvider Clock, string Method, string Target)
{
    public string Body { get; init; } = "";

    /// <summary>The body where it is no text.</summary>
    public byte[]? Octets { get; init; }

    /// <summary>The raw field; null for none.</summary>
    public string? Actor { get; init; } = "\"sam\"";

    public string? ContentType { get; init; } = "application/json";

    /// <summary>Null for none.</summary>
    public string? IdempotencyKey { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>Further fields, signed where the profile covers them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    public IPAddress From { get; init; } = IPAddress.Loopback;

    public string Authority { get; init; } = Host.Endpoint.Authority;

    public string Destination { get; init; } = Host.Domain;

    /// <summary>What is signed where it is not what is sent.</summary>
    public string? SignedTarget { get; init; }

    /// <summary>Whose key the signature names where it is not the one it is made with.</summary>
    public SigningKey? ClaimedKey { get; init; }

    public Sent Sign()
    {
        var body = Octets ?? Encoding.UTF8.GetBytes(Body);
        var sent = new Sent { Method = Method, Target = Target, Body = Body, Octets = Octets, From = From };
        sent.Fields.AddRange(
        [
            new(PeerHeaders.Version, PeerHeaders.CurrentVersion), new(PeerHeaders.Destination, Destination), new(PeerHeaders.ContentDigest, ContentDigest.Of(body)),
        ]);
        if (IdempotencyKey is not null && !Fields.Any(field => field.Key == PeerHeaders.IdempotencyKey))
            sent.Fields.Add(new(PeerHeaders.IdempotencyKey, IdempotencyKey));
        // A value of nothing leaves the field out.
        sent.Fields.AddRange(Fields.Where(field => field.Value.Length > 0));
        if (Actor is not null)
            sent.Fields.Add(new(PeerHeaders.Actor, Actor));
        if (body.Length > 0 && ContentType is not null)
            sent.Fields.Add(new(PeerHeaders.ContentType, ContentType));
        _ = RequestMessage.TrySplitTarget(SignedTarget ?? Target, out var path, out var query);
        var message = new RequestMessage { Method = Method, Authority = Authority, Path = path, Query = query, Fields = new FieldSection(sent.Fields), Body = body };
        var signature = new RequestSigner(Key, Clock).Sign(message);
        sent.Fields.Add(new(PeerHeaders.SignatureInput, signature.SignatureInput.Replace(Key.KeyId, (ClaimedKey ?? Key).KeyId, StringComparison.Ordinal)));
        sent.Fields.Add(new(PeerHeaders.Signature, signature.Signature));
        return sent;
    }

    public async Task<RawAnswer> SendAsync(CancellationToken cancellationToken) => await SendAsync(Host, Sign(), cancellationToken);

    public static async Task<RawAnswer> SendAsync(InstallationHost host, Sent sent, CancellationToken cancellationToken)
    {
        var answer = await RawHttp.SendAsync(host.ListenPort, sent, cancellationToken);
        host.Overheard.HearAnswer($"{sent.Method} {sent.Target}", Encoding.UTF8.GetString(answer.Body.Span));
        WireProblem? problem = null;
        // The answer to a HEAD has the fields of one with a body.
        if (answer.Fields.Value(PeerHeaders.ContentType) == "application/problem+json" && !answer.Body.IsEmpty)
            problem = JsonSerializer.Deserialize<WireProblem>(answer.Body.Span, PeerJson.Answers);
        return new RawAnswer(answer.Status, problem, answer);
    }
}

/// <param name="Problem">Null where the answer is none.</param>
internal sealed record RawAnswer(int Status, WireProblem? Problem, AnswerMessage Message)
{
    public string? Slug => PeerProblems.Slug(Problem?.Type);
}
