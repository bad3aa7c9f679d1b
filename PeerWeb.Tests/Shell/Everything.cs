using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Shell;

/// <summary>One thing that can be asked of an installation.</summary>
/// <param name="IsAsset">A file of ours, the same for everybody.</param>
internal sealed record Askable(string Method, string Path, bool IsAsset)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>All endpoints of an installation, with something in the place of their parameters.</summary>
internal static class Everything
{
    public static IReadOnlyList<Askable> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => MethodsOf(endpoint).Select(method => new Askable(method, PathOf(endpoint), IsAsset(endpoint))))
            .DistinctBy(one => (one.Method, one.Path)).OrderBy(one => one.ToString(), StringComparer.Ordinal),
    ];

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.Metadata.Any(one => one.GetType().Name == "StaticAssetDescriptor");

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(PartOf))));

    private static string PartOf(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "collection" } => CollectionId.New().ToString(),
        RoutePatternParameterPart { Name: "uid" } => Uid.Parse("one").ToPathSegment(),
        RoutePatternParameterPart { Name: "View" or "view" } => "week",
        RoutePatternParameterPart { Name: "Date" or "date" } => "2026-05-12",
        _ => "nothing.txt",
    };
}
