using System.Net.Http.Headers;
using System.Net.Mime;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using Refit;

namespace PeerWeb.Core.Federation.Client;

/// <summary>JSON of calls and answers, which are in memory as a whole: read in one pass from the bytes that were verified, not as a stream of them.</summary>
internal sealed class PeerContentSerializer : IHttpContentSerializer
{
    private static readonly SystemTextJsonContentSerializer Names = new(PeerJson.Answers);

    public HttpContent ToHttpContent<T>(T item) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(item, PeerJson.Answers))
    {
        Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, Encoding.UTF8.WebName) },
    };

    /// <exception cref="JsonException">What Refit turns into the answer's error.</exception>
    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize<T>((await BufferedAnswer.BytesAsync(content, cancellationToken)).Span, PeerJson.Answers);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => Names.GetFieldNameForProperty(propertyInfo);
}
