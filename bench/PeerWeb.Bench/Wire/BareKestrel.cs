using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PeerWeb.Bench.Data;

namespace PeerWeb.Bench.Wire;

/// <summary>The base line of an exchange: Kestrel hands out as many bytes as asked for, and the client reads them.</summary>
internal sealed class BareKestrel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private BareKestrel(WebApplication app, Uri endpoint) => (_app, _client) = (app, new HttpClient { BaseAddress = endpoint });

    public static async Task<BareKestrel> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = new Uri($"http://127.0.0.1:{BenchHost.FreePort()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(endpoint.ToString());
        var app = builder.Build();
        var bytes = new byte[4 * 1024 * 1024];
        app.MapPost("/{count:int}", async (int count, HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentLength = count;
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, count), context.RequestAborted);
        });
        await app.StartAsync(cancellationToken);
        return new BareKestrel(app, endpoint);
    }

    public async Task AskAsync(int bytes, CancellationToken cancellationToken)
    {
        using var question = new ByteArrayContent(new byte[300]);
        using var answer = await _client.PostAsync(new Uri($"/{bytes}", UriKind.Relative), question, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
