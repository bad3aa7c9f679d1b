using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Fuzz;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Trust;

/// <summary>Whose key signs, how the link stands, which call it is, who acts and what became of the grant: every cell asked over HTTP and compared with <see cref="KeyModel"/>.</summary>
public sealed class KeyMatrixTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 1, 0, 0);

    private static readonly (string Name, LinkFacts Facts)[] States =
    [
        ("incoming", new() { AskedThere = Now }), ("outgoing", new() { AskedHere = Now }), ("both-asked", new() { AskedHere = Now, AskedThere = Now }),
        ("approved-here", new() { ApprovedHere = Now }), ("waiting-ours", new() { AskedHere = Now, ApprovedThere = Now }), ("waiting-ours", new() { ApprovedThere = Now }),
        ("waiting-theirs", new() { ApprovedHere = Now, AskedThere = Now }), ("active", Active),
        ("rejected", Active with { RejectedHere = Now }), ("rejected", Active with { RejectedThere = Now }),
        ("suspended", Active with { SuspendedHere = Now }), ("suspended", Active with { SuspendedThere = Now }), ("suspended", Active with { SuspendedHere = Now, SuspendedThere = Now }),
        ("blocked", Active with { Blocked = Now }), ("revoked", Active with { Revoked = Now, RevokedBy = LinkSide.Here }), ("revoked", Active with { Revoked = Now, RevokedBy = LinkSide.There }),
    ];

    /// <summary>Sam's grant stands, Henry's was revoked; null is the installation itself.</summary>
    private static readonly string?[] Actors = ["sam", "henry", null];

    private readonly SigningKey[] _keys = [.. Enumerable.Range(0, 7).Select(_ => SigningKey.Create())];
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;
    private PeerId _globex;
    private readonly Dictionary<AppSamples, Shared> _shared = [];
    private AppSamples _app = AppSamples.Calendar;
    private int _calls;

    /// <summary>What Ada shares of one app.</summary>
    /// <param name="Stays">The version of the entry that nobody changes.</param>
    private sealed record Shared(CollectionId Collection, ETag Stays);

    private static LinkFacts Active => new() { AskedHere = Now, ApprovedHere = Now, ApprovedThere = Now };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    private SigningKey Own => _keys[0];

    private SigningKey OtherPeer => _keys[1];

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        var home = LinkedHosts.Stranger(_keys[4], "globex.example");
        await RevokedAsync(home with { Key = KeyOf(_keys[6]) }, days: 100);
        await RevokedAsync(home with { Key = KeyOf(_keys[5]) }, days: 30);
        await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(OtherPeer, "initech.example"), new Uri("http://initech.example"));
        _globex = await LinkedHosts.AddPeerAsync(Acme, home, new Uri("http://globex.example"));
        var seen = new OtherKey(home.Installation, KeyOf(_keys[3]), "The installation shows another key.");
        await LinkedHosts.ChangePeerAsync(Acme, _globex, peer => peer with { Key = KeyOf(Own), Seen = seen });

        foreach (var app in AppSamples.All)
            _shared.Add(app, await ShareAsync(app));
    }

    private async Task<Shared> ShareAsync(AppSamples app)
    {
        var ada = UserName.Parse("ada");
        var collection = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(ada, app.App, "Work", null, Cancel);
        var henry = new Principal.RemoteUser(_globex, UserName.Parse("henry"));
        GrantChange[] changes =
        [
            new(app.App, collection, new Principal.RemoteUser(_globex, UserName.Parse("sam")), Rights.All, Rights.None, Version: 0),
            new(app.App, collection, henry, Rights.All, Rights.None, Version: 0), new(app.App, collection, henry, Rights.None, Rights.All, Version: 1),
        ];
        foreach (var change in changes)
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(ada, [change], Cancel)));
        var saved = await Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(ada, Groups: [])).SaveAsync(
            [new EntryWrite(collection, Uid.Parse("stays"), app.Of("stays", "Meeting"), new Precondition.Absent())], new Delivery("ada", Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel);
        return new Shared(collection, Assert.IsType<SaveOutcome.Saved>(Assert.Single(saved)).ETag);
    }

    private Shared Current => _shared[_app];

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        foreach (var key in _keys)
            key.Dispose();
    }

    [Fact]
    public async Task Every_cell_of_key_and_link_state_is_what_the_rules_say_and_a_refused_call_changes_nothing()
    {
        var (wrong, offers, cells) = (new List<string>(), 0, 0);
        // While the link is active of every app, in the other states of one after the other.
        var turns = States.SelectMany((state, at) => state.Name == "active" ? AppSamples.All.Select(app => (state, app)) : [(state, AppSamples.All[at % AppSamples.All.Count])]);
        foreach (var ((state, facts), app) in turns)
        {
            _app = app;
            await LinkedHosts.ChangeLinkAsync(Acme, _globex, (_, _) => facts);
            Assert.Equal(state, (await Acme.Links.ListAsync(Cancel)).Single(peer => peer.Id == _globex).State.Name());
            // How a link came into its state only matters to its own key.
            foreach (var signer in Enum.GetValues<Signer>().Where(one => one == Signer.Own || States.First(first => first.Name == state).Facts == facts))
            {
                foreach (var route in PeerRoute.Of(Acme))
                {
                    foreach (var actor in route.IsOfLinks ? [null] : Actors)
                    {
                        var expected = Expected(signer, state, route, actor);
                        var actual = await AskAsync(signer, route, actor);
                        cells++;
                        offers += expected is "Through 200" && route.Pattern == "/peer/v1/messages" ? 1 : 0;
                        if (actual != expected)
                            wrong.Add($"{signer}, {state}, {app.App}, {route.Name} by {actor ?? "itself"}: expected {expected}, was {actual}");
                    }
                    // A key that asks for a new link begins to speak for that one.
                    if (route.Name == "POST /peer/v1/links")
                        await ForgetRequestsAsync();
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} cells of {cells} differ:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(cells > 3_500, $"{cells}");
        // Each got through once of every app by its own key: while the link was active.
        await using var db = NewContext();
        Assert.Equal(AppSamples.All.Select(_ => "new").Concat(AppSamples.All.Select(_ => "stays")), await db.Entries.OrderBy(row => row.Uid).Select(row => row.Uid).ToListAsync(Cancel));
        foreach (var shared in _shared.Values)
            Assert.Equal(shared.Stays, (await Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(UserName.Parse("ada"), Groups: [])).ReadAsync(shared.Collection, Uid.Parse("stays"), Cancel))?.ETag);
        Assert.Equal((AppSamples.All.Count, AppSamples.All.Count), (offers, await db.Set<OfferRow>().CountAsync(Cancel)));
        // The last of the states was the end of the link, which takes its grants along.
        Assert.Equal(0, await db.Grants.CountAsync(Cancel));
    }

    /// <summary>The gate of <see cref="KeyModel"/>, and behind it what the grants of the three actors give.</summary>
    private static string Expected(Signer signer, string state, PeerRoute route, string? actor)
    {
        var gate = KeyModel.Of(signer, state, route.Name);
        if (gate != Gate.Through || route.IsOfLinks)
            return $"{gate}";
        return (route.Name, actor) switch
        {
            ("POST /peer/v1/messages", null) => "Through 200",
            ("POST /peer/v1/messages", _) => "Through 403",
            ("GET /peer/v1/collections" or "POST /peer/v1/query", "sam") => "Through 200 shown",
            ("GET /peer/v1/collections" or "POST /peer/v1/query", "henry") => "Through 200",
            ("GET /peer/v1/collections/{collection}/entries/{uid}" or "GET /peer/v1/collections/{collection}/changes", "sam") => "Through 200",
            ("PUT /peer/v1/collections/{collection}/entries/{uid}", "sam") => "Through 201",
            // The version that it names is not the one that is there.
            ("DELETE /peer/v1/collections/{collection}/entries/{uid}", "sam") => "Through 412",
            (_, "henry") when route.Pattern.Contains("{collection}", StringComparison.Ordinal) => "Through 404",
            (_, null) when route.Pattern.Contains("/collections", StringComparison.Ordinal) || route.Pattern == "/peer/v1/query" => "Through 403",
            _ => "Through",
        };
    }

    private async Task<string> AskAsync(Signer signer, PeerRoute route, string? actor)
    {
        if (++_calls % 500 == 0)
            _clock.Advance(TimeSpan.FromMinutes(1));
        var (key, claimed) = KeysOf(signer);
        var isPut = route.Method == "PUT";
        var path = route.Pattern.Replace("{collection}", Current.Collection.ToString(), StringComparison.Ordinal)
            .Replace("{uid}", Uid.Parse(isPut ? "new" : "stays").ToPathSegment(), StringComparison.Ordinal);
        var call = new SignedRaw(Acme, key, _clock, route.Method, path)
        {
            ClaimedKey = claimed,
            Actor = actor is null ? null : $"\"{actor}\"",
            Body = BodyOf(route, claimed),
            Fields = isPut ? [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")]
                : route.Method != "DELETE" ? []
                : [KeyValuePair.Create(PeerHeaders.IfMatch, KeyModel.Of(signer, "active", route.Name) == Gate.Through && actor == "sam" ? "\"0.0\"" : Current.Stays.ToHeader())],
            From = new System.Net.IPAddress([127, 0, 4, (byte)(_calls % 250)]),
        };
        var sent = call.Sign();
        if (signer == Signer.Nobody)
        {
            sent.Remove(PeerHeaders.Signature);
            sent.Remove(PeerHeaders.SignatureInput);
        }
        var answer = await SignedRaw.SendAsync(Acme, sent, Cancel);
        var gate = answer.Slug switch
        {
            PeerProblems.SignatureMissing => Gate.Unsigned,
            PeerProblems.UnknownKey => Gate.UnknownKey,
            PeerProblems.SignatureInvalid => Gate.InvalidSignature,
            PeerProblems.LinkNotActive => Gate.NotThisLink,
            _ => Gate.Through,
        };
        if (gate == Gate.Through && answer.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
            return $"{answer.Status} {answer.Slug}";
        if (gate != Gate.Through || route.IsOfLinks || !IsKnown(route))
            return $"{gate}";
        var shown = answer.Status == StatusCodes.Status200OK && (route.Name is "GET /peer/v1/collections" or "POST /peer/v1/query")
            && System.Text.Encoding.UTF8.GetString(answer.Message.Body.Span).Contains(Current.Collection.ToString(), StringComparison.Ordinal);
        return $"{gate} {answer.Status}{(shown ? " shown" : "")}";
    }

    /// <summary>What comes behind the gate is told of these.</summary>
    private static bool IsKnown(PeerRoute route) =>
        route.Pattern is "/peer/v1/messages" or "/peer/v1/query" || route.Pattern.StartsWith("/peer/v1/collections", StringComparison.Ordinal);

    private (SigningKey Key, SigningKey Claimed) KeysOf(Signer signer) => signer switch
    {
        Signer.Own or Signer.Nobody => (Own, Own),
        Signer.Unknown => (_keys[2], _keys[2]),
        Signer.UnknownAsOwn => (_keys[2], Own),
        Signer.OtherPeerAsOwn => (OtherPeer, Own),
        Signer.OwnAsOtherPeer => (Own, OtherPeer),
        Signer.SeenOnly => (_keys[3], _keys[3]),
        Signer.Replaced => (_keys[4], _keys[4]),
        Signer.ReplacedAsOwn => (_keys[4], Own),
        Signer.OfRevokedLink => (_keys[5], _keys[5]),
        Signer.OfForgottenLink => (_keys[6], _keys[6]),
        Signer.Asked => (LinkedHosts.KeyOf(Acme), LinkedHosts.KeyOf(Acme)),
        _ => throw new ArgumentOutOfRangeException(nameof(signer)),
    };

    /// <summary>Messages about links name one that is none, so that those that may be sent end nothing.</summary>
    private string BodyOf(PeerRoute route, SigningKey claimed) => route.Name switch
    {
        "POST /peer/v1/query" => $$"""{"app":"{{_app.App}}","zone":"Europe/Zurich","sort":"start","limit":10,"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"}""",
        "PUT /peer/v1/collections/{collection}/entries/{uid}" => JsonSerializer.Serialize(new WireEntry(Current.Collection.ToString(), "new", _app.Of("new", "Meeting")), PeerJson.Requests),
        "POST /peer/v1/messages" => $$"""{"kind":"grant-offer","grant":"{{Guid.NewGuid()}}","version":1,"owner":"sam","app":"{{_app.App}}","covered":[],"rights":["read"],"recipient":"ada"}""",
        "POST /peer/v1/links" => $$"""{"link":"{{Guid.NewGuid()}}","domain":"umbrella.example","installationId":"{{Guid.NewGuid()}}","key":{{JsonSerializer.Serialize(claimed.Public.Jwk)}}}""",
        "POST /peer/v1/links/approve" => $$"""{"link":"{{Guid.NewGuid()}}","yourLink":"{{Guid.NewGuid()}}","from":{{End(claimed)}},"to":{{End(LinkedHosts.KeyOf(Acme))}}}""",
        _ when route.Method is "GET" or "DELETE" => "",
        _ => $$"""{"link":"{{Guid.NewGuid()}}","yourLink":"{{Guid.NewGuid()}}"}""",
    };

    private static string End(SigningKey key) => $$"""{"installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","thumbprint":"{{key.KeyId}}"}""";

    private async Task ForgetRequestsAsync()
    {
        await using var db = NewContext();
        await db.Set<PeerRow>().Where(row => row.Domain == "umbrella.example").ExecuteDeleteAsync(Cancel);
    }

    private async Task RevokedAsync(Home home, int days)
    {
        var id = await LinkedHosts.AddPeerAsync(Acme, home, new Uri("http://globex.example"));
        await LinkedHosts.ChangeLinkAsync(Acme, id, (facts, now) => facts with { Revoked = now - Duration.FromDays(days), RevokedBy = LinkSide.Here });
    }

    private PeerWebContext NewContext() => Acme.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContext();

    private static PublicKey KeyOf(SigningKey key) => PublicKey.Create(key.Public.Jwk.X, key.Public.Jwk.Y);
}
