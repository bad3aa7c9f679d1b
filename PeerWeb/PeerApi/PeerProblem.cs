using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi;

/// <summary>A refusal as the result of a call: <c>application/problem+json</c> with a stable type and the request's id.</summary>
/// <param name="Slug">One of <see cref="PeerProblems"/>.</param>
public sealed record PeerProblem(int Status, string Slug, string Detail) : IResult
{
    /// <summary>For "not there" and "not yours" alike.</summary>
    public static readonly PeerProblem NotFound =
        new(StatusCodes.Status404NotFound, PeerProblems.NotFound, "There is no such collection or entry for this user.");

    public static readonly PeerProblem NotJson =
        new(StatusCodes.Status415UnsupportedMediaType, PeerProblems.NotJson, "The call takes application/json.");

    public static readonly PeerProblem TokenGone =
        new(StatusCodes.Status410Gone, PeerProblems.SyncTokenGone, "The sync token no longer says anything; list everything anew.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return PeerProblemWriter.WriteAsync(httpContext, Status, Slug, Detail, httpContext.RequestAborted);
    }
}
