using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Wire.Golden;
using Xunit;

namespace PeerWeb.Tests.PeerApi.Methods;

/// <summary>What Globex hears of Acme's methods over a real link, while something in front of Acme says more, less or nothing.</summary>
[Collection<GoldenHosts>]
public sealed class PeerComparisonTests(FrontedHosts hosts)
{
    private const string Path = "/peer/v1/methods";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_of_one_version_can_do_the_same()
    {
        var known = Assert.IsType<MethodComparison.Known>(await CompareAsync(await hosts.LinkAsync()));

        Assert.Equal((0, 0), (known.OnlyThere.Count, known.OnlyHere.Count));
    }

    [Fact]
    public async Task A_peer_that_offers_more_and_less_is_told_call_by_call_and_member_by_member()
    {
        var pair = await hosts.LinkAsync();
        hosts.Front.Tamper(Path, answer =>
        {
            var methods = answer["methods"]?.AsArray() ?? [];
            methods.Add(new JsonObject { ["verb"] = "GET", ["route"] = "/peer/v1/directory", ["since"] = "1", ["summary"] = "Users who\u202e can be found", ["later"] = true });
            var query = Method(methods, "/peer/v1/query");
            query["request"]?.AsArray().Add("near?");
            query["answer"]?.AsArray().RemoveAt(0);
            methods.Remove(methods.Single(method => method?["kind"]?.GetValue<string>() == "grant-end"));
        });

        var known = Assert.IsType<MethodComparison.Known>(await CompareAsync(pair));

        Assert.Equal(["POST /peer/v1/query: request near?", "GET /peer/v1/directory: "], Lines(known.OnlyThere));
        Assert.Equal("Users who can be found", known.OnlyThere[1].Method.Summary);
        Assert.Equal(["POST /peer/v1/messages grant-end: ", "POST /peer/v1/query: answer slices"], Lines(known.OnlyHere));
    }

    [Fact]
    public async Task A_peer_from_before_there_was_the_question_does_not_say()
    {
        var pair = await hosts.LinkAsync();
        hosts.Front.At(Path, context =>
        {
            context.Response.Redirect("/account/login?ReturnUrl=%2Fpeer%2Fv1%2Fmethods");
            return Task.CompletedTask;
        });

        Assert.Equal(new MethodComparison.NotSaid(), await CompareAsync(pair));
    }

    [Theory]
    [InlineData("GET", "/peer/v1/not-yet")]
    [InlineData("POST", "/peer/v1/not/yet?q=1")]
    [InlineData("PATCH", "/peer/v1/query")]
    public async Task A_call_that_is_not_here_is_a_signed_problem_and_the_peer_that_answers_it_does_not_say(string verb, string target)
    {
        var pair = await hosts.LinkAsync();

        var unknown = await new SignedRaw(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.AcmeClock, verb, target) { Actor = null }.SendAsync(Cancel);
        Assert.Equal((StatusCodes.Status404NotFound, PeerProblems.MethodUnknown), (unknown.Status, unknown.Slug));

        hosts.Front.At(Path, context => hosts.Front.SignAsync(context, unknown.Status, unknown.Message.Body.ToArray()));
        Assert.Equal(new MethodComparison.NotSaid(), await CompareAsync(pair));
    }

    [Fact]
    public async Task A_peer_that_cannot_be_asked_or_says_what_cannot_be_read_is_a_sentence()
    {
        var pair = await hosts.LinkAsync();
        foreach (var wrong in (string[])["[]", "{\"methods\":[{}]}", "{\"methods\":1}", "null", $"{{\"methods\":[],\"more\":\"{new string('x', 300_000)}\"}}"])
        {
            hosts.Front.At(Path, context => hosts.Front.SignAsync(context, StatusCodes.Status200OK, System.Text.Encoding.UTF8.GetBytes(wrong)));
            Assert.Matches("^[A-Z][^{}]+\\.$", Assert.IsType<MethodComparison.Failed>(await CompareAsync(pair)).Reason);
        }
        hosts.Front.Instead = null;
        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });

        Assert.Contains("does not allow this call", Assert.IsType<MethodComparison.Failed>(await CompareAsync(pair)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_peer_says_has_an_end()
    {
        var one = new WireMethod("GET", "/a", "1", new string('s', 300), null, [.. Enumerable.Repeat(new string('p', 300), 400)]);
        var read = MethodsWire.Read(new WireMethods([.. Enumerable.Range(0, 600).Select(number => one with { Route = $"/{number}" }), one, one]));

        Assert.Equal(500, read.All.Count);
        Assert.All(read.All, method => Assert.True(method.Summary.Length <= 200 && method.Parts.Count <= 300 && method.Parts.All(part => part.Length <= 220)));
        Assert.Single(MethodsWire.Read(new WireMethods([one, one])).All);
    }

    private async Task<MethodComparison> CompareAsync(LinkedPair pair) =>
        await hosts.Globex.Services.GetRequiredService<PeerComparison>().CompareAsync(pair.AcmeAtGlobex, Cancel);

    private static JsonObject Method(JsonArray methods, string route) => methods.Select(method => method?.AsObject()).Single(method => method?["route"]?.GetValue<string>() == route) ?? [];

    private static IEnumerable<string> Lines(IEnumerable<MethodGap> gaps) => gaps.Select(gap => $"{gap.Method.Name}: {string.Join(", ", gap.Parts)}");
}
