using System.Text.Json;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi;

/// <summary>Reads the signed body of a request strictly: no unknown, missing or duplicate members.</summary>
public static class PeerBody
{
    /// <exception cref="PeerCallException">400 with the place that cannot be read.</exception>
    public static T Read<T>(HttpContext context)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return Read<T>(context.Features.Get<PeerRequest>()?.Body ?? ReadOnlyMemory<byte>.Empty);
    }

    /// <inheritdoc cref="Read{T}(HttpContext)"/>
    public static T Read<T>(ReadOnlyMemory<byte> body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, PeerJson.Requests)
                ?? throw new PeerCallException(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, "The body is null.");
        }
        catch (JsonException exception)
        {
            throw new PeerCallException(
                StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, $"The body cannot be read at {exception.Path ?? "its start"}.");
        }
    }
}
