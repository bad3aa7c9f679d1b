using Microsoft.AspNetCore.Http.HttpResults;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi.Methods;

/// <summary>What this installation can be asked for, told to linked peers.</summary>
internal static class MethodEndpoints
{
    public static IServiceCollection AddPeerMethods(this IServiceCollection services)
    {
        services.AddSingleton<PeerCalls>();
        services.AddSingleton<OwnMethods>(provider => () => provider.GetRequiredService<PeerCalls>().Own);
        return services.AddSingleton<PeerComparison>();
    }

    public static WebApplication MapPeerMethods(this WebApplication app)
    {
        app.Services.GetRequiredService<PeerCalls>().ReadFrom(((IEndpointRouteBuilder)app).DataSources);
        var group = app.MapGroup("/peer/v1").RequireAuthorization(PeerPolicies.Active);
        group.MapGet("/methods", Methods).WithSummary("Every call with its signature");
        group.MapGet("/openapi.json", Document).Produces(StatusCodes.Status200OK).WithSummary("Every call as an OpenAPI document");
        // For every verb and after all others: a newer peer may ask for what is not here yet, and is to hear just that.
        group.Map("/{**call}", Unknown).WithOrder(int.MaxValue);
        return app;
    }

    private static PeerProblem Unknown() => new(StatusCodes.Status404NotFound, PeerProblems.MethodUnknown, "This installation knows no such call.");

    private static PeerAnswer<WireMethods> Methods(PeerCalls calls) => new(calls.Methods);

    private static FileContentHttpResult Document(PeerCalls calls) => TypedResults.Bytes(calls.Document, "application/json; charset=utf-8");
}
