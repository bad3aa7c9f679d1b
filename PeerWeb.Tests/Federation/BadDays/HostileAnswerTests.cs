using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>Answers with Acme's real signature, or nearly, that are not what they should be.</summary>
public sealed class HostileAnswerTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_entry_that_does_not_parse_is_one_entry_missing()
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page => Entries(page)[0]!["start"] = "yesterday");

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Live, "1 entry could not be read and is missing."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Equal(["Review"], MergedMonth.Titles(acme));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""7""")]
    [InlineData("""{}""")]
    [InlineData("""{"slice":-1,"uid":"x","eTag":"1","title":"t","detail":{}}""")]
    [InlineData("""{"slice":2147483648,"uid":"x","eTag":"1","title":"t","detail":{}}""")]
    [InlineData("""{"slice":0,"uid":"","eTag":"1","title":"t","private":false,"detail":{}}""")]
    [InlineData("""{"slice":0,"uid":"x","eTag":"1","title":null,"private":false,"detail":{}}""")]
    [InlineData("""{"slice":0,"uid":"x","eTag":"1","title":"t","private":"no","detail":{}}""")]
    [InlineData("""{"slice":0,"uid":"x","eTag":"1","title":"t","private":false,"detail":[]}""")]
    [InlineData("""{"slice":0,"uid":"x","eTag":"1","title":"t","private":false,"detail":{},"start":"2026-11-10T09:00:00Z"}""")]
    [InlineData("""{"slice":0,"uid":"x","eTag":"1","title":"t","private":false,"detail":{},"start":"2026-11-10T09:00:00Z","end":"9999999-11-10"}""")]
    public async Task Whatever_stands_in_the_place_of_an_entry_harms_no_other(string entry)
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page => Entries(page).Insert(0, JsonNode.Parse(entry)));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Live, "1 entry could not be read and is missing."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task An_answer_with_another_key_is_no_answer()
    {
        var pair = await PairAsync();
        using var other = SigningKey.Create();
        hosts.Front.Instead = async context =>
        {
            var answer = await hosts.Front.FetchAsync(context);
            await hosts.Front.SignAsync(context, answer.Status, answer.Body, other);
        };

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Offline, acme.Installation.Status?.State);
        Assert.Contains("another key", acme.Installation.Status?.Reason, StringComparison.Ordinal);
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task A_changed_body_under_the_real_signature_is_no_answer()
    {
        var pair = await PairAsync();
        hosts.Front.At(Front.QueryPath, async context =>
        {
            var answer = await hosts.Front.FetchAsync(context);
            var text = Encoding.UTF8.GetString(answer.Body).Replace("Review", "Rework", StringComparison.Ordinal);
            await (answer with { Body = Encoding.UTF8.GetBytes(text) }).WriteAsync(context.Response);
        });

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Offline, acme.Installation.Status?.State);
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task Discovery_that_shows_another_key_blocks_the_link_when_it_is_opened_and_nothing_is_asked_any_more()
    {
        var pair = await PairAsync();
        using var other = SigningKey.Create();
        hosts.Front.At("/.well-known/jwks.json", context => context.Response.WriteAsJsonAsync(
            new { keys = new[] { other.Public.Jwk } }, Core.Federation.Wire.PeerJson.Answers, Cancel));

        await hosts.Globex.Links.OpenAsync(pair.AcmeAtGlobex, Cancel);

        var row = (await hosts.Globex.Links.ListAsync(Cancel)).Single(peer => peer.Id == pair.AcmeAtGlobex);
        Assert.Equal(LinkState.Blocked, row.State);
        Assert.Equal(other.KeyId, row.Seen?.Key.Thumbprint.Value);
        var merge = await pair.AskAsync();
        Assert.Equal(["globex"], merge.Asked.Installations.Select(one => one.Name));
        Assert.True(Assert.Single(merge.Answers).Installation.IsOwn);
    }

    [Fact]
    public async Task Collections_that_are_not_in_the_listing_and_their_entries_are_dropped()
    {
        var pair = await PairAsync();
        var stranger = CollectionId.New().ToString();
        hosts.Front.Tamper(Front.QueryPath, page =>
        {
            var slice = page["slices"]![0]!.DeepClone();
            slice["collection"] = stranger;
            page["slices"]!.AsArray().Add(slice);
            var entry = Entries(page)[0]!.DeepClone();
            entry["slice"] = page["slices"]!.AsArray().Count - 1;
            Entries(page).Add(entry);
        });

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Single(acme.Sources);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task Entries_of_a_collection_that_the_answer_does_not_name_are_dropped_and_counted()
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page => Entries(page)[0]!["slice"] = 7);

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal("1 entry could not be read and is missing.", acme.Installation.Status?.Reason);
        Assert.Equal(["Review"], MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task Of_a_hundred_thousand_entries_no_more_are_taken_than_were_asked_for()
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page =>
        {
            for (var i = 0; i < 100_000; i++)
                Entries(page).Add(new JsonObject());
        });

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal("2998 entries could not be read and are missing.", acme.Installation.Status?.Reason);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task Pages_without_end_are_not_followed_for_ever()
    {
        var pair = await PairAsync();
        var asked = 0;
        hosts.Front.Tamper(Front.QueryPath, page =>
        {
            asked++;
            page["entries"] = new JsonArray();
            page["next"] = new JsonObject { ["key"] = "k", ["collection"] = page["slices"]![0]!["collection"]!.DeepClone(), ["uid"] = "u", ["recurrenceId"] = "" };
        });

        await pair.AskAsync();

        Assert.InRange(asked, 1, 50);
    }

    [Fact]
    public async Task A_title_of_half_a_mebibyte_is_cut_and_a_huge_detail_is_a_broken_entry()
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page =>
        {
            Entries(page)[0]!["title"] = "\u202E" + new string('x', 512 * 1024);
            Entries(page)[1]!["detail"] = new JsonObject { ["location"] = new string('x', 512 * 1024) };
        });

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal("1 entry could not be read and is missing.", acme.Installation.Status?.Reason);
        Assert.Equal(new string('x', 1023) + "…", Assert.Single(acme.Entries).Summary.Title);
    }

    [Fact]
    public async Task An_answer_of_more_than_ten_mebibytes_is_not_read_to_its_end()
    {
        var pair = await PairAsync();
        hosts.Front.At(Front.QueryPath, context => hosts.Front.SignAsync(context, StatusCodes.Status200OK, new byte[(10 * 1024 * 1024) + 1]));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Offline, "The answer is larger than 10 MiB."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
    }

    [Theory]
    [InlineData("""{"slices":[],"entries":[],"entries":[]}""")]
    [InlineData("""{"slices":[],"entries":[{"uid":"a","uid":"b"}]}""")]
    [InlineData("""{"slices":[]}""")]
    [InlineData("""{"slices":null,"entries":[]}""")]
    [InlineData("""{"slices":[],"entries":[]} x""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("")]
    public async Task A_signed_answer_that_is_not_the_calls_json_is_no_answer(string body)
    {
        var pair = await PairAsync();
        hosts.Front.At(Front.QueryPath, context => hosts.Front.SignAsync(context, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(body)));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Offline, "The peer sent an answer that cannot be read."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task Unchanged_for_somebody_who_holds_nothing_is_never_shown_as_an_empty_calendar()
    {
        var pair = await PairAsync();
        hosts.Front.Tamper(Front.QueryPath, page =>
        {
            page["slices"]![0]!["state"] = "unchanged";
            Entries(page).Clear();
        });

        var source = Assert.Single((await pair.AskAsync()).Peer(hosts.Acme.Domain).Sources);

        Assert.Equal(SourceState.Offline, source.Status.State);
        Assert.NotNull(source.Status.Reason);
    }

    [Fact]
    public async Task A_signed_listing_without_a_collection_refuses_its_source_and_its_entries_are_gone()
    {
        var pair = await PairAsync();
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        hosts.Front.Tamper(Front.ListPath, listing => listing["collections"] = new JsonArray());

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Refused, Assert.Single(acme.Sources).Status.State);
        Assert.Empty(acme.Entries);
        hosts.Front.Instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Empty((await pair.AskAsync()).Peer(hosts.Acme.Domain).Entries);
    }

    private async Task<LinkedPair> PairAsync()
    {
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        await pair.ShareAsync();
        return pair;
    }

    private static JsonArray Entries(JsonObject page) => page["entries"]!.AsArray();
}
