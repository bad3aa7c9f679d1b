using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PeerWeb.Tests.Federation.Client.Http;

/// <summary>A real server that answers like anything but a peer.</summary>
internal sealed class LyingPeer : IAsyncDisposable
{
    public const int Large = (10 * 1024 * 1024) + 1;

    /// <summary>Some 60 KB that become 64 MiB.</summary>
    private static readonly Lazy<byte[]> Bomb = new(() =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 1024; i++)
                gzip.Write(new byte[64 * 1024]);
        }
        return packed.ToArray();
    });

    private readonly WebApplication _app;

    private LyingPeer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Set once the slow answer has sent its first half.</summary>
    public TaskCompletionSource HalfSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Requests { get; private set; }

    public static async Task<LyingPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new LyingPeer(builder.Build());
        peer._app.Run(peer.AnswerAsync);
        await peer._app.StartAsync();
        return peer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests++;
        var response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/html":
                response.ContentType = "text/html; charset=utf-8";
                return response.WriteAsync("<h1>Welcome</h1>");
            case "/missing":
                response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case "/busy":
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            case "/redirect":
                response.Redirect("http://127.0.0.1:1/", permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            case "/gzip":
                response.Headers.ContentEncoding = "gzip";
                return response.Body.WriteAsync(Bomb.Value, context.RequestAborted).AsTask();
            case "/large":
                response.ContentLength = Large;
                return LargeAsync(context);
            case "/endless":
                return LargeAsync(context);
            case "/slow":
                return SlowAsync(context);
            case "/cut":
                context.Abort();
                return Task.CompletedTask;
            default:
                return response.WriteAsync("{}");
        }
    }

    private static async Task LargeAsync(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        for (var sent = 0; sent < Large; sent += chunk.Length)
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, Math.Min(chunk.Length, Large - sent)), context.RequestAborted);
    }

    private async Task SlowAsync(HttpContext context)
    {
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("{\"half\":"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        HalfSent.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }
}
