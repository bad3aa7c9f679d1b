using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Net.Http.Headers;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Export;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>The download of calendars as one file. A GET, since it changes nothing; other sites cannot read what it answers.</summary>
public static partial class CalendarExportSetup
{
    /// <summary>Trailer with the number of entries that cannot be read.</summary>
    private const string LeftOut = "PeerWeb-Left-Out";

    public static IEndpointRouteBuilder MapCalendarExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ExportRequest.Path, ExportAsync).RequireAuthorization().RequireRateLimiting(Downloads.RateLimit);
        return endpoints;
    }

    private static async Task ExportAsync(
        HttpContext http, SourceFiles files, AppRegistry apps, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var viewer = UserName.Parse(http.User.Identity?.Name);
        if (ExportRequest.HasUnknownZone(http.Request.Query))
        {
            await SayAsync(http, StatusCodes.Status400BadRequest, "There is no such time zone.", cancellationToken);
            return;
        }
        // What is malformed, not there and not theirs is one answer.
        if (ExportRequest.Read(http.Request.Query) is not { } request)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var entries = new List<IAsyncEnumerable<Entry>>();
        try
        {
            foreach (var source in request.Sources)
            {
                if (source.App != CalendarApp.AppId || await ReadAsync(files, viewer, source, request, cancellationToken) is not { } read)
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }
                entries.Add(read);
            }
        }
        catch (SourceUnavailableException unavailable)
        {
            await SayAsync(http, StatusCodes.Status503ServiceUnavailable, unavailable.Message, cancellationToken);
            return;
        }
        http.Response.ContentType = "text/calendar; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(FormattableString.Invariant($"{(request.Entry is null ? "calendar" : "event")}-{time.GetUtcNow():yyyy-MM-dd}.ics"));
        http.Response.Headers.ContentDisposition = name.ToString();
        var skipped = 0;
        if (http.Response.SupportsTrailers())
            http.Response.DeclareTrailer(LeftOut);
        try
        {
            await apps.Get(CalendarApp.AppId).JoinAsync(AllAsync(entries, cancellationToken), http.Response.Body, _ => skipped++, cancellationToken);
            if (http.Response.SupportsTrailers())
                http.Response.AppendTrailer(LeftOut, skipped.ToString(CultureInfo.InvariantCulture));
            if (skipped > 0)
                LogSkipped(logs.CreateLogger(typeof(CalendarExportSetup)), skipped);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The head is sent. A download that breaks off is seen; one that ends early is taken for whole.
            LogBrokeOff(logs.CreateLogger(typeof(CalendarExportSetup)), exception);
            http.Abort();
        }
    }

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
