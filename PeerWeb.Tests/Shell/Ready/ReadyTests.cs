using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Shell.Ready;
using PeerWeb.Shell.Stop;
using Xunit;

namespace PeerWeb.Tests.Shell.Ready;

public sealed class ReadyTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly CountingCheck _counting = new();
    private TestInstallation? _started;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestInstallation Acme => _started ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _started = await TestInstallation.StartAsync(configure: builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddHealthChecks().AddCheck("counted", _counting);
    });

    public ValueTask DisposeAsync() => Acme.DisposeAsync();

    [Theory]
    [InlineData("entries.db", "entries")]
    [InlineData("identity.db", "identity")]
    public async Task Without_its_database_it_is_not_ready_and_the_process_lives_on(string file, string check)
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        File.Move(Path.Combine(Acme.Directory, file), Path.Combine(Acme.Directory, "away"));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        _clock.Advance(HealthAnswers.Fresh);
        var (status, said) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Unhealthy", said.GetProperty("checks").GetProperty(check).GetProperty("status").GetString());
        using var browser = Acme.Browser();
        Assert.Equal("Healthy", await browser.GetStringAsync(new Uri("/health/live", UriKind.Relative), Cancel));
        File.Move(Path.Combine(Acme.Directory, "away"), Path.Combine(Acme.Directory, file));
        _clock.Advance(HealthAnswers.Fresh);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task A_data_directory_that_takes_nothing_is_degraded_and_still_ready()
    {
        // A directory where the file is to be: not even root can write that.
        Directory.CreateDirectory(Path.Combine(Acme.Directory, ".health"));

        var (status, said) = await AskAsync();

        Assert.Equal((HttpStatusCode.OK, "Degraded"), (status, said.GetProperty("status").GetString()));
        Assert.Equal("Degraded", said.GetProperty("checks").GetProperty("data").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_flood_of_questions_is_one_look_a_second()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AskAsync()));
        Assert.Equal(1, _counting.Looks);

        _clock.Advance(HealthAnswers.Fresh);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AskAsync()));
        Assert.Equal(2, _counting.Looks);
    }

    [Fact]
    public async Task What_hangs_is_one_look_and_nobody_waits_for_it_longer_than_a_few_seconds()
    {
        _counting.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = Acme.Services.GetRequiredService<HealthAnswers>();
        var (first, second) = (answers.AskAsync(Cancel), answers.AskAsync(Cancel));
        await _counting.Looked.WaitAsync(Cancel);
        _clock.Advance(HealthAnswers.Patience);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy), ((await first).Status, (await second).Status));
        Assert.Equal(1, _counting.Looks);
        _counting.Hold.SetResult();
    }

    [Fact]
    public async Task While_it_stops_it_is_not_ready_and_takes_no_page_back()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);

        await Acme.Services.GetRequiredService<Farewell>().SayAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync()).Status);
        using var browser = Acme.Browser();
        using var circuit = await browser.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), content: null, Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, circuit.StatusCode);
    }

    private async Task<(HttpStatusCode Status, JsonElement Said)> AskAsync()
    {
        using var client = new HttpClient { BaseAddress = Acme.Endpoint, DefaultRequestHeaders = { { "Accept", "application/json" } } };
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement);
    }

    private sealed class CountingCheck : IHealthCheck
    {
        private int _looks;

        public int Looks => _looks;

        public SemaphoreSlim Looked { get; } = new(0);

        public TaskCompletionSource? Hold { get; set; }

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _looks);
            Looked.Release();
            if (Hold is { } hold)
                await hold.Task;
            return HealthCheckResult.Healthy();
        }
    }
}
