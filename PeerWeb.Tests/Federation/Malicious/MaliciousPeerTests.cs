using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Fuzz;
using Xunit;

namespace PeerWeb.Tests.Federation.Malicious;

/// <summary>A peer with an active link and one right to read, whose every call is signed as it must be, tries everything: nothing comes of it, and nobody notices.</summary>
public sealed class MaliciousPeerTests : IAsyncLifetime
{
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "get", "MKCOL", "LINK"];

    private static readonly string[] People = ["sam", "ada", "bob", "henry"];

    private MaliciousWorld? _world;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MaliciousWorld World => _world ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _world = await MaliciousWorld.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_world is not null)
            await _world.DisposeAsync();
    }

    [Fact]
    public async Task Every_verb_on_every_route_as_anybody_changes_nothing_and_shows_nothing()
    {
        var before = await World.RowsAsync(World.GlobexRow);
        var (calls, leaks) = (0, new List<string>());
        foreach (var path in Paths())
        {
            World.Clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var verb in Verbs)
            {
                foreach (var actor in (string?[])[null, "\"sam\"", "\"ada\"; groups=(\"sales\")"])
                {
                    foreach (var call in Shapes(World.Call(verb, path, actor: actor)))
                    {
                        var answer = await call.SendAsync(Cancel);
                        calls++;
                        Assert.True(answer.Status < 500 || answer.Status == StatusCodes.Status501NotImplemented, $"{verb} {path}: {answer.Status}");
                        if (Encoding.UTF8.GetString(answer.Message.Body.Span).Contains(MaliciousWorld.Secret, StringComparison.OrdinalIgnoreCase))
                            leaks.Add($"{verb} {path} as {actor}");
                    }
                }
            }
        }

        Assert.True(calls > 1_000, calls.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(leaks);
        Assert.Equal(before, await World.RowsAsync(World.GlobexRow));
        await AssertNobodyNoticesAsync();
    }

    [Fact]
    public async Task No_spelling_of_an_actor_is_a_user_of_another_installation()
    {
        var before = await World.RowsAsync();
        var bobs = World.Closed[1];
        var wrong = new List<string>();
        foreach (var actor in WrongActors.Malformed)
        {
            World.Clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var call in Tries(actor, bobs))
            {
                // Octets that are no ASCII have no place in what is signed; whoever sends them sends them after that.
                var sent = (actor.All(char.IsAscii) ? call : call with { Actor = "\"sam\"" }).Sign();
                sent[PeerHeaders.Actor] = actor;
                var answer = await SignedRaw.SendAsync(World.Acme, sent, Cancel);
                if (answer.Status != StatusCodes.Status401Unauthorized || (answer.Slug != PeerProblems.MalformedField && actor.All(char.IsAscii)))
                    wrong.Add($"{actor}: {call.Method} was answered {answer.Status} {answer.Slug}");
            }
        }
        foreach (var actor in WrongActors.OwnNamesakes)
        {
            World.Clock.Advance(TimeSpan.FromSeconds(1));
            var statuses = new List<int>();
            foreach (var call in Tries(actor, bobs))
            {
                var answer = await call.SendAsync(Cancel);
                statuses.Add(answer.Status);
                if (Encoding.UTF8.GetString(answer.Message.Body.Span).Contains(bobs.ToString(), StringComparison.Ordinal))
                    wrong.Add($"{actor}: {call.Method} showed the calendar");
            }
            Assert.Equal((actor, "200 404 404 404"), (actor, string.Join(' ', statuses)));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await World.RowsAsync());
    }

    [Fact]
    public async Task Two_actors_whatever_they_are_written_like_are_none()
    {
        foreach (var name in (string[])["PeerWeb-Actor", "peerweb-actor", "PEERWEB-ACTOR"])
        {
            var sent = World.Call("GET", "/peer/v1/collections").Sign();
            sent.Fields.Add(new(name, "\"ada\""));
            Assert.Equal(StatusCodes.Status401Unauthorized, (await SignedRaw.SendAsync(World.Acme, sent, Cancel)).Status);
        }
    }

    [Fact]
    public async Task What_was_overheard_or_sent_before_has_no_second_effect()
    {
        var (bobs, put) = (World.Closed[1], MaliciousWorld.PathOf(World.Closed[1], "two"));
        var body = JsonSerializer.Serialize(new WireEntry(bobs.ToString(), "two", MaliciousWorld.Text("two", MaliciousWorld.Secret)), PeerJson.Requests);
        var theirs = World.Call("PUT", put, body) with { Key = World.Initech, Fields = [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] };
        var overheard = theirs.Sign();
        Assert.Equal(StatusCodes.Status201Created, (await SignedRaw.SendAsync(World.Acme, overheard, Cancel)).Status);
        var before = await World.RowsAsync(World.GlobexRow);

        Assert.Equal(PeerProblems.Replayed, (await SignedRaw.SendAsync(World.Acme, overheard, Cancel)).Slug);
        // The other's idempotency key, under one's own signature: its answer is not for us.
        var mine = theirs with { Key = World.Globex };
        Assert.Equal(StatusCodes.Status404NotFound, (await mine.SendAsync(Cancel)).Status);
        // One's own signature over the other's name, the other's signature over one's own, and both at once.
        Assert.Equal(PeerProblems.SignatureInvalid, (await (theirs with { Key = World.Globex, ClaimedKey = World.Initech }).SendAsync(Cancel)).Slug);
        var both = mine.Sign();
        both[PeerHeaders.SignatureInput] = overheard[PeerHeaders.SignatureInput];
        Assert.Equal(PeerProblems.SignatureInvalid, (await SignedRaw.SendAsync(World.Acme, both, Cancel)).Slug);
        both[PeerHeaders.SignatureInput] += ", pw2" + mine.Sign()[PeerHeaders.SignatureInput][3..];
        Assert.Equal(PeerProblems.SignatureMalformed, (await SignedRaw.SendAsync(World.Acme, both, Cancel)).Slug);
        // Later than anybody keeps nonces, it is too old.
        World.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(PeerProblems.ClockSkew, (await SignedRaw.SendAsync(World.Acme, overheard, Cancel)).Slug);
        var early = new FakeTimeProvider(World.Clock.GetUtcNow().AddSeconds(61));
        Assert.Equal(PeerProblems.ClockSkew, (await new SignedRaw(World.Acme, World.Globex, early, "GET", "/peer/v1/collections").SendAsync(Cancel)).Slug);

        var message = Offer(Guid.NewGuid());
        var key = Guid.NewGuid().ToString("N");
        Assert.Equal(StatusCodes.Status200OK, (await Send(message, key)).Status);
        Assert.Equal(PeerProblems.IdempotencyKeyReused, (await Send(Offer(Guid.NewGuid()), key)).Slug);
        Assert.Equal(before, await World.RowsAsync(World.GlobexRow));

        Task<RawAnswer> Send(string text, string idempotencyKey) => (World.Call("POST", "/peer/v1/messages", text, actor: null) with { IdempotencyKey = idempotencyKey }).SendAsync(Cancel);
    }

    [Fact]
    public async Task Messages_about_what_belongs_to_others_change_nothing_of_theirs()
    {
        var announced = new List<SourceChange>();
        World.Acme.Services.GetRequiredService<SourceChanges>().Changed += announced.Add;
        var home = await World.Acme.Links.HomeAsync(Cancel);
        var initech = (await World.Acme.Links.ListAsync(Cancel)).Single(peer => peer.Id == World.InitechRow);
        var before = await World.RowsAsync(World.GlobexRow);

        // The grant of another peer, ended, widened and moved to another user under its own id.
        foreach (var (kind, rights, recipient) in new[] { ("grant-end", "", "ada"), ("grant-change", "\"read\",\"edit\",\"delete\"", "ada"), ("grant-offer", "\"read\"", "bob") })
            Assert.True((await MessageAsync(Offer(World.InitechGrant.Value, kind, rights, recipient))).Status < 500);
        // Leases of everything, for everybody: given is what its own user reads.
        var all = string.Join(',', World.Closed.Append(World.Shared).Append(CollectionId.New()).Select(id => $"\"{id}\""));
        var users = string.Join(',', People.Select(user => $$"""{"user":"{{user}}","collections":[{{all}}],"groups":["sales"]}"""));
        var leased = await MessageAsync($$"""{"kind":"lease","views":[{{users}}]}""");
        var given = JsonSerializer.Deserialize<WireLeased>(leased.Message.Body.Span, PeerJson.Answers);
        Assert.Equal([("sam", World.Shared.ToString())], given?.Views.SelectMany(view => view.Collections.Select(id => (view.User, id))) ?? []);
        Assert.All(World.Closed, id => Assert.Empty(World.Acme.Services.GetRequiredService<Leases>().PeersOf(id)));
        // Nudges of collections that are none of the peer's.
        announced.Clear();
        Assert.Equal(StatusCodes.Status204NoContent, (await MessageAsync($$"""{"kind":"nudge","collections":[{{all}}]}""")).Status);
        Assert.Empty(announced);
        // Messages about the link of another, by its id there and by the ids that are known of it.
        foreach (var kind in (string[])["reject", "suspend", "resume", "revoke"])
            Assert.True((await LinkAsync(kind, $$"""{"link":"{{Guid.NewGuid()}}","yourLink":"{{World.InitechRow}}"}""")).Status < 500);
        Assert.True((await LinkAsync("approve", $$"""{"link":"{{Guid.NewGuid()}}","yourLink":"{{World.InitechRow}}","from":{{End(initech.Installation, initech.Key.Thumbprint)}},"to":{{End(home.Installation, home.Key.Thumbprint)}}}""")).Status < 500);

        Assert.Equal(before, await World.RowsAsync(World.GlobexRow));
        await AssertNobodyNoticesAsync();
    }

    [Fact]
    public async Task A_link_request_in_the_name_of_another_is_one_more_request_and_changes_no_row()
    {
        var initech = (await World.Acme.Links.ListAsync(Cancel)).Single(peer => peer.Id == World.InitechRow);
        var before = await World.RowsAsync();
        string Claim(string domain, Guid id) => $$"""{"link":"{{Guid.NewGuid()}}","domain":"{{domain}}","installationId":"{{id}}","key":{{JsonSerializer.Serialize(World.Globex.Public.Jwk)}}}""";

        Assert.Equal(StatusCodes.Status200OK, (await LinkAsync(null, Claim("initech.example", initech.Installation.Value))).Status);
        Assert.Equal(StatusCodes.Status422UnprocessableEntity, (await LinkAsync(null, Claim(World.Acme.Domain, Guid.NewGuid()))).Status);
        Assert.Equal(StatusCodes.Status422UnprocessableEntity, (await LinkAsync(null, Claim("new.example", (await World.Acme.Links.HomeAsync(Cancel)).Installation.Value))).Status);

        var added = (await World.RowsAsync()).Except(before).ToList();
        Assert.All(added, row => Assert.StartsWith("peer", row, StringComparison.Ordinal));
        Assert.Empty(before.Except(await World.RowsAsync()));
        Assert.Equal("incoming", (await World.Acme.Links.ListAsync(Cancel)).Single(peer => peer.Id != World.InitechRow && peer.Domain == initech.Domain).State.Name());
        // Its own link speaks as before.
        Assert.Equal(StatusCodes.Status200OK, (await World.Call("GET", "/peer/v1/collections").SendAsync(Cancel)).Status);
    }

    /// <summary>With the conditions and bodies that would make it count if it were allowed.</summary>
    private IEnumerable<SignedRaw> Shapes(SignedRaw bare)
    {
        yield return bare;
        if (bare.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "get")
            yield break;
        var collection = World.Closed.Append(World.Shared).FirstOrDefault(id => bare.Target.Contains(id.ToString(), StringComparison.Ordinal));
        if (collection != default)
        {
            var body = JsonSerializer.Serialize(new WireEntry(collection.ToString(), "one", MaliciousWorld.Text("one", "Overwritten")), PeerJson.Requests);
            yield return bare with { Body = bare.Method == "DELETE" ? "" : body, Fields = [KeyValuePair.Create(PeerHeaders.IfMatch, World.ETags[collection].ToHeader())] };
            yield return bare with { Body = body, Fields = [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] };
        }
        else
        {
            yield return bare with { Body = Offer(Guid.NewGuid()) };
            yield return bare with { Body = $$"""{"link":"{{Guid.NewGuid()}}","yourLink":"{{World.InitechRow}}"}""" };
        }
    }

    private IEnumerable<string> Paths()
    {
        var patterns = PeerRoute.Of(World.Acme).Select(route => route.Pattern).Distinct().ToList();
        string[] others = ["/peer/v1", "/peer/v1/keys", "/peer/v2/query", "/peer/v1/freebusy?user=bob", "/calendar", "/calendar/export", "/account/logout", "/admin/users"];
        return patterns.Where(pattern => !pattern.Contains('{', StringComparison.Ordinal)).Concat(others)
            .Concat(from pattern in patterns
                    where pattern.Contains('{', StringComparison.Ordinal)
                    from collection in World.Closed.Append(World.Shared)
                    select pattern.Replace("{collection}", collection.ToString(), StringComparison.Ordinal).Replace("{uid}", Uid.Parse("one").ToPathSegment(), StringComparison.Ordinal));
    }

    private IEnumerable<SignedRaw> Tries(string actor, CollectionId collection)
    {
        var path = MaliciousWorld.PathOf(collection);
        var overwritten = JsonSerializer.Serialize(new WireEntry(collection.ToString(), "one", MaliciousWorld.Text("one", "Overwritten")), PeerJson.Requests);
        yield return World.Call("GET", "/peer/v1/collections", actor: actor);
        yield return World.Call("GET", path, actor: actor);
        yield return World.Call("PUT", path, overwritten, actor) with { Fields = [KeyValuePair.Create(PeerHeaders.IfMatch, World.ETags[collection].ToHeader())] };
        yield return World.Call("DELETE", path, actor: actor) with { Fields = [KeyValuePair.Create(PeerHeaders.IfMatch, World.ETags[collection].ToHeader())] };
    }

    private async Task AssertNobodyNoticesAsync()
    {
        Assert.Equal(["Work"], await World.LocallyAsync("ada", World.Shared));
        Assert.Equal([MaliciousWorld.Secret], await World.LocallyAsync("bob", World.Closed[1]));
        var initech = World.Call("GET", MaliciousWorld.PathOf(World.Closed[1])) with { Key = World.Initech };
        Assert.Equal(StatusCodes.Status200OK, (await initech.SendAsync(Cancel)).Status);
    }

    private Task<RawAnswer> MessageAsync(string body) => World.Call("POST", "/peer/v1/messages", body, actor: null).SendAsync(Cancel);

    private Task<RawAnswer> LinkAsync(string? kind, string body) => World.Call("POST", kind is null ? "/peer/v1/links" : $"/peer/v1/links/{kind}", body, actor: null).SendAsync(Cancel);

    private static string Offer(Guid grant, string kind = "grant-offer", string rights = "\"read\"", string recipient = "ada") =>
        $$"""{"kind":"{{kind}}","grant":"{{grant}}","version":7,"owner":"peter","app":"calendar","covered":[],"rights":[{{rights}}],"recipient":"{{recipient}}"}""";

    private static string End(InstallationId installation, KeyThumbprint thumbprint) => $$"""{"installationId":"{{installation}}","thumbprint":"{{thumbprint}}"}""";
}
