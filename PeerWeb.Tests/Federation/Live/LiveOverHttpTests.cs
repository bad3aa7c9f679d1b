using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>Leases and nudges between two whole installations whose clocks stand still.</summary>
public sealed class LiveOverHttpTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private const string Messages = "/peer/v1/messages";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Domain AcmeDomain => Domain.Parse(hosts.Acme.Domain);

    [Fact]
    public async Task A_change_at_the_owner_reaches_an_open_view_without_any_time_passing()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        using var hearing = new Hearing(Globex<SourceChanges>());
        using var view = Globex<OpenViews>().Open(pair.Reader, [SourceOf(pair, calendar)]);
        Assert.Equal(new SourceChange(AcmeDomain, calendar, pair.Reader), await hearing.NextAsync());

        await pair.Acme.PutAsync(calendar, "new", Ics.Event("new", "Lunch", ":20261112T120000Z", ":20261112T130000Z"));

        Assert.Equal(new SourceChange(AcmeDomain, calendar, Viewer: null), await hearing.NextAsync());
        var answered = await pair.View.RefreshAsync(pair.Reader, LinkedPair.November, AcmeDomain, Cancel);
        Assert.NotNull(answered);
        Assert.Equal([.. LinkedPair.Shared, "Lunch"], MergedMonth.Titles(answered));
        Assert.Equal(SourceState.Live, answered.Installation.Status?.State);
    }

    [Fact]
    public async Task A_deletion_is_a_change_too_and_one_at_home_is_heard_of_at_home()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.Acme.CalendarAsync();
        var etag = await pair.Acme.PutAsync(calendar, "one", Ics.Event("one", "Lunch", ":20261112T120000Z", ":20261112T130000Z"));
        using var hearing = new Hearing(hosts.Acme.Services.GetRequiredService<SourceChanges>());

        await pair.Acme.RemoveAsync(calendar, "one", etag);

        Assert.Equal(new SourceChange(AcmeDomain, calendar, Viewer: null), await hearing.NextAsync());
    }

    [Fact]
    public async Task Only_what_the_user_may_read_is_leased()
    {
        var pair = await hosts.LinkAsync();
        var shared = await pair.ShareAsync();
        var hidden = await pair.Acme.CalendarAsync("Private", Rights.None);
        var addOnly = await pair.Acme.CalendarAsync("Inbox", Rights.Add);
        string[] wanted = [.. new[] { shared, hidden, addOnly, CollectionId.New() }.Select(id => id.ToString())];

        var leased = await Globex<LeaseSender>()(
            pair.AcmeAtGlobex, new WireLease(LiveMessageKinds.Lease, [new WireOpenView(pair.Reader.Value, wanted), new WireOpenView("mallory", wanted)]), Cancel);

        var view = Assert.Single(leased.Views);
        Assert.Equal((pair.Reader.Value, 90), (view.User, leased.Seconds));
        Assert.Equal([shared.ToString()], view.Collections);
        var leases = hosts.Acme.Services.GetRequiredService<Leases>();
        Assert.Equal([pair.GlobexAtAcme], leases.PeersOf(shared));
        Assert.All(new[] { hidden, addOnly }, id => Assert.Empty(leases.PeersOf(id)));
    }

    [Fact]
    public async Task A_nudge_for_what_is_not_open_here_is_dropped()
    {
        var pair = await hosts.LinkAsync();
        var (open, closed) = (await pair.ShareAsync(), await pair.ShareAsync());
        using var hearing = new Hearing(Globex<SourceChanges>());
        using var view = Globex<OpenViews>().Open(pair.Reader, [SourceOf(pair, open)]);
        Globex<OpenViews>().Open(pair.Reader, [SourceOf(pair, closed)]).Dispose();
        await hearing.NextAsync();
        hearing.Rest();

        Assert.Equal(StatusCodes.Status204NoContent, await NudgeAsync([closed.ToString(), CollectionId.New().ToString(), open.ToString()]));

        Assert.Equal([new SourceChange(AcmeDomain, open, Viewer: null)], hearing.Rest());
    }

    [Fact]
    public async Task Messages_that_are_too_large_or_not_what_they_must_be_are_refused()
    {
        await hosts.LinkAsync();
        var ids = Enumerable.Range(0, 501).Select(_ => CollectionId.New().ToString()).ToList();

        Assert.Equal(StatusCodes.Status400BadRequest, await NudgeAsync(ids));
        Assert.Equal(StatusCodes.Status400BadRequest, await NudgeAsync(["../1"]));
        Assert.Equal(StatusCodes.Status400BadRequest, await SendAsync("""{"kind":"nudge","collections":[],"more":1}"""));
        Assert.Equal(StatusCodes.Status400BadRequest, await SendAsync(Json(new WireLease("lease", [new WireOpenView("sam", ids)]))));
        Assert.Equal(StatusCodes.Status400BadRequest, await SendAsync(Json(new WireLease("lease", [new WireOpenView("sam@elsewhere.example", ids[..1])]))));
        Assert.Equal(StatusCodes.Status200OK, await SendAsync(Json(new WireLease("lease", [new WireOpenView("sam", ids[..500])]))));
    }

    [Fact]
    public async Task Where_a_nudge_cannot_get_in_the_write_holds_and_asking_shows_it()
    {
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        var calendar = await pair.ShareAsync();
        using var hearing = new Hearing(Globex<SourceChanges>());
        using var view = Globex<OpenViews>().Open(pair.Reader, [SourceOf(pair, calendar)]);
        await hearing.NextAsync();
        using var key = Core.Federation.Signing.SigningKey.Create();
        var wall = new TaskCompletionSource();
        var port = InstallationHost.FreePort();
        await using var front = await Front.StartAsync(port, target: null, key, hosts.GlobexClock, Cancel);
        front.Instead = context =>
        {
            wall.TrySetResult();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        await hosts.Acme.Services.GetRequiredService<IPeerBook>().ChangeAsync(
            peers => new BookChange<bool>(true, [peers.Single(peer => peer.Id == pair.GlobexAtAcme) with { Endpoint = new Uri($"http://globex.localhost:{port}") }], []), Cancel);

        await pair.Acme.PutAsync(calendar, "new", Ics.Event("new", "Lunch", ":20261112T120000Z", ":20261112T130000Z"));
        await wall.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.Contains("Lunch", MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        Assert.Empty(hearing.Rest());
    }

    [Fact]
    public async Task An_installation_without_an_active_link_has_nothing_to_refresh()
    {
        var pair = await hosts.LinkAsync();

        Assert.Null(await pair.View.RefreshAsync(pair.Reader, LinkedPair.November, Domain.Parse("elsewhere.example"), Cancel));
    }

    private static SourceId SourceOf(LinkedPair pair, CollectionId collection) =>
        new(new Address(pair.Acme.OwnerName, Domain.Parse(pair.Hosts.Acme.Domain)), CalendarApp.AppId, collection);

    private static string Json<T>(T message) => JsonSerializer.Serialize(message, PeerJson.Requests);

    private T Globex<T>()
        where T : notnull => hosts.Globex.Services.GetRequiredService<T>();

    private Task<int> NudgeAsync(IReadOnlyList<string> collections) => SendAsync(Json(new WireNudge(LiveMessageKinds.Nudge, collections)));

    /// <summary>From Acme to Globex.</summary>
    private async Task<int> SendAsync(string body) =>
        (await new SignedRaw(hosts.Globex, LinkedHosts.KeyOf(hosts.Acme), hosts.AcmeClock, "POST", Messages) { Body = body, Actor = null }.SendAsync(Cancel)).Status;
}
