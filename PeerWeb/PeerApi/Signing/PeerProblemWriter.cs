using System.Diagnostics;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Writes <c>application/problem+json</c> (RFC 9457) with our stable types and the id of the request.</summary>
public static class PeerProblemWriter
{
    /// <summary>The id that logs here and the problem there both carry.</summary>
    public static string RequestId(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current?.Id ?? context.TraceIdentifier;
    }

    public static Task WriteAsync(HttpContext context, int status, string slug, string detail, CancellationToken cancellationToken) =>
        WriteAsync(context, status, new RequestVerification.Refused(slug, detail), cancellationToken);

    internal static Task WriteAsync(
        HttpContext context, int status, RequestVerification.Refused refused, CancellationToken cancellationToken) => WriteAsync(
            context, status, new WireProblem(PeerProblems.Type(refused.Slug), refused.Detail, status, RequestId(context), refused.SignedAt, refused.ReceivedAt), cancellationToken);

    internal static Task WriteAsync(HttpContext context, int status, WireRefusedWrite refused, CancellationToken cancellationToken) => WriteAsync(
        context,
        status,
        new WireProblem(refused.Type, refused.Detail, status, RequestId(context), Missing: refused.Missing, Line: refused.Line, Current: refused.Current), cancellationToken);

    private static async Task WriteAsync(HttpContext context, int status, WireProblem problem, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, PeerJson.Answers);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }
}
