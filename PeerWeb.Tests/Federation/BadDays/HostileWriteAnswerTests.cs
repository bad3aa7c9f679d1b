using System.Text;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>Answers to writes with Acme's real signature that are not what they should be: never a crash, never a wrong decision.</summary>
public sealed class HostileWriteAnswerTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private const string Good = """{"collection":"ID","uid":"one"}""";

    private static readonly Uid One = Uid.Parse("one");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, null, Good)]
    [InlineData(200, "1.5", Good)]
    [InlineData(200, "W/\"1.5\"", Good)]
    [InlineData(200, "\"1.5\", \"1.6\"", Good)]
    [InlineData(200, "\"not a tag\"", Good)]
    [InlineData(200, "\"1.5\"", """{"collection":"ID","uid":"two"}""")]
    [InlineData(200, "\"1.5\"", """{"collection":"0196a5d0-0000-7000-8000-000000000000","uid":"one"}""")]
    [InlineData(200, "\"1.5\"", """{"collection":"ID","uid":7}""")]
    [InlineData(200, "\"1.5\"", """{"collection":"ID"}""")]
    [InlineData(200, "\"1.5\"", """{"collection":"ID","uid":"one","uid":"two"}""")]
    [InlineData(200, "\"1.5\"", "[]")]
    [InlineData(200, "\"1.5\"", "null")]
    [InlineData(200, "\"1.5\"", "")]
    [InlineData(204, "\"1.5\"", "")]
    [InlineData(412, null, """{"type":"urn:peerweb:problem:precondition-failed","current":{"uid":"two","text":"t","eTag":"1.5"}}""")]
    [InlineData(412, null, """{"type":"urn:peerweb:problem:precondition-failed","current":{"uid":"one","text":"t","eTag":"not a tag"}}""")]
    [InlineData(412, null, """{"type":"urn:peerweb:problem:precondition-failed","current":{"uid":"one","text":null,"eTag":"1.5"}}""")]
    [InlineData(412, null, """{"type":"urn:peerweb:problem:precondition-failed","current":{"uid":"one"}}""")]
    [InlineData(412, null, """{"type":"urn:peerweb:problem:precondition-failed","current":7}""")]
    [InlineData(412, null, "Precondition Failed")]
    [InlineData(403, null, """{"type":"urn:peerweb:problem:right-missing","missing":"everything"}""")]
    [InlineData(403, null, """{"type":"urn:peerweb:problem:right-missing","missing":8}""")]
    [InlineData(403, null, """{"type":"urn:peerweb:problem:right-missing"}""")]
    [InlineData(422, null, """{"type":"urn:peerweb:problem:invalid-entry","line":"seven"}""")]
    [InlineData(404, null, "[]")]
    public async Task An_answer_that_cannot_be_read_leaves_open_whether_the_write_happened(int status, string? etag, string body)
    {
        var (pair, source) = await PairAsync(status, etag, body);

        var answer = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source));

        Assert.True(answer.MayHaveHappened);
        Assert.StartsWith("The peer", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, """{"type":"about:blank","title":"Not Found"}""")]
    [InlineData(403, """{"type":"urn:peerweb:problem:actor-missing","detail":"No."}""")]
    [InlineData(422, """{"type":"urn:peerweb:problem:path-mismatch","detail":"No."}""")]
    [InlineData(412, """{"type":"urn:peerweb:problem:right-missing","missing":"edit"}""")]
    [InlineData(428, """{"type":"urn:peerweb:problem:precondition-missing"}""")]
    [InlineData(400, "")]
    public async Task A_refusal_that_says_nothing_about_the_entry_is_no_decision(int status, string body)
    {
        var (pair, source) = await PairAsync(status, etag: null, body);

        Assert.False(Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source)).MayHaveHappened);
    }

    [Fact]
    public async Task What_a_peer_says_is_wrong_with_an_entry_is_shown_in_one_line()
    {
        var (pair, source) = await PairAsync(422, etag: null, $$"""{"type":"urn:peerweb:problem:invalid-entry","detail":"\u202eBad\n{{new string('x', 10_000)}}","line":-3}""");

        var invalid = Assert.IsType<SaveOutcome.Invalid>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(pair, source)).Outcome);

        Assert.Null(invalid.Line);
        Assert.StartsWith("Bad x", invalid.Reason, StringComparison.Ordinal);
        Assert.Equal(500, invalid.Reason.Length);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task An_answer_to_a_deletion_that_is_none_leaves_it_open(int status)
    {
        var (pair, source) = await PairAsync(status, "\"1.5\"", Good);

        var answer = await pair.Entries.DeleteAsync(pair.Reader, source, One, ETag.Parse("1.1"), Guid.NewGuid().ToString("N"), Cancel);

        Assert.True(Assert.IsType<WriteAnswer.Unavailable>(answer).MayHaveHappened);
    }

    private async Task<(LinkedPair Pair, SourceId Source)> PairAsync(int status, string? etag, string body)
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.ShareAsync(Rights.Read | Rights.Edit | Rights.Delete);
        var bytes = Encoding.UTF8.GetBytes(body.Replace("ID", calendar.ToString(), StringComparison.Ordinal));
        hosts.Front.Instead = context => hosts.Front.SignAsync(context, status, bytes, hosts.Front.Key, etag);
        return (pair, new SourceId(new Address(pair.Acme.OwnerName, pair.Source.Domain), CalendarApp.AppId, calendar));
    }

    private static Task<WriteAnswer> SaveAsync(LinkedPair pair, SourceId source) => pair.Entries.SaveAsync(
        pair.Reader, source, One, Ics.Event("one", "Mine", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Match(ETag.Parse("1.1")),
        Guid.NewGuid().ToString("N"), Cancel);
}
