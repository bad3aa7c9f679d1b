using System.Net;
using Microsoft.AspNetCore.Http;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Signing;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Budgets;

/// <summary>Budgets at a real listener, in both directions, with a clock that only the test moves.</summary>
public sealed class BudgetsOverHttpTests : IAsyncLifetime
{
    private const int Requests = 6;

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly SigningKey _initech = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["PeerWeb:PeerRequestsPerMinute"] = $"{Requests}", ["PeerWeb:PeerMegabytesPerMinute"] = "1" };
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock, Settings: settings), Cancel);
        await LinkedHosts.AddPeerAsync(_acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        await LinkedHosts.AddPeerAsync(_acme, LinkedHosts.Stranger(_initech, "initech.example"), new Uri("http://initech.example"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
        _initech.Dispose();
    }

    [Fact]
    public async Task A_peer_that_asks_too_often_is_told_when_to_come_back_and_no_other_peer_notices()
    {
        for (var i = 0; i < Requests; i++)
            Assert.Equal(StatusCodes.Status200OK, (await ListAsync(_globex)).Status);

        var refused = await ListAsync(_globex);

        Assert.Equal((StatusCodes.Status429TooManyRequests, PeerProblems.TooManyRequests), (refused.Status, refused.Slug));
        Assert.Equal("10", refused.Message.Fields.Value("Retry-After"));
        Assert.NotNull(refused.Problem?.RequestId);
        Assert.True(refused.Message.Fields.Has(PeerHeaders.Signature));
        Assert.Equal(StatusCodes.Status200OK, (await ListAsync(_initech)).Status);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(StatusCodes.Status200OK, (await ListAsync(_globex)).Status);
        Assert.Equal(StatusCodes.Status429TooManyRequests, (await ListAsync(_globex)).Status);
    }

    [Fact]
    public async Task A_refused_request_has_burned_no_nonce()
    {
        for (var i = 0; i < Requests; i++)
            await ListAsync(_globex);
        var sent = new SignedRaw(Acme, _globex, _clock, "GET", Front.ListPath).Sign();
        Assert.Equal(StatusCodes.Status429TooManyRequests, (await SignedRaw.SendAsync(Acme, sent, Cancel)).Status);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(StatusCodes.Status200OK, (await SignedRaw.SendAsync(Acme, sent, Cancel)).Status);
    }

    [Fact]
    public async Task A_peer_that_sends_too_much_is_refused_until_its_bytes_are_paid()
    {
        var large = new SignedRaw(Acme, _globex, _clock, "POST", Front.QueryPath) { Body = new string(' ', 1024 * 1024) };
        Assert.Equal(PeerProblems.MalformedBody, (await large.SendAsync(Cancel)).Slug);

        Assert.Equal(PeerProblems.TooManyRequests, (await ListAsync(_globex)).Slug);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(StatusCodes.Status200OK, (await ListAsync(_globex)).Status);
    }

    [Fact]
    public async Task What_we_ask_of_a_peer_is_bounded_too_and_does_not_count_as_its_failure()
    {
        var options = new PeerHttpOptions { AllowPlainHttp = true, AllowPrivateAddresses = true, Budget = new PeerBudgetOptions { RequestsPerMinute = 2 } };
        var theirs = LinkedHosts.KeyOf(Acme).Public;
        using var connection = new PeerHttpClientFactory(options, _clock).Create(
            new PeerTarget(Acme.Endpoint, Acme.Domain, _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>([theirs])), _globex);
        var path = new Uri("/peer/v1/links", UriKind.Relative);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await connection.Client.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        for (var i = 0; i < PeerCircuit.FailuresToOpen + 1; i++)
        {
            var spent = await Assert.ThrowsAsync<PeerUnavailableException>(() => connection.Client.GetAsync(path, Cancel));
            Assert.Equal(UnavailableReason.BudgetSpent, spent.Reason);
            Assert.Contains("asked again in 30 s", spent.Message, StringComparison.Ordinal);
        }
        Assert.Null(connection.Circuit.OpenSince);
        _clock.Advance(TimeSpan.FromSeconds(30));
        using var again = await connection.Client.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("/.well-known/peerweb", StatusCodes.Status200OK)]
    [InlineData("/peer/v1/collections", StatusCodes.Status401Unauthorized)]
    public async Task Unsigned_calls_are_limited_by_address_and_signed_ones_never_by_that(string path, int status)
    {
        for (var i = 0; i < UnsignedBudgets.PerMinute; i++)
            Assert.Equal(status, (await UnsignedAsync(path)).Status);

        var refused = await UnsignedAsync(path);

        Assert.Equal((StatusCodes.Status429TooManyRequests, PeerProblems.TooManyRequests), (refused.Status, refused.Slug));
        Assert.Equal("1", refused.Message.Fields.Value("Retry-After"));
        Assert.NotNull(refused.Problem?.RequestId);
        Assert.Equal(StatusCodes.Status200OK, (await ListAsync(_globex)).Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(status, (await UnsignedAsync(path)).Status);
    }

    [Fact]
    public void One_network_of_version_6_has_one_budget_and_every_address_of_version_4_its_own()
    {
        var budgets = new UnsignedBudgets(_clock);
        for (var i = 0; i < UnsignedBudgets.PerMinute; i++)
            Assert.True(budgets.TryTake(IPAddress.Parse($"2001:db8:1:2::{i:x}"), out _) && budgets.TryTake(IPAddress.Parse("192.0.2.1"), out _));

        Assert.False(budgets.TryTake(IPAddress.Parse("2001:db8:1:2:3:4:5:6"), out _));
        Assert.True(budgets.TryTake(IPAddress.Parse("2001:db8:1:3::1"), out _));
        Assert.False(budgets.TryTake(IPAddress.Parse("::ffff:192.0.2.1"), out _));
        Assert.True(budgets.TryTake(IPAddress.Parse("192.0.2.2"), out _));
    }

    private Task<RawAnswer> ListAsync(SigningKey key) =>
        new SignedRaw(Acme, key, _clock, "GET", $"{Front.ListPath}?app={CalendarApp.AppId}").SendAsync(Cancel);

    private Task<RawAnswer> UnsignedAsync(string path) =>
        SignedRaw.SendAsync(Acme, new Sent { Method = "GET", Target = path, Body = "" }, Cancel);
}
