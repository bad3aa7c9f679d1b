using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Methods;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Wire.Golden;
using Xunit;

namespace PeerWeb.Tests.PeerApi.Methods;

/// <summary>What an installation says that it can be asked for, against the files of version 1 and against what it does.</summary>
[Collection<GoldenHosts>]
public sealed class MethodEndpointsTests(FrontedHosts hosts)
{
    private const string MethodsFile = "methods.json";
    private const string DocumentFile = "openapi.json";

    /// <summary>What a call answers that cannot read its body.</summary>
    private static readonly string?[] Unreadable = [PeerProblems.MalformedBody, PeerProblems.MalformedRequest];

    public static IReadOnlyList<string> Files { get; } = [MethodsFile, DocumentFile];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReadOnlyList<PeerCall> Calls => hosts.Acme.Services.GetRequiredService<PeerCalls>().All;

    [Fact]
    public async Task The_methods_are_those_of_the_file_and_all_that_are_mapped()
    {
        await hosts.LinkAsync();

        var text = await AskAsync("/peer/v1/methods");

        GoldenFile.Equal(MethodsFile, text);
        var said = WireSample.Parse<WireMethods>(text, PeerJson.Answers).Methods;
        Assert.Equal(Mapped(), said.Select(method => $"{method.Verb} {method.Route}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_openapi_document_is_the_file_and_has_every_route_every_member_and_every_type_of_problem()
    {
        await hosts.LinkAsync();

        var text = await AskAsync("/peer/v1/openapi.json");

        // The file has its last line feed from us, the document has none.
        GoldenFile.Equal(DocumentFile, text);
        var document = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })?.AsObject();
        Assert.Equal("3.1.0", document?["openapi"]?.GetValue<string>());
        var operations = document?["paths"]?.AsObject().SelectMany(path => path.Value?.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}") ?? []);
        Assert.Equal(Mapped(), (operations ?? []).Order(StringComparer.Ordinal));
        var schemas = document?["components"]?["schemas"];
        foreach (var value in WireSamples.All.Select(sample => sample.Value).DistinctBy(value => value.GetType()))
        {
            var name = value.GetType().Name;
            var properties = schemas?[name.StartsWith("Wire", StringComparison.Ordinal) ? name[4..] : name]?["properties"]?.AsObject().Select(property => property.Key);
            var members = JsonSerializer.SerializeToNode(value, value.GetType(), PeerJson.Answers)?.AsObject().Select(member => member.Key) ?? [];
            Assert.Empty(members.Except(properties ?? []).Select(member => $"{name}.{member}"));
        }
        Assert.All(PeerProblems.All.Concat(LinkProblems.All), slug => Assert.Contains($"\"{PeerProblems.Type(slug)}\"", text, StringComparison.Ordinal));
        Assert.All(References(document), reference => Assert.NotNull(At(document, reference)));
    }

    [Theory]
    [InlineData("/peer/v1/methods")]
    [InlineData("/peer/v1/openapi.json")]
    public async Task Without_an_active_link_nothing_is_said(string path)
    {
        var pair = await hosts.LinkAsync();
        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });

        var answer = await Call("GET", path).SendAsync(Cancel);

        Assert.Equal((StatusCodes.Status403Forbidden, PeerProblems.LinkNotActive), (answer.Status, answer.Slug));
    }

    [Fact]
    public async Task Every_call_takes_the_body_that_it_says_and_refuses_one_member_more()
    {
        await hosts.LinkAsync();
        var wrong = new List<string>();
        // Calls of the link's life come last: they end it.
        var calls = Calls.Where(call => call.Body is not null).OrderBy(call => call.Route.Contains("/links", StringComparison.Ordinal)).ToList();
        foreach (var call in calls)
        {
            var body = BodyOf(call);
            var more = JsonNode.Parse(body)?.AsObject() ?? [];
            more["peerwebLater"] = 1;
            var (taken, refused) = (await With(call, body).SendAsync(Cancel), await With(call, more.ToJsonString(PeerJson.Requests)).SendAsync(Cancel));
            if (Unreadable.Contains(taken.Slug) || taken.Slug == PeerProblems.MessageKindUnknown)
                wrong.Add($"{call.Verb} {call.Route} {call.Kind} does not take what it says: {taken.Slug}");
            if (!Unreadable.Contains(refused.Slug))
                wrong.Add($"{call.Verb} {call.Route} {call.Kind} takes more than it says: {refused.Status} {refused.Slug}");
        }

        Assert.Empty(wrong);
        Assert.True(calls.Count > 10);
    }

    [Fact]
    public async Task Every_call_needs_the_fields_that_it_says()
    {
        await hosts.LinkAsync();
        var calls = Calls.SelectMany(call => call.Fields.Request.Where(field => !field.EndsWith('?')).Select(field => (Call: call, Field: field))).ToList();

        foreach (var (call, field) in calls)
        {
            var sent = With(call, call.Body is null ? "" : BodyOf(call));
            var answer = await (field == PeerHeaders.IdempotencyKey ? sent with { IdempotencyKey = null } : sent with { Fields = [] }).SendAsync(Cancel);
            Assert.True(answer.Slug is PeerProblems.IdempotencyKeyMissing or PeerProblems.PreconditionMissing, $"{call.Verb} {call.Route} without {field}: {answer.Slug}");
        }
        Assert.True(calls.Count > 8);
    }

    private async Task<string> AskAsync(string path)
    {
        var answer = await Call("GET", path).SendAsync(Cancel);
        Assert.Equal(StatusCodes.Status200OK, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.Message.Fields.Value(PeerHeaders.ContentType));
        return Encoding.UTF8.GetString(answer.Message.Body.Span);
    }

    private SignedRaw Call(string verb, string target) => new(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.AcmeClock, verb, target) { Actor = null };

    private SignedRaw With(PeerCall call, string body) =>
        Call(call.Verb, call.Route
            .Replace("{collection}", WireSamples.Work.ToString(), StringComparison.Ordinal).Replace("{uid}", WireSamples.Review.ToPathSegment(), StringComparison.Ordinal)) with
        {
            Body = body,
            Actor = call.HasActor ? "\"sam\"" : null,
            Fields = call.Verb is "PUT" or "DELETE" ? [new(PeerHeaders.IfMatch, "\"1.17\"")] : [],
        };

    private string BodyOf(PeerCall call)
    {
        var sample = WireSamples.All.First(sample => sample.IsRequest && sample.Value.GetType() == call.Body && (call.Kind is null || sample.Name == call.Kind));
        var body = GoldenFile.Read(sample.File);
        // First contact is signed with the key that it brings along.
        return call.Body == typeof(LinkRequestBody)
            ? JsonSerializer.Serialize((LinkRequestBody)sample.Value with { Key = LinkedHosts.KeyOf(hosts.Globex).Public.Jwk }, PeerJson.Requests)
            : body;
    }

    private IEnumerable<string> Mapped() => hosts.Acme.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText != "/peer/v1/{**call}")
        .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} /{endpoint.RoutePattern.RawText?.Trim('/')}")
        .Where(name => name.Contains(" /peer/", StringComparison.Ordinal) || name.Contains(" /.well-known/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(member => member is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>()] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? At(JsonNode? document, string reference) => reference.Split('/').Skip(1).Aggregate(document, (node, part) => node?[part]);
}
