using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Net.Http.Headers;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Files;

namespace PeerWeb.Shared.Export;

/// <summary>The downloads of collections as one file, of each app that registered its files. A GET, since it changes nothing; other sites cannot read what it answers.</summary>
public static partial class ExportSetup
{
    /// <summary>Trailer with the number of entries that cannot be read.</summary>
    private const string LeftOut = "PeerWeb-Left-Out";

    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder endpoints)
    {
        foreach (var app in endpoints.ServiceProvider.GetServices<AppFiles>())
            endpoints.MapGet(app.ExportPath, (HttpContext http, CancellationToken cancellationToken) => ExportAsync(http, app, cancellationToken)).RequireAuthorization().RequireRateLimiting(Downloads.RateLimit);
        return endpoints;
    }

    private static async Task ExportAsync(HttpContext http, AppFiles app, CancellationToken cancellationToken)
    {
        var (files, time) = (http.RequestServices.GetRequiredService<SourceFiles>(), http.RequestServices.GetRequiredService<TimeProvider>());
        var viewer = UserName.Parse(http.User.Identity?.Name);
        if (ExportRequest.HasUnknownZone(http.Request.Query))
        {
            await SayAsync(http, StatusCodes.Status400BadRequest, "There is no such time zone.", cancellationToken);
            return;
        }
        // What is malformed, not there and not theirs is one answer.
        if (ExportRequest.Read(http.Request.Query, app.Nouns) is not { } request || FormOf(app, request) is not { } form)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var entries = new List<IAsyncEnumerable<Entry>>();
        try
        {
            foreach (var source in request.Sources)
            {
                if (source.App != app.App || await ReadAsync(files, viewer, source, request, cancellationToken) is not { } read)
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }
                entries.Add(read);
            }
        }
        catch (SourceNotLinkedException unlinked)
        {
            await SayAsync(http, StatusCodes.Status404NotFound, unlinked.Message, cancellationToken);
            return;
        }
        catch (SourceUnavailableException unavailable)
        {
            await SayAsync(http, StatusCodes.Status503ServiceUnavailable, unavailable.Message, cancellationToken);
            return;
        }
        http.Response.ContentType = $"{form.MediaType}; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(FormattableString.Invariant($"{(request.Entry is null ? app.Nouns.Collection : app.Nouns.Entry).Replace(' ', '-')}-{time.GetUtcNow():yyyy-MM-dd}{form.Ending}"));
        http.Response.Headers.ContentDisposition = name.ToString();
        await WriteAsync(http, app, form, AllAsync(entries, cancellationToken), cancellationToken);
    }

    private static async Task WriteAsync(HttpContext http, AppFiles app, FileForm form, IAsyncEnumerable<Entry> entries, CancellationToken cancellationToken)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExportSetup));
        var skipped = 0;
        if (http.Response.SupportsTrailers())
            http.Response.DeclareTrailer(LeftOut);
        try
        {
            await form.JoinAsync(http.RequestServices.GetRequiredService<AppRegistry>().Get(app.App), entries, http.Response.Body, _ => skipped++, cancellationToken);
            if (http.Response.SupportsTrailers())
                http.Response.AppendTrailer(LeftOut, skipped.ToString(CultureInfo.InvariantCulture));
            if (skipped > 0)
                LogSkipped(log, skipped);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The head is sent. A download that breaks off is seen; one that ends early is taken for whole.
            LogBrokeOff(log, exception);
            http.Abort();
        }
    }

    /// <summary>Null where the app has no such form.</summary>
    private static FileForm? FormOf(AppFiles app, ExportRequest request) => request.Form is null ? app.Forms[0] : app.Forms.FirstOrDefault(form => form.Id == request.Form);

    /// <summary>Null where it is not there, or not for this viewer.</summary>
    private static async Task<IAsyncEnumerable<Entry>?> ReadAsync(
        SourceFiles files, UserName viewer, SourceId source, ExportRequest request, CancellationToken cancellationToken)
    {
        if (request.Entry is not { } uid)
            return await files.ExportAsync(viewer, source, request.Range, request.Zone, cancellationToken);
        return await files.ExportAsync(viewer, source, uid, cancellationToken) is { } entry ? new[] { entry }.ToAsyncEnumerable() : null;
    }

    private static Task SayAsync(HttpContext http, int status, string words, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(words, cancellationToken);
    }

    private static async IAsyncEnumerable<Entry> AllAsync(IReadOnlyList<IAsyncEnumerable<Entry>> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await foreach (var entry in source.WithCancellation(cancellationToken))
                yield return entry;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} entries of an export cannot be read and are not in the file")]
    private static partial void LogSkipped(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "An export broke off")]
    private static partial void LogBrokeOff(ILogger logger, Exception exception);
}
