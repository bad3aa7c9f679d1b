using System.Runtime.CompilerServices;
using Microsoft.Net.Http.Headers;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Export;

namespace PeerWeb.Features.Calendars;

/// <summary>The download of calendars as one file. A GET, since it changes nothing; other sites cannot read what it answers.</summary>
public static partial class CalendarExportSetup
{
    public static IEndpointRouteBuilder MapCalendarExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ExportRequest.Path, ExportAsync).RequireAuthorization();
        return endpoints;
    }

    private static async Task ExportAsync(
        HttpContext http, SourceFiles files, AppRegistry apps, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var viewer = UserName.Parse(http.User.Identity?.Name);
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
                var read = source.App == CalendarApp.AppId ? await files.ExportAsync(viewer, source, request.Range, request.Zone, cancellationToken) : null;
                if (read is null)
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }
                entries.Add(read);
            }
        }
        catch (SourceUnavailableException unavailable)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(unavailable.Message, cancellationToken);
            return;
        }
        http.Response.ContentType = "text/calendar; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(FormattableString.Invariant($"calendar-{time.GetUtcNow():yyyy-MM-dd}.ics"));
        http.Response.Headers.ContentDisposition = name.ToString();
        try
        {
            await apps.Get(CalendarApp.AppId).JoinAsync(AllAsync(entries, cancellationToken), http.Response.Body, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The head is sent. A download that breaks off is seen; one that ends early is taken for whole.
            LogBrokeOff(logs.CreateLogger(typeof(CalendarExportSetup)), exception);
            http.Abort();
        }
    }

    private static async IAsyncEnumerable<Entry> AllAsync(IReadOnlyList<IAsyncEnumerable<Entry>> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await foreach (var entry in source.WithCancellation(cancellationToken))
                yield return entry;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An export broke off")]
    private static partial void LogBrokeOff(ILogger logger, Exception exception);
}
