using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.PeerApi.Messages;

/// <summary>What <c>POST /peer/v1/messages</c> answers to notices of grants.</summary>
public sealed class GrantMessageTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_is_answered_the_same_whether_its_recipient_is_there_or_not()
    {
        var pair = await hosts.LinkAsync();
        foreach (var recipient in (string[])[pair.Reader.Value, "nobody-at-all"])
        {
            var answer = await SendAsync(Body(recipient).ToJsonString());
            Assert.Equal(StatusCodes.Status200OK, answer.Status);
            Assert.Equal("""{"received":true}""", System.Text.Encoding.UTF8.GetString(answer.Message.Body.Span));
        }

        Assert.Single(await hosts.Globex.Services.GetRequiredService<IOfferBook>().ListAsync(pair.Reader, Cancel));
    }

    [Fact]
    public async Task A_repeat_gets_the_same_answer_and_another_body_under_its_key_is_refused()
    {
        var pair = await hosts.LinkAsync();
        var (key, body) = (Guid.NewGuid().ToString("N"), Body(pair.Reader.Value));

        Assert.Equal(StatusCodes.Status200OK, (await SendAsync(body.ToJsonString(), key)).Status);
        Assert.Equal(StatusCodes.Status200OK, (await SendAsync(body.ToJsonString(), key)).Status);
        body["version"] = 2;
        var other = await SendAsync(body.ToJsonString(), key);

        Assert.Equal((StatusCodes.Status422UnprocessableEntity, PeerProblems.IdempotencyKeyReused), (other.Status, other.Slug));
    }

    [Fact]
    public async Task Without_a_key_as_a_user_or_of_another_kind_nothing_is_taken()
    {
        var pair = await hosts.LinkAsync();
        var body = Body(pair.Reader.Value);

        var keyless = await SendAsync(body.ToJsonString(), key: null);
        var user = await SendAsync(body.ToJsonString(), Guid.NewGuid().ToString("N"), actor: "\"ada\"");
        body["kind"] = "grant-wish";
        var unknown = await SendAsync(body.ToJsonString());

        Assert.Equal((StatusCodes.Status400BadRequest, PeerProblems.IdempotencyKeyMissing), (keyless.Status, keyless.Slug));
        Assert.Equal((StatusCodes.Status403Forbidden, PeerProblems.ActorRefused), (user.Status, user.Slug));
        Assert.Equal((StatusCodes.Status422UnprocessableEntity, PeerProblems.MessageKindUnknown), (unknown.Status, unknown.Slug));
        Assert.Empty(await hosts.Globex.Services.GetRequiredService<IOfferBook>().ListAsync(pair.Reader, Cancel));
    }

    [Theory]
    [InlineData("owner", "\"Ada\"")]
    [InlineData("owner", "null")]
    [InlineData("version", "0")]
    [InlineData("grant", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("collection", "\"work\"")]
    [InlineData("recipient", "\"sam@globex.example\"")]
    [InlineData("rights", "[]")]
    [InlineData("rights", "[\"own\"]")]
    [InlineData("covered", "[null]")]
    [InlineData("covered", "[{\"id\":\"1\",\"name\":\"Work\"}]")]
    [InlineData("more", "true")]
    public async Task A_notice_with_a_member_that_is_not_what_it_must_be_is_400(string member, string json)
    {
        var pair = await hosts.LinkAsync();
        var body = Body(pair.Reader.Value);
        body[member] = JsonNode.Parse(json);

        var answer = await SendAsync(body.ToJsonString());

        Assert.Equal((StatusCodes.Status400BadRequest, PeerProblems.MalformedBody), (answer.Status, answer.Slug));
    }

    [Fact]
    public async Task Names_of_collections_are_cut_and_harmless_and_there_are_at_most_100()
    {
        var pair = await hosts.LinkAsync();
        var body = Body(pair.Reader.Value);
        JsonObject Named(string name) => new() { ["id"] = CollectionId.New().ToString(), ["name"] = name, ["color"] = "red" };
        body["covered"] = new JsonArray(Named("Wo\u202Erk\n" + new string('x', 500)));
        Assert.Equal(StatusCodes.Status200OK, (await SendAsync(body.ToJsonString())).Status);
        body["covered"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => Named("Work"))]);
        Assert.Equal(StatusCodes.Status400BadRequest, (await SendAsync(body.ToJsonString())).Status);

        var offer = Assert.Single(await hosts.Globex.Services.GetRequiredService<IOfferBook>().ListAsync(pair.Reader, Cancel));
        var named = Assert.Single(offer.Notice.Covered);
        Assert.StartsWith("Work x", named.Name, StringComparison.Ordinal);
        Assert.Equal((200, null), (named.Name.Length, named.Color));
    }

    private static JsonObject Body(string recipient) => new()
    {
        ["kind"] = GrantMessageKinds.Offer,
        ["grant"] = Guid.NewGuid().ToString(),
        ["version"] = 1,
        ["owner"] = "ada",
        ["app"] = "calendar",
        ["covered"] = new JsonArray(),
        ["rights"] = new JsonArray("read", "edit"),
        ["recipient"] = recipient,
    };

    private Task<RawAnswer> SendAsync(string body) => SendAsync(body, Guid.NewGuid().ToString("N"));

    private Task<RawAnswer> SendAsync(string body, string? key, string? actor = null) =>
        new SignedRaw(hosts.Globex, LinkedHosts.KeyOf(hosts.Acme), hosts.GlobexClock, "POST", "/peer/v1/messages") { Actor = actor, Body = body, IdempotencyKey = key }
            .SendAsync(Cancel);
}
