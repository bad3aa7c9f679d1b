using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>Bodies of the peer API against the files of version 1: what is written is the file, and the file is read as what was written.</summary>
public sealed class GoldenBodyTests
{
    /// <summary>Members whose names are data, or an app's.</summary>
    private static readonly string[] Open = ["known", "detail"];

    public static TheoryData<string> All => [.. WireSamples.All.Select(sample => sample.Name)];

    public static TheoryData<string> Answers => [.. WireSamples.All.Where(sample => sample.IsAnswer).Select(sample => sample.Name)];

    public static TheoryData<string> Requests => [.. WireSamples.All.Where(sample => sample.IsRequest).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_is_the_file(string name)
    {
        var sample = Sample(name);
        GoldenFile.Equal(sample.File, sample.Write());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_read_from_the_file_is_what_was_written(string name)
    {
        var sample = Sample(name);
        var text = Golden(sample);

        var read = sample.Read(text, sample.IsRequest ? PeerJson.Requests : PeerJson.Answers);

        Assert.Equivalent(sample.Value, read, strict: true);
        Assert.NotNull(read);
        Assert.Equal(text, (sample with { Value = read }).Write());
        if (sample.ThroughDomain is { } through)
            Assert.Equal(text, through(text));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_that_says_more_is_read_as_what_is_known_of_it(string name)
    {
        var sample = Sample(name);

        foreach (var more in WithOneMore(Golden(sample)))
            Assert.Equivalent(sample.Value, sample.Read(more, PeerJson.Answers), strict: true);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_that_says_more_is_refused_wherever_it_does(string name)
    {
        var sample = Sample(name);

        foreach (var more in WithOneMore(Golden(sample)))
            Assert.Throws<JsonException>(() => sample.Read(more, PeerJson.Requests));
    }

    [Fact]
    public void Every_type_of_the_wire_is_in_a_file_with_each_member_and_without_each_that_may_be_absent()
    {
        var seen = new HashSet<string>();
        foreach (var sample in WireSamples.All)
            Visit(sample.Value, seen);

        var wanted = WireTypes().SelectMany(type => MembersOf(type).SelectMany(member => IsOptional(type, member)
            ? new[] { $"{type.Name}.{member.Name}", $"{type.Name} without {member.Name}" }
            : [$"{type.Name}.{member.Name}"]));
        Assert.Empty(wanted.Except(seen));
        Assert.True(WireTypes().Count() > 25);
    }

    [Fact]
    public void Every_type_of_problem_is_in_a_file() =>
        Assert.Equal(
            PeerProblems.All.Concat(LinkProblems.All).Order(StringComparer.Ordinal),
            WireSamples.All.Select(sample => sample.Value).OfType<WireProblem>().Select(problem => PeerProblems.Slug(problem.Type)).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_refused_write_is_read_as_what_the_owner_decided()
    {
        foreach (var (name, outcome) in ProblemSamples.Writes)
        {
            var text = GoldenFile.Read(ProblemSamples.File(name) + ".json");
            var (status, problem) = (WireSample.Parse<WireProblem>(text, PeerJson.Answers).Status, WireSample.Parse<WireRefusedWrite>(text, PeerJson.Answers));

            Assert.Equal(outcome, WireWrites.FromWire((System.Net.HttpStatusCode)status.GetValueOrDefault(), problem, WireSamples.Work, WireSamples.Review));
        }
    }

    [Fact]
    public void No_file_of_the_wire_is_there_that_nothing_reads() =>
        Assert.Empty(GoldenFile.Names.Except([
            .. WireSamples.All.Select(sample => sample.File), .. GoldenSignatureTests.Files, .. GoldenRequestTests.Files, .. PeerWeb.Tests.PeerApi.Methods.MethodEndpointsTests.Files,
        ]));

    private static WireSample Sample(string name) => WireSamples.All.Single(sample => sample.Name == name);

    private static string Golden(WireSample sample)
    {
        if (GoldenFile.IsUpdating)
            GoldenFile.Equal(sample.File, sample.Write());
        return GoldenFile.Read(sample.File);
    }

    /// <summary>The message with one member more, once for each object in it.</summary>
    private static IEnumerable<string> WithOneMore(string json)
    {
        var count = Objects(JsonNode.Parse(json)).Count();
        Assert.True(count > 0);
        for (var i = 0; i < count; i++)
        {
            var copy = JsonNode.Parse(json);
            Objects(copy).ElementAt(i)["peerwebLater"] = new JsonArray(1);
            yield return JsonSerializer.Serialize(copy, PeerJson.Answers);
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject some => some.Where(member => !Open.Contains(member.Key)).SelectMany(member => Objects(member.Value)).Prepend(some),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    /// <summary>What is written; <see cref="WireRefusedWrite"/> is a reader's part of a problem, and has its own test.</summary>
    private static IEnumerable<Type> WireTypes() => typeof(WireQuery).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsNested: false, IsAbstract: false } && type.GetMethod("<Clone>$") is not null && type != typeof(WireRefusedWrite))
        .Where(type => type.Namespace == typeof(WireQuery).Namespace || type.Namespace == typeof(DiscoveryDocument).Namespace || type == typeof(JsonWebKey));

    private static IEnumerable<PropertyInfo> MembersOf(Type type) => type.GetConstructors().Single(made => made.GetParameters().Length > 0 && made.GetParameters()[0].ParameterType != type)
        .GetParameters().Select(parameter => type.GetProperty(parameter.Name ?? "") ?? throw new InvalidOperationException($"{type.Name} has no {parameter.Name}."));

    private static bool IsOptional(Type type, PropertyInfo member) =>
        type.GetConstructors().SelectMany(made => made.GetParameters()).Any(parameter => parameter.Name == member.Name && parameter.HasDefaultValue);

    private static void Visit(object? value, HashSet<string> seen)
    {
        if (value is IEnumerable list and not string)
        {
            foreach (var element in list)
                Visit(element, seen);
        }
        else if (value is not null && WireTypes().Contains(value.GetType()))
        {
            foreach (var member in MembersOf(value.GetType()))
            {
                var inner = member.GetValue(value);
                seen.Add(inner is null ? $"{value.GetType().Name} without {member.Name}" : $"{value.GetType().Name}.{member.Name}");
                Visit(inner, seen);
            }
        }
    }
}
