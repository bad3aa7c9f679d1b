using System.Net;
using System.Text.Json;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Client;

/// <summary>A peer refused a call, with a valid signature under its refusal.</summary>
public sealed class PeerRefusedException(HttpStatusCode status, string? slug, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>One of <see cref="PeerProblems"/>, or null where the peer gave none.</summary>
    public string? Slug { get; } = slug;

    /// <summary>Whether what was asked may have had its effect nevertheless: the peer failed over it, or an earlier attempt may have arrived.</summary>
    public bool MayHaveHappened { get; init; } = (int)status >= 500 && slug is not (PeerProblems.StorageFull or PeerProblems.StorageBusy);

    /// <param name="body">The answer's body, a problem or anything else.</param>
    public static PeerRefusedException From(HttpStatusCode status, string? body)
    {
        var problem = ProblemIn(body);
        var detail = DisplayText.Excerpt(problem?.Detail ?? problem?.Title, 500);
        return new PeerRefusedException(
            status, PeerProblems.Slug(problem?.Type), detail.Length > 0 ? detail : $"The peer refused the request (status {(int)status}).");
    }

    private static Refusal? ProblemIn(string? body)
    {
        if (string.IsNullOrEmpty(body))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Refusal>(body, PeerJson.Answers);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>No more of a problem than is shown, so that what else stands in it cannot make it unreadable.</summary>
    private sealed record Refusal(string? Type = null, string? Title = null, string? Detail = null);
}
