using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi;

/// <summary>An answer of the peer API as JSON; its type is known to whoever describes the call.</summary>
internal sealed record PeerAnswer<T>(T Value, int Status = StatusCodes.Status200OK) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(Value, PeerJson.Answers, httpContext.RequestAborted);
    }
}
