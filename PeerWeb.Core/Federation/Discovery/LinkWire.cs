using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Link messages as the peer API sends them, and back.</summary>
public static class LinkWire
{
    private const string Links = "/peer/v1/links";

    /// <summary>Which call carries which message.</summary>
    public static IReadOnlyList<MessageRoute> Routes { get; } =
    [
        new(LinkMessageKinds.Request, Links),
        new(LinkMessageKinds.Approve, Links + "/approve"),
        new(LinkMessageKinds.Reject, Links + "/reject"),
        new(LinkMessageKinds.Suspend, Links + "/suspend"),
        new(LinkMessageKinds.Resume, Links + "/resume"),
        new(LinkMessageKinds.Revoke, Links + "/revoke"),
    ];

    public static MessageDraft Write(LinkMessage message)
    {
        var (link, yours) = (message.Link.Sender.Value, message.Link.Receiver?.Value);
        return message switch
        {
            LinkMessage.Request request => Draft(
                LinkMessageKinds.Request, new LinkRequestBody(link, request.Domain.Value, request.Installation.Value, request.Key.ToWebKey(), yours)),
            LinkMessage.Approve { Pair: var pair } => Draft(LinkMessageKinds.Approve, new LinkApprovalBody(link, End(pair.Ours), End(pair.Theirs), yours)),
            LinkMessage.Reject => Draft(LinkMessageKinds.Reject, new LinkNoticeBody(link, yours)),
            LinkMessage.Suspend => Draft(LinkMessageKinds.Suspend, new LinkNoticeBody(link, yours)),
            LinkMessage.Resume => Draft(LinkMessageKinds.Resume, new LinkNoticeBody(link, yours)),
            LinkMessage.Revoke => Draft(LinkMessageKinds.Revoke, new LinkNoticeBody(link, yours)),
            _ => throw new InvalidOperationException($"{message.GetType().Name} has no wire form."),
        };
    }

    /// <summary>The message that a body carries, or null with what is wrong with it.</summary>
    public static LinkMessage? Read(string kind, ReadOnlySpan<byte> body, out string problem)
    {
        problem = string.Empty;
        try
        {
            switch (kind)
            {
                case LinkMessageKinds.Request:
                    return ReadRequest(Parse<LinkRequestBody>(body), out problem);
                case LinkMessageKinds.Approve:
                    return ReadApproval(Parse<LinkApprovalBody>(body), out problem);
                default:
                    var notice = Parse<LinkNoticeBody>(body);
                    return Notice(kind, Names(notice.Link, notice.YourLink));
            }
        }
        catch (JsonException)
        {
            problem = "The body is not the JSON object that this call takes.";
            return null;
        }
    }

    public static JsonWebKey ToWebKey(this PublicKey key)
    {
        var bare = new JsonWebKey("EC", "P-256", key.X, key.Y, Use: "sig", Algorithm: "ES256");
        return bare with { KeyId = bare.Thumbprint };
    }

    /// <summary>Null with a reason where it is no usable P-256 key.</summary>
    public static PublicKey? ToPublicKey(this JsonWebKey key, out string? reason) =>
        key.TryGetKey(out _, out reason) && PublicKey.TryCreate(key.X, key.Y, out var publicKey) ? publicKey : null;

    private static T Parse<T>(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<T>(body, PeerJson.Requests) ?? throw new JsonException("null is not an object");

    private static LinkMessage.Request? ReadRequest(LinkRequestBody body, out string problem)
    {
        problem = string.Empty;
        if (!Domain.TryParse(body.Domain, out var domain))
            problem = "The domain is not a lower-case host name.";
        else if (body.InstallationId == Guid.Empty)
            problem = "The installation id is empty.";
        else if (body.Key.ToPublicKey(out var reason) is not { } key)
            problem = reason ?? "The key cannot be read.";
        else
            return new LinkMessage.Request(Names(body.Link, body.YourLink), domain, new InstallationId(body.InstallationId), key);
        return null;
    }

    private static LinkMessage.Approve? ReadApproval(LinkApprovalBody body, out string problem)
    {
        problem = string.Empty;
        if (KeyThumbprint.TryParse(body.From.Thumbprint, out var from) && KeyThumbprint.TryParse(body.To.Thumbprint, out var to))
        {
            var pair = new KeyPair(new(new(body.From.InstallationId), from), new(new(body.To.InstallationId), to));
            return new LinkMessage.Approve(Names(body.Link, body.YourLink), pair);
        }
        problem = "A thumbprint is not 43 characters of base64url.";
        return null;
    }

    private static LinkMessage Notice(string kind, LinkNames names) => kind switch
    {
        LinkMessageKinds.Reject => new LinkMessage.Reject(names),
        LinkMessageKinds.Suspend => new LinkMessage.Suspend(names),
        LinkMessageKinds.Resume => new LinkMessage.Resume(names),
        LinkMessageKinds.Revoke => new LinkMessage.Revoke(names),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No link message."),
    };

    private static LinkNames Names(Guid link, Guid? yours) => new(new LinkId(link), yours is { } ours ? new LinkId(ours) : null);

    private static LinkEndBody End(LinkEnd end) => new(end.Installation.Value, end.Thumbprint.Value);

    private static MessageDraft Draft<T>(string kind, T body) => new(kind, JsonSerializer.Serialize(body, PeerJson.Requests));
}
