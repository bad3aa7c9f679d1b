using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Entries;
using PeerWeb.PeerApi.Messages;

namespace PeerWeb.PeerApi.Methods;

/// <summary>One call of the peer API as its endpoint says it.</summary>
/// <param name="Kind">Of a message; null for any other call.</param>
/// <param name="IsForAnyone">It wants no signature.</param>
/// <param name="HasActor">A user acts in it.</param>
internal sealed record PeerCall(
    string Verb,
    string Route,
    string Summary,
    string? Kind,
    bool IsForAnyone,
    bool HasActor,
    IReadOnlyList<QueryField> Parameters,
    PeerCallFields Fields,
    Type? Body,
    IReadOnlyList<CallAnswer> Answers)
{
    private static readonly PeerCallFields NoFields = new([], []);

    /// <summary>The version in the route; what stands before any has been there from the first on.</summary>
    public string Since => Route.Split('/') is ["", "peer", ['v', .. var version], ..] ? version : PeerHeaders.CurrentVersion;

    /// <summary>The variable segments of the route.</summary>
    public IEnumerable<string> Segments => Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    /// <summary>The call, or one for each kind of message that it takes.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not say what it must.</exception>
    public static IEnumerable<PeerCall> Of(RouteEndpoint endpoint, IEnumerable<IPeerMessageHandler> messages)
    {
        var metadata = endpoint.Metadata;
        var handler = metadata.GetRequiredMetadata<MethodInfo>();
        var route = "/" + endpoint.RoutePattern.RawText?.Trim('/');
        var call = new PeerCall(
            metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single(),
            route,
            metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? throw new InvalidOperationException($"{route} has no summary."),
            Kind: null,
            metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null,
            handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(PeerActor)),
            [.. handler.GetParameters().Where(parameter => IsOfQuery(endpoint, parameter)).Select(QueryField.Of)],
            metadata.GetMetadata<PeerCallFields>() ?? NoFields,
            metadata.GetMetadata<PeerCallBody>()?.Type,
            [.. metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
                .Where(answer => answer.StatusCode < 300)
                .Select(answer => new CallAnswer(answer.StatusCode, answer.Type == typeof(void) ? null : answer.Type))
                .Distinct().OrderBy(answer => answer.Status)]);
        return call.Body != typeof(IPeerMessageHandler) ? [call] : messages.Select(message => call.For(message));
    }

    private PeerCall For(IPeerMessageHandler message) => this with
    {
        Kind = message.Kind,
        Summary = message.Shape.Summary,
        Fields = message.Shape.IsRepeated ? new PeerCallFields([PeerHeaders.IdempotencyKey], []) : NoFields,
        Body = message.Shape.Body,
        Answers = [new CallAnswer(message.Shape.Answer is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK, message.Shape.Answer)],
    };

    private static bool IsOfQuery(RouteEndpoint endpoint, ParameterInfo parameter) =>
        (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is { IsPrimitive: true } or { FullName: "System.String" }
        && endpoint.RoutePattern.GetParameter(parameter.Name ?? string.Empty) is null;
}

/// <summary>An answer to a call that succeeded; without a body where <paramref name="Body"/> is null.</summary>
internal sealed record CallAnswer(int Status, Type? Body);

/// <summary>A parameter of a call's query.</summary>
internal sealed record QueryField(string Name, bool IsNumber, bool IsOptional)
{
    public static QueryField Of(ParameterInfo parameter)
    {
        var isOptional = parameter.HasDefaultValue || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return new QueryField(parameter.Name ?? string.Empty, parameter.ParameterType != typeof(string), isOptional);
    }

    public string Text => IsOptional ? Name + "?" : Name;
}
