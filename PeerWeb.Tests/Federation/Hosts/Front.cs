using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>What answers at an installation's endpoint: hands everything on to the one behind it, until a test says what to do instead.</summary>
internal sealed class Front : IAsyncDisposable
{
    public const string QueryPath = "/peer/v1/query";
    public const string ListPath = "/peer/v1/collections";

    private static readonly string[] PerConnection = ["Connection", "Transfer-Encoding", "Host", "Date"];

    private readonly HttpClient _behind = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly WebApplication _app;
    private readonly Uri? _target;
    private readonly TimeProvider _clock;

    private Front(WebApplication app, Uri? target, SigningKey key, TimeProvider clock) => (_app, _target, Key, _clock) = (app, target, key, clock);

    /// <summary>What it signs with: the real key of the installation behind it.</summary>
    public SigningKey Key { get; }

    public Func<HttpContext, Task>? Instead { get; set; }

    /// <param name="port">Of the endpoint.</param>
    /// <param name="target">The installation; null where there is none.</param>
    public static async Task<Front> StartAsync(int port, Uri? target, SigningKey key, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var front = new Front(builder.Build(), target, key, clock);
        front._app.Run(context => front.Instead is { } instead ? instead(context) : front.PassAsync(context));
        await front._app.StartAsync(cancellationToken);
        return front;
    }

    /// <summary>Answers the calls of one path otherwise; the others pass.</summary>
    public void At(string path, Func<HttpContext, Task> answer) => Instead = context => context.Request.Path == path ? answer(context) : PassAsync(context);

    /// <summary>Changes the answers of one path and signs them again with the real key.</summary>
    public void Tamper(string path, Action<JsonObject> change) => At(path, async context =>
    {
        var answer = await FetchAsync(context);
        var json = JsonNode.Parse(answer.Body)?.AsObject() ?? throw new InvalidOperationException("The installation answered no object.");
        change(json);
        await SignAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(json));
    });

    public async Task PassAsync(HttpContext context) => await (await FetchAsync(context)).WriteAsync(context.Response);

    /// <summary>What the installation answers.</summary>
    public async Task<Fetched> FetchAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return await FetchAsync(context, body.ToArray());
    }

    public async Task<Fetched> FetchAsync(HttpContext context, byte[] body)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target ?? throw new InvalidOperationException("Nothing is behind."), target));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!PerConnection.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        using var answer = await _behind.SendAsync(request, context.RequestAborted);
        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .Where(header => !PerConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToList();
        return new Fetched((int)answer.StatusCode, headers, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
    }

    /// <summary>Answers with a valid signature.</summary>
    public Task SignAsync(HttpContext context, int status, byte[] body) => SignAsync(context, status, body, Key);

    /// <param name="etag">The raw field; null for none.</param>
    public async Task SignAsync(HttpContext context, int status, byte[] body, SigningKey key, string? etag = null)
    {
        _ = RequestMessage.TrySplitTarget(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var path, out var query);
        var request = new RequestMessage
        {
            Method = context.Request.Method,
            Authority = context.Request.Host.Value ?? "",
            Path = path,
            Query = query,
            Fields = new FieldSection(
                from header in context.Request.Headers
                from value in header.Value
                select KeyValuePair.Create(header.Key, value ?? "")),
        };
        List<KeyValuePair<string, string>> fields = [new(PeerHeaders.ContentType, "application/json"), new(PeerHeaders.ContentDigest, ContentDigest.Of(body))];
        if (etag is not null)
            fields.Add(new(PeerHeaders.ETag, etag));
        var answer = new AnswerMessage { Status = status, Fields = new FieldSection(fields), Body = body };
        var signature = new AnswerSigner(key, _clock).Sign(answer, request);
        await new Fetched(status,
            [.. fields, new(PeerHeaders.SignatureInput, signature.SignatureInput), new(PeerHeaders.Signature, signature.Signature)],
            body).WriteAsync(context.Response);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _behind.Dispose();
    }
}

/// <summary>An answer as it came.</summary>
internal sealed record Fetched(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
