using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.PeerApi.Messages;

namespace PeerWeb.PeerApi.Methods;

/// <summary>Every call of the peer API, read once from the endpoints that are mapped: what is not there cannot be told, and what is there is.</summary>
internal sealed class PeerCalls
{
    private readonly Lazy<Described> _described;
    private IEnumerable<EndpointDataSource> _sources = [];

    public PeerCalls(IEnumerable<IPeerMessageHandler> messages) => _described = new Lazy<Described>(() => Describe(_sources, messages));

    public IReadOnlyList<PeerCall> All => _described.Value.Calls;

    public WireMethods Methods => _described.Value.Methods;

    /// <summary>OpenAPI 3.1 of the same.</summary>
    public ReadOnlyMemory<byte> Document => _described.Value.Document;

    public PeerMethods Own => MethodsWire.Read(Methods);

    /// <summary>Where the endpoints will be once all are mapped; nobody may ask before.</summary>
    public void ReadFrom(IEnumerable<EndpointDataSource> sources) => _sources = sources;

    private static Described Describe(IEnumerable<EndpointDataSource> sources, IEnumerable<IPeerMessageHandler> messages)
    {
        var calls = sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(IsOfPeers)
            .SelectMany(endpoint => PeerCall.Of(endpoint, messages))
            .OrderBy(call => call.Route, StringComparer.Ordinal).ThenBy(call => call.Verb, StringComparer.Ordinal).ThenBy(call => call.Kind, StringComparer.Ordinal)
            .ToList();
        var schemas = new WireSchemas(
            calls.SelectMany(call => call.Answers).Select(answer => answer.Body).OfType<Type>().Append(typeof(WireProblem)),
            calls.Select(call => call.Body).OfType<Type>());
        return new Described(calls, new WireMethods([.. calls.Select(call => MethodOf(call, schemas))]), OpenApiDocument.Write(calls, schemas));
    }

    /// <summary>What has no verb is what answers for all that is not there.</summary>
    private static bool IsOfPeers(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null
        && endpoint.RoutePattern.RawText?.TrimStart('/') is { } route
        && (route.StartsWith("peer/", StringComparison.Ordinal) || route.StartsWith(".well-known/", StringComparison.Ordinal));

    private static WireMethod MethodOf(PeerCall call, WireSchemas schemas) => new(
        call.Verb,
        call.Route,
        call.Since,
        call.Summary,
        call.Kind,
        OrAbsent([.. call.Parameters.Select(parameter => parameter.Text)]),
        OrAbsent(call.Fields.Request),
        OrAbsent(call.Body is { } body ? [.. schemas.MembersOf(body, isRequest: true)] : []),
        OrAbsent([.. call.Answers.Select(answer => answer.Body).OfType<Type>().Distinct().SelectMany(answer => schemas.MembersOf(answer, isRequest: false))]));

    private static IReadOnlyList<string>? OrAbsent(IReadOnlyList<string> names) => names.Count == 0 ? null : names;

    private sealed record Described(IReadOnlyList<PeerCall> Calls, WireMethods Methods, ReadOnlyMemory<byte> Document);
}
