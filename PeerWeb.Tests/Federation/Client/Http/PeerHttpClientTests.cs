using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Tests.Federation.Signing;
using Xunit;

namespace PeerWeb.Tests.Federation.Client.Http;

/// <summary>The whole client over real Kestrel: to an honest peer, and to servers that only look like one.</summary>
public sealed class PeerHttpClientTests : IDisposable
{
    private static readonly PeerHttpOptions Local = new() { AllowPlainHttp = true, AllowPrivateAddresses = true };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SigningKey _own = SigningKey.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _own.Dispose();

    [Fact]
    public async Task A_signed_request_has_a_verified_answer_and_the_two_clocks_are_known()
    {
        await using var host = await SigningHost.StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        using var peer = Connect(host, host.Sockets());
        using var request = new HttpRequestMessage(HttpMethod.Put, "/peer/v1/who/a%2Fb?q=%20x") { Content = new StringContent("{}") };
        request.Options.Set(PeerRequestOptions.Actor, ActorField.Create("sam", "sales"));
        request.Options.Set(PeerRequestOptions.IdempotencyKey, "k-1");

        using var answer = await peer.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("peerweb:actor=sam peerweb:group=sales body={} key=k-1", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.True(answer.RequestMessage!.Options.TryGetValue(PeerRequestOptions.Clock, out var clocks));
        Assert.Equal(TimeSpan.FromSeconds(-30), clocks.Skew);
    }

    [Fact]
    public async Task A_clock_ten_minutes_off_is_told_by_a_signed_problem_and_seen_on_this_side_too()
    {
        await using var host = await SigningHost.StartAsync();
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var peer = Connect(host, host.Sockets());
        using var answer = await peer.Client.GetAsync(new Uri("/peer/v1/who/x", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, PeerProblems.ClockSkew), (answer.StatusCode, await SlugAsync(answer)));
        Assert.True(answer.RequestMessage!.Options.TryGetValue(PeerRequestOptions.Clock, out var clocks));
        Assert.Equal(TimeSpan.FromMinutes(-10), clocks.Skew);
    }

    [Fact]
    public async Task A_signed_refusal_is_an_answer_and_not_an_outage()
    {
        await using var host = await SigningHost.StartAsync();
        using var peer = Connect(host, host.Sockets());
        using var answer = await peer.Client.GetAsync(new Uri("/peer/v1/nowhere", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task After_a_restart_of_the_peer_the_request_is_signed_anew_once()
    {
        await using var host = await SigningHost.StartAsync();
        var behind = new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(-1));
        using var early = new Tap(host.Sockets()) { After = () => behind.Advance(TimeSpan.FromSeconds(1)) };
        using var peer = Connect(host, early, behind);
        using var answer = await peer.Client.GetAsync(new Uri("/peer/v1/who/x", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, 2), (answer.StatusCode, early.Signatures.Distinct().Count()));
    }

    [Fact]
    public async Task A_peer_that_always_says_restarted_is_asked_twice()
    {
        await using var host = await SigningHost.StartAsync();
        using var tap = new Tap(host.Sockets());
        using var peer = Connect(host, tap, new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(-5)));
        using var answer = await peer.Client.GetAsync(new Uri("/peer/v1/who/x", UriKind.Relative), Cancel);
        Assert.Equal((PeerProblems.Restarted, 2), (await SlugAsync(answer), tap.Signatures.Count));
    }

    [Fact]
    public async Task Each_retry_has_its_own_nonce_and_the_same_idempotency_key()
    {
        await using var host = await SigningHost.StartAsync();
        using var tap = new Tap(host.Sockets()) { BreakFirst = true };
        using var peer = Connect(host, tap, new StandingClock(_clock.GetUtcNow()));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/peer/v1/who/x") { Content = new StringContent("text") };
        request.Options.Set(PeerRequestOptions.IdempotencyKey, "k-1");

        using var answer = await peer.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, tap.Signatures.Distinct().Count());
        Assert.Equal(["k-1", "k-1"], tap.IdempotencyKeys);
        Assert.Equal((2, 2), (host.Accepted, host.Burned));
    }

    [Fact]
    public async Task The_answer_to_another_request_does_not_count()
    {
        await using var host = await SigningHost.StartAsync();
        using var tap = new Tap(host.Sockets()) { AnswerAgain = true };
        using var peer = Connect(host, tap);
        (await peer.Client.GetAsync(new Uri("/peer/v1/who/x", UriKind.Relative), Cancel)).Dispose();
        await UnavailableAsync(peer.Client, "/peer/v1/who/x", UnavailableReason.InvalidSignature);
    }

    [Fact]
    public async Task An_answer_signed_with_another_key_does_not_count()
    {
        await using var host = await SigningHost.StartAsync();
        using var peer = new PeerHttpClientFactory(Local, _clock).Create(Target(_own), host.Peer, host.Sockets());
        var problem = await UnavailableAsync(peer.Client, "/peer/v1/who/x", UnavailableReason.OtherKey);
        Assert.Contains("another key", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/html", UnavailableReason.HtmlAnswer)]
    [InlineData("/missing", UnavailableReason.UnsignedAnswer)]
    [InlineData("/busy", UnavailableReason.UnsignedAnswer)]
    [InlineData("/other", UnavailableReason.UnsignedAnswer)]
    [InlineData("/redirect", UnavailableReason.Redirected)]
    [InlineData("/gzip", UnavailableReason.AnswerEncoded)]
    [InlineData("/large", UnavailableReason.AnswerTooLarge)]
    [InlineData("/endless", UnavailableReason.AnswerTooLarge)]
    public async Task Whatever_is_not_a_signed_answer_means_unavailable(string path, UnavailableReason reason)
    {
        await using var liar = await LyingPeer.StartAsync();
        using var peer = new PeerHttpClientFactory(Local, _clock).Create(Target(_own) with { Endpoint = liar.Address }, _own);
        var problem = await UnavailableAsync(peer.Client, path, reason);
        Assert.NotEmpty(problem.Message);
        Assert.Equal(1, liar.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_tried_three_times_and_then_unavailable()
    {
        await using var liar = await LyingPeer.StartAsync();
        var standing = new StandingClock(_clock.GetUtcNow());
        using var peer = new PeerHttpClientFactory(Local, standing).Create(Target(_own) with { Endpoint = liar.Address }, _own);
        await UnavailableAsync(peer.Client, "/cut", UnavailableReason.Transport);
        Assert.Equal(3, liar.Requests);
    }

    [Fact]
    public async Task The_deadline_is_for_the_whole_body()
    {
        await using var liar = await LyingPeer.StartAsync();
        using var client = new PeerHttpClientFactory(Local, _clock).CreatePlain();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(liar.Address, "/slow"));
        request.Options.Set(PeerRequestOptions.Deadline, TimeSpan.FromSeconds(2));
        var call = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await liar.HalfSent.Task;
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(UnavailableReason.TimedOut, (await Assert.ThrowsAsync<PeerUnavailableException>(() => call)).Reason);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Plain_http_and_loopback_are_refused_unless_configured(bool plainHttp, bool privateAddresses)
    {
        await using var liar = await LyingPeer.StartAsync();
        var options = new PeerHttpOptions { AllowPlainHttp = plainHttp, AllowPrivateAddresses = privateAddresses };
        using var client = new PeerHttpClientFactory(options, _clock).CreatePlain();
        client.BaseAddress = liar.Address;
        await UnavailableAsync(client, "/other", UnavailableReason.AddressRefused);
        Assert.Equal(0, liar.Requests);
    }

    [Fact]
    public async Task The_plain_client_reads_discovery_and_finds_names_below_localhost()
    {
        await using var liar = await LyingPeer.StartAsync();
        using var client = new PeerHttpClientFactory(Local, _clock).CreatePlain();
        Assert.Equal("{}", await client.GetStringAsync(new Uri($"http://acme.localhost:{liar.Address.Port}/.well-known/peerweb"), Cancel));
        var redirected = await Assert.ThrowsAsync<PeerUnavailableException>(() => client.GetAsync(new Uri(liar.Address, "/redirect"), Cancel));
        Assert.Equal(UnavailableReason.Redirected, redirected.Reason);
    }

    private PeerConnection Connect(SigningHost host, HttpMessageHandler innermost, TimeProvider? clock = null) =>
        new PeerHttpClientFactory(Local, clock ?? _clock).Create(Target(host.Own), host.Peer, innermost);

    private static PeerTarget Target(SigningKey key) => new(
        new Uri($"http://{SigningHost.Authority}/"), SigningHost.Domain, _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>([key.Public]));

    private static async Task<PeerUnavailableException> UnavailableAsync(HttpClient client, string path, UnavailableReason reason)
    {
        var problem = await Assert.ThrowsAsync<PeerUnavailableException>(() => client.GetAsync(new Uri(path, UriKind.Relative), Cancel));
        Assert.Equal(reason, problem.Reason);
        return problem;
    }

    private static async Task<string?> SlugAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Cancel));
        return PeerProblems.Slug(problem.RootElement.GetProperty("type").GetString());
    }

    /// <summary>Sits on the wire.</summary>
    private sealed class Tap(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private byte[]? _first;
        private HttpResponseMessage? _firstAnswer;

        public List<string> Signatures { get; } = [];

        public List<string> IdempotencyKeys { get; } = [];

        /// <summary>Runs after each answer.</summary>
        public Action After { get; init; } = () => { };

        /// <summary>The first request arrives, its answer does not.</summary>
        public bool BreakFirst { get; init; }

        /// <summary>Every request gets the first one's answer.</summary>
        public bool AnswerAgain { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Signatures.Add(request.Headers.GetValues(PeerHeaders.SignatureInput).Single());
            if (request.Headers.TryGetValues(PeerHeaders.IdempotencyKey, out var keys)) IdempotencyKeys.Add(keys.Single());
            if (AnswerAgain && _firstAnswer is not null && _first is not null) return Copy(_firstAnswer, _first);
            var answer = await base.SendAsync(request, cancellationToken);
            After();
            if (BreakFirst && Signatures.Count == 1) throw new HttpRequestException("cut");
            if (!AnswerAgain) return answer;
            (_firstAnswer, _first) = (answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return Copy(answer, _first);
        }

        private static HttpResponseMessage Copy(HttpResponseMessage answer, byte[] body)
        {
            var copy = new HttpResponseMessage(answer.StatusCode) { Content = new ByteArrayContent(body) };
            foreach (var (name, values) in answer.Headers.NonValidated) copy.Headers.TryAddWithoutValidation(name, values);
            foreach (var (name, values) in answer.Content.Headers.NonValidated) copy.Content.Headers.TryAddWithoutValidation(name, values);
            return copy;
        }
    }
}
