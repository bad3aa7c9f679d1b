using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>Writes that no client of ours would send, byte for byte over Acme's whole pipeline: none of them changes anything.</summary>
public sealed class ForgedWriteTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private static readonly string Changed = Ics.Event("one", "Changed", ":20261110T090000Z", ":20261110T100000Z");
    private static readonly string New = Ics.Event("new", "New", ":20261110T090000Z", ":20261110T100000Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "one", "edit")]
    [InlineData("PUT", "new", "add")]
    [InlineData("DELETE", "one", "delete")]
    public async Task Who_may_read_is_refused_a_write_by_the_name_of_the_missing_right(string method, string uid, string missing)
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.Read);
        var condition = uid == "new" ? NoneMatch("*") : Match(etag);

        var answer = await UnchangedAsync(pair, calendar, Call(pair, calendar, method, uid, condition));

        Assert.Equal((StatusCodes.Status403Forbidden, PeerProblems.RightMissing), (answer.Status, answer.Slug));
        Assert.Equal(missing, Member(answer, "missing")?.GetString());
    }

    [Fact]
    public async Task Without_a_grant_there_is_nothing_to_write_to()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.None);

        foreach (var call in new[] { Call(pair, calendar, "PUT", "one", Match(etag)), Call(pair, calendar, "PUT", "new", NoneMatch("*")), Call(pair, calendar, "DELETE", "one", Match(etag)) })
            Assert.Equal((StatusCodes.Status404NotFound, PeerProblems.NotFound), Said(await UnchangedAsync(pair, calendar, call)));
    }

    [Fact]
    public async Task A_peer_that_writes_for_another_peers_user_has_none_of_that_users_rights()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        using var initech = SigningKey.Create();
        await LinkedHosts.AddPeerAsync(hosts.Acme, LinkedHosts.Stranger(initech, "initech.example"), new Uri("http://initech.example"));
        var call = Call(pair, calendar, "PUT", "one", Match(etag)) with { Key = initech };

        Assert.Equal((StatusCodes.Status404NotFound, PeerProblems.NotFound), Said(await UnchangedAsync(pair, calendar, call)));
        Assert.Equal(
            (StatusCodes.Status403Forbidden, PeerProblems.ActorMissing),
            Said(await UnchangedAsync(pair, calendar, Call(pair, calendar, "PUT", "one", Match(etag)) with { Actor = null })));
    }

    [Fact]
    public async Task A_body_of_another_collection_or_entry_than_the_path_is_refused()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var other = await pair.Acme.CalendarAsync("Other", Rights.All);
        var call = Call(pair, calendar, "PUT", "one", Match(etag));

        foreach (var body in new[] { Body(other, "one", Changed), Body(calendar, "two", Changed), Body(calendar, "ONE", Changed) })
        {
            Assert.Equal(
                (StatusCodes.Status422UnprocessableEntity, PeerProblems.PathMismatch), Said(await UnchangedAsync(pair, calendar, call with { Body = body })));
        }
        var otherText = await UnchangedAsync(pair, calendar, call with { Body = Body(calendar, "one", New) });
        Assert.Equal((StatusCodes.Status422UnprocessableEntity, PeerProblems.InvalidEntry), Said(otherText));
    }

    [Theory]
    [InlineData(null, null, 428, PeerProblems.PreconditionMissing)]
    [InlineData("ETAG", "*", 400, PeerProblems.PreconditionMalformed)]
    [InlineData("W/ETAG", null, 400, PeerProblems.PreconditionMalformed)]
    [InlineData("ETAG, ETAG", null, 400, PeerProblems.PreconditionMalformed)]
    [InlineData("*", null, 400, PeerProblems.PreconditionMalformed)]
    [InlineData("1.1", null, 400, PeerProblems.PreconditionMalformed)]
    [InlineData("\"\"", null, 400, PeerProblems.PreconditionMalformed)]
    [InlineData(null, "ETAG", 400, PeerProblems.PreconditionMalformed)]
    [InlineData(null, "\"*\"", 400, PeerProblems.PreconditionMalformed)]
    [InlineData(null, "*, ETAG", 400, PeerProblems.PreconditionMalformed)]
    [InlineData("\"0.0\"", null, 412, PeerProblems.PreconditionFailed)]
    public async Task A_write_without_exactly_one_condition_that_holds_changes_nothing(string? match, string? noneMatch, int status, string slug)
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        KeyValuePair<string, string>[] fields =
        [
            new(PeerHeaders.IfMatch, match?.Replace("ETAG", etag.ToHeader(), StringComparison.Ordinal) ?? ""),
            new(PeerHeaders.IfNoneMatch, noneMatch?.Replace("ETAG", etag.ToHeader(), StringComparison.Ordinal) ?? ""),
        ];

        Assert.Equal((status, slug), Said(await UnchangedAsync(pair, calendar, Call(pair, calendar, "PUT", "one", fields))));
        Assert.Equal((status, slug), Said(await UnchangedAsync(pair, calendar, Call(pair, calendar, "DELETE", "one", fields))));
    }

    [Fact]
    public async Task A_deletion_of_what_is_not_there_is_no_deletion()
    {
        var (pair, calendar, _) = await ShareAsync(Rights.All);

        Assert.Equal(
            (StatusCodes.Status400BadRequest, PeerProblems.PreconditionMalformed),
            Said(await UnchangedAsync(pair, calendar, Call(pair, calendar, "DELETE", "one", NoneMatch("*")))));
    }

    [Fact]
    public async Task A_condition_that_comes_twice_or_is_not_signed_is_no_condition()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var twice = Call(pair, calendar, "PUT", "one", Match(etag)).Sign();
        twice.Fields.Add(new(PeerHeaders.IfMatch, "\"9.9\""));
        var added = Call(pair, calendar, "PUT", "one").Sign();
        added.Fields.Add(new(PeerHeaders.IfMatch, etag.ToHeader()));
        var taken = Call(pair, calendar, "PUT", "one", Match(etag)).Sign();
        taken.Remove(PeerHeaders.IfMatch);
        var otherKey = Call(pair, calendar, "PUT", "one", Match(etag)).Sign();
        otherKey[PeerHeaders.IdempotencyKey] = "fedcba9876543210";
        var otherBody = Call(pair, calendar, "PUT", "one", Match(etag)).Sign();
        otherBody.Body = otherBody.Body.Replace("Changed", "Chanted", StringComparison.Ordinal);

        (Signing.Sent Sent, string Slug)[] cases =
        [
            (twice, PeerProblems.DuplicateField), (added, PeerProblems.SignatureComponents), (taken, PeerProblems.SignatureComponents),
            (otherKey, PeerProblems.SignatureInvalid), (otherBody, PeerProblems.DigestMismatch),
        ];
        foreach (var (sent, slug) in cases)
        {
            var answer = await UnchangedAsync(pair, calendar, () => SignedRaw.SendAsync(hosts.Acme, sent, Cancel));
            Assert.Equal((StatusCodes.Status401Unauthorized, slug), Said(answer));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen-letters")]
    [InlineData("a-key-that-is-longer-than-the-sixty-four-characters-it-may-have-.")]
    public async Task A_write_without_a_usable_idempotency_key_is_refused(string key)
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        KeyValuePair<string, string>[] fields = [Match(etag), new(PeerHeaders.IdempotencyKey, key)];

        foreach (var method in new[] { "PUT", "DELETE" })
        {
            Assert.Equal(
                (StatusCodes.Status400BadRequest, PeerProblems.IdempotencyKeyMissing),
                Said(await UnchangedAsync(pair, calendar, Call(pair, calendar, method, "one", fields))));
        }
    }

    [Fact]
    public async Task A_body_that_is_not_exactly_the_calls_json_is_refused()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var call = Call(pair, calendar, "PUT", "one", Match(etag));
        var good = Body(calendar, "one", Changed);

        Assert.Equal(
            (StatusCodes.Status415UnsupportedMediaType, PeerProblems.NotJson),
            Said(await UnchangedAsync(pair, calendar, call with { Body = Changed, ContentType = "text/calendar" })));
        foreach (var body in new[] { "", "null", "[]", Changed, good[..^1], good[..^1] + ",\"owner\":\"ada\"}", good[..^1] + ",\"text\":\"\"}", """{"collection":"","uid":""}""" })
        {
            var answer = await UnchangedAsync(pair, calendar, call with { Body = body });
            Assert.True(answer is { Status: StatusCodes.Status400BadRequest, Slug: PeerProblems.MalformedBody } or { Status: StatusCodes.Status415UnsupportedMediaType }, body);
        }
    }

    [Fact]
    public async Task An_entry_of_more_than_512_kibibytes_is_too_large_and_one_that_cannot_be_read_says_where()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var call = Call(pair, calendar, "PUT", "one", Match(etag));

        var large = await UnchangedAsync(pair, calendar, call with { Body = Body(calendar, "one", new string('x', Entry.MaxBytes + 1)) });
        Assert.Equal((StatusCodes.Status413PayloadTooLarge, PeerProblems.EntryTooLarge), Said(large));
        var broken = await UnchangedAsync(pair, calendar, call with { Body = Body(calendar, "one", Changed.Replace("DTSTART:20261110", "DTSTART:yesterday", StringComparison.Ordinal)) });
        Assert.Equal((StatusCodes.Status422UnprocessableEntity, PeerProblems.InvalidEntry), Said(broken));
        Assert.Equal(7, Member(broken, "line")?.GetInt32());
        Assert.NotEmpty(broken.Problem?.Detail ?? "");
    }

    [Fact]
    public async Task A_rule_that_the_parser_or_its_evaluation_throws_at_is_invalid_with_line_and_reason()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var call = Call(pair, calendar, "PUT", "one", Match(etag));
        string[] rules =
        [
            "FREQ=WEEKLY;WKST=XX", "FREQ=DAILY;BYHOUR=99999999999", "FREQ=YEARLY;BYDAY=1", "FREQ=MONTHLY;BYMONTH=5L", "FREQ=DAILY;BYDAY=0MO",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=2147483647",
        ];

        foreach (var rule in rules)
        {
            var text = Changed.Replace("END:VEVENT", $"RRULE:{rule}\r\nEND:VEVENT", StringComparison.Ordinal);
            var answer = await UnchangedAsync(pair, calendar, call with { Body = Body(calendar, "one", text) });
            Assert.Equal((StatusCodes.Status422UnprocessableEntity, PeerProblems.InvalidEntry), Said(answer));
            Assert.InRange(Member(answer, "line")?.GetInt32() ?? 0, 4, Array.IndexOf(text.Split("\r\n"), $"RRULE:{rule}") + 1);
            Assert.Contains("rule", (answer.Problem?.Detail ?? "").Replace("COUNT", "rule", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stale_write_shows_what_is_there_only_to_who_may_read_it()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.Read | Rights.Edit);
        var stale = await UnchangedAsync(pair, calendar, Call(pair, calendar, "PUT", "one", Match(ETag.Parse("0.0"))));
        var current = Member(stale, "current");
        Assert.Equal(("one", etag.Value), (current?.GetProperty("uid").GetString(), current?.GetProperty("eTag").GetString()));
        Assert.Contains("SUMMARY:Stand-up", current?.GetProperty("text").GetString(), StringComparison.Ordinal);

        var (blind, theirs, _) = await ShareAsync(Rights.Add);
        var bare = await UnchangedAsync(blind, theirs, Call(blind, theirs, "PUT", "one", NoneMatch("*")));
        Assert.Equal((StatusCodes.Status412PreconditionFailed, PeerProblems.PreconditionFailed), Said(bare));
        Assert.Null(Member(bare, "current"));
    }

    [Fact]
    public async Task A_write_that_is_done_says_how_and_names_the_new_version()
    {
        var (pair, calendar, etag) = await ShareAsync(Rights.All);
        var changed = await Call(pair, calendar, "PUT", "one", Match(etag)).SendAsync(Cancel);
        var added = await Call(pair, calendar, "PUT", "new", NoneMatch("*")).SendAsync(Cancel);
        Assert.Equal((StatusCodes.Status200OK, StatusCodes.Status201Created), (changed.Status, added.Status));
        Assert.Equal((await pair.Acme.Owner.ReadAsync(calendar, Uid.Parse("new"), Cancel))?.ETag.ToHeader(), added.Message.Fields.Value(PeerHeaders.ETag));
        Assert.True(ETag.TryParseHeader(changed.Message.Fields.Value(PeerHeaders.ETag), out var version));

        var deleted = await Call(pair, calendar, "DELETE", "one", Match(version)).SendAsync(Cancel);
        Assert.Equal((StatusCodes.Status204NoContent, 0), (deleted.Status, deleted.Message.Body.Length));
        Assert.True(deleted.Message.Fields.Has(PeerHeaders.Signature));
        await using var db = pair.Acme.NewContext();
        Assert.Equal($"{pair.Reader}@{hosts.Globex.Domain}", (await db.Changes.OrderByDescending(change => change.At).ThenByDescending(change => change.Sequence).FirstAsync(change => change.Uid == "new", Cancel)).Actor);
    }

    private async Task<(LinkedPair Pair, CollectionId Calendar, ETag ETag)> ShareAsync(Rights rights)
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.ShareAsync(rights);
        var entry = await pair.Acme.Owner.ReadAsync(calendar, Uid.Parse("one"), Cancel);
        return (pair, calendar, entry?.ETag ?? throw new InvalidOperationException("It is not there."));
    }

    private SignedRaw Call(LinkedPair pair, CollectionId calendar, string method, string uid, params KeyValuePair<string, string>[] fields) =>
        new(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.GlobexClock, method, $"/peer/v1/collections/{calendar}/entries/{Uid.Parse(uid).ToPathSegment()}")
        {
            Actor = $"\"{pair.Reader}\"",
            Body = method == "PUT" ? Body(calendar, uid, uid == "new" ? New : Changed) : "",
            Fields = fields,
        };

    private static KeyValuePair<string, string> Match(ETag etag) => new(PeerHeaders.IfMatch, etag.ToHeader());

    private static KeyValuePair<string, string> NoneMatch(string value) => new(PeerHeaders.IfNoneMatch, value);

    private static string Body(CollectionId calendar, string uid, string text) =>
        JsonSerializer.Serialize(new WireEntry(calendar.ToString(), uid, text), PeerJson.Requests);

    private static (int, string?) Said(RawAnswer answer) => (answer.Status, answer.Slug);

    private static JsonElement? Member(RawAnswer answer, string name) =>
        JsonDocument.Parse(answer.Message.Body).RootElement.TryGetProperty(name, out var member) ? member : null;

    private static Task<RawAnswer> UnchangedAsync(LinkedPair pair, CollectionId calendar, SignedRaw call) => UnchangedAsync(pair, calendar, () => call.SendAsync(Cancel));

    private static async Task<RawAnswer> UnchangedAsync(LinkedPair pair, CollectionId calendar, Func<Task<RawAnswer>> send)
    {
        var before = await StateAsync();
        var answer = await send();
        Assert.InRange(answer.Status, 400, 499);
        Assert.Equal(before, await StateAsync());
        return answer;

        async Task<string> StateAsync()
        {
            var changes = Assert.IsType<ChangesAnswer.Page>(await pair.Acme.Owner.ChangesAsync(calendar, null, 100, Cancel));
            return string.Join(' ', changes.Changes.Select(change => $"{change.Uid}={change.ETag}")) + changes.Token;
        }
    }
}
