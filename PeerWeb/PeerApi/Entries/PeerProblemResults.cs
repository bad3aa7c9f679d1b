using Microsoft.AspNetCore.Http.HttpResults;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Entries;

/// <summary>Problems of the entry calls.</summary>
internal static class PeerProblemResults
{
    /// <summary>For "not there" and "not yours" alike.</summary>
    public static ProblemHttpResult NotFound() =>
        Problem(StatusCodes.Status404NotFound, PeerProblems.NotFound, "There is no such collection or entry for this user.");

    public static ProblemHttpResult TokenGone() =>
        Problem(StatusCodes.Status410Gone, PeerProblems.SyncTokenGone, "The sync token no longer says anything; list everything anew.");

    private static ProblemHttpResult Problem(int status, string slug, string detail) =>
        TypedResults.Problem(detail, statusCode: status, type: PeerProblems.Type(slug));
}
