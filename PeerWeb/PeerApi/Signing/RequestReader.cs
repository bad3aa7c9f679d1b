using Microsoft.AspNetCore.Http.Features;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.PeerApi.Signing;

/// <summary>The neutral message that was signed, out of what the server received: the raw target, never a decoded path.</summary>
internal static class RequestReader
{
    /// <summary>Without its body; null where the target is not a path (an absolute URI, an asterisk).</summary>
    public static RequestMessage? Head(HttpContext context, OwnIdentity own)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!RequestMessage.TrySplitTarget(target, out var path, out var query)) return null;
        return new RequestMessage
        {
            Method = context.Request.Method,
            Authority = own.EndpointAuthority,
            Path = path,
            Query = query,
            Fields = new FieldSection(
                from header in context.Request.Headers
                from value in header.Value
                select KeyValuePair.Create(header.Key, value ?? "")),
        };
    }

    /// <summary>The raw body, which stays readable for the endpoint; null where it is longer than <paramref name="cap"/>.</summary>
    public static async Task<byte[]?> BodyAsync(HttpRequest request, int cap, CancellationToken cancellationToken)
    {
        if (request.ContentLength > cap) return null;
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > cap) return null;
            body.Write(chunk, 0, read);
        }

        var bytes = body.ToArray();
        request.Body = new MemoryStream(bytes, writable: false);
        return bytes;
    }
}
