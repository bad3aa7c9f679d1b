using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>The neutral messages that are signed and verified, out of those that are sent and received.</summary>
internal static class HttpMessages
{
    public static async Task<RequestMessage> RequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        // PathAndQuery is what goes on the wire.
        _ = RequestMessage.TrySplitTarget(uri.PathAndQuery, out var path, out var query);
        return new RequestMessage
        {
            Method = request.Method.Method,
            Authority = Authority(uri),
            Scheme = uri.Scheme,
            Path = path,
            Query = query,
            Fields = Fields(request),
            Body = request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken),
        };
    }

    /// <summary>All header lines of the request as they are now.</summary>
    public static FieldSection Fields(HttpRequestMessage request) => new(Lines(request.Headers.NonValidated, request.Content?.Headers.NonValidated));

    public static async Task<AnswerMessage> AnswerAsync(HttpResponseMessage answer, CancellationToken cancellationToken) => new()
    {
        Status = (int)answer.StatusCode,
        Fields = new FieldSection(Lines(answer.Headers.NonValidated, answer.Content.Headers.NonValidated)),
        Body = await BufferedAnswer.BytesAsync(answer.Content, cancellationToken),
    };

    // A host with other letters goes on the wire as punycode.
    private static string Authority(Uri uri) =>
        uri.HostNameType == UriHostNameType.IPv6 ? uri.Authority : uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";

    private static IEnumerable<KeyValuePair<string, string>> Lines(params System.Net.Http.Headers.HttpHeadersNonValidated?[] sections) =>
        from section in sections
        where section is not null
        from header in section.Value
        from value in header.Value
        select KeyValuePair.Create(header.Key, value);
}
