using System.Net;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Client.Http;

public sealed class PeerResilienceTests : IDisposable
{
    private static readonly Uri Query = new("https://acme.example/peer/v1/query");
    private static readonly Uri Entry = new("https://acme.example/peer/v1/collections/1/entries/2");

    private readonly FakeTimeProvider _clock = new();
    private readonly Script _peer = new();
    private readonly PeerCircuit _circuit;
    private readonly HttpClient _client;

    public PeerResilienceTests()
    {
        _circuit = new PeerCircuit(_clock);
        _client = new HttpClient(new PeerResilienceHandler(_circuit, _clock) { InnerHandler = _peer });
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("GET", false, 3)]
    [InlineData("PUT", true, 3)]
    [InlineData("DELETE", true, 3)]
    [InlineData("PUT", false, 1)]
    [InlineData("DELETE", false, 1)]
    [InlineData("POST", false, 1)]
    public async Task A_broken_connection_is_tried_again_where_that_is_harmless(string method, bool withKey, int attempts)
    {
        _peer.Always(UnavailableReason.Transport);
        var request = new HttpRequestMessage(new HttpMethod(method), Entry);
        if (withKey) request.Headers.Add(PeerHeaders.IdempotencyKey, "k");
        await FailsAsync(request, UnavailableReason.Transport);
        Assert.Equal(attempts, _peer.Attempts);
    }

    [Fact]
    public async Task A_query_is_a_read_though_it_is_posted()
    {
        _peer.Then(UnavailableReason.Transport).Then(HttpStatusCode.ServiceUnavailable).Then(HttpStatusCode.OK);
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, Query));
        Assert.Equal((HttpStatusCode.OK, 3), (answer.StatusCode, _peer.Attempts));
    }

    [Theory]
    [InlineData(UnavailableReason.TimedOut)]
    [InlineData(UnavailableReason.HtmlAnswer)]
    [InlineData(UnavailableReason.UnsignedAnswer)]
    [InlineData(UnavailableReason.OtherKey)]
    [InlineData(UnavailableReason.AddressRefused)]
    public async Task What_would_come_out_the_same_is_not_tried_again(UnavailableReason reason)
    {
        _peer.Always(reason);
        await FailsAsync(new HttpRequestMessage(HttpMethod.Get, Entry), reason);
        Assert.Equal(1, _peer.Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_signed_refusal_is_an_answer(HttpStatusCode status)
    {
        for (var i = 0; i < 10; i++)
        {
            _peer.Then(status);
            using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Entry));
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Equal(10, _peer.Attempts);
        Assert.Null(_circuit.OpenSince);
    }

    [Fact]
    public async Task After_five_failures_in_a_row_the_peer_is_left_alone_for_15_seconds()
    {
        _peer.Then(HttpStatusCode.OK);
        (await SendAsync(Get())).Dispose();
        _peer.Always(UnavailableReason.TimedOut);
        for (var i = 0; i < 4; i++) await FailsAsync(Get(), UnavailableReason.TimedOut);
        Assert.Null(_circuit.OpenSince);
        await FailsAsync(Get(), UnavailableReason.TimedOut);
        var opened = _clock.GetUtcNow();
        Assert.Equal(opened, _circuit.OpenSince);

        await FailsAsync(Get(), UnavailableReason.CircuitOpen);
        _clock.Advance(TimeSpan.FromSeconds(14.9));
        await FailsAsync(Get(), UnavailableReason.CircuitOpen);
        Assert.Equal(6, _peer.Attempts);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await FailsAsync(Get(), UnavailableReason.TimedOut);
        await FailsAsync(Get(), UnavailableReason.CircuitOpen);
        Assert.Equal(opened, _circuit.OpenSince);

        _clock.Advance(PeerCircuit.BreakFor);
        _peer.Always(null);
        (await SendAsync(Get())).Dispose();
        Assert.Null(_circuit.OpenSince);
        (await SendAsync(Get())).Dispose();
    }

    [Fact]
    public async Task One_answer_between_failures_starts_the_count_anew()
    {
        for (var i = 0; i < 9; i++)
        {
            if (i == 4) _peer.Then(HttpStatusCode.OK);
            else _peer.Then(UnavailableReason.TimedOut);
        }

        for (var i = 0; i < 4; i++) await FailsAsync(Get(), UnavailableReason.TimedOut);
        (await SendAsync(Get())).Dispose();
        for (var i = 0; i < 4; i++) await FailsAsync(Get(), UnavailableReason.TimedOut);
        Assert.Null(_circuit.OpenSince);
    }

    [Fact]
    public async Task Giving_up_is_no_failure_of_the_peer()
    {
        _peer.Hangs = true;
        for (var i = 0; i < 6; i++)
        {
            using var gaveUp = new CancellationTokenSource();
            var call = _client.SendAsync(Get(), gaveUp.Token);
            Assert.Equal(i + 1, _peer.Attempts);
            await gaveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Null(_circuit.OpenSince);
    }

    private static HttpRequestMessage Get() => new(HttpMethod.Get, Entry);

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _clock.RunAsync(_client.SendAsync(request, TestContext.Current.CancellationToken));

    private async Task FailsAsync(HttpRequestMessage request, UnavailableReason reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<PeerUnavailableException>(() => SendAsync(request))).Reason);

    private sealed class Script : HttpMessageHandler
    {
        private readonly Queue<Func<HttpResponseMessage>> _next = [];
        private UnavailableReason? _always;

        public int Attempts { get; private set; }

        public bool Hangs { get; set; }

        public void Always(UnavailableReason? reason) => _always = reason;

        public Script Then(UnavailableReason reason)
        {
            _next.Enqueue(() => throw new PeerUnavailableException(reason, reason.ToString()));
            return this;
        }

        public Script Then(HttpStatusCode status)
        {
            _next.Enqueue(() => new HttpResponseMessage(status));
            return this;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            if (_next.TryDequeue(out var answer)) return answer();
            return _always is { } reason ? throw new PeerUnavailableException(reason, reason.ToString()) : new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
