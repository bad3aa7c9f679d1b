using System.Text.Json;
using PeerWeb.Tests.Demo;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Cli.Peers;

/// <summary>Two running installations, and an admin beside each who has only the command line.</summary>
public sealed class PeerCommandStoryTests : IAsyncLifetime
{
    private readonly Side _acme;
    private readonly Side _globex;

    public PeerCommandStoryTests()
    {
        var (acme, globex) = FreePorts.Two();
        (_acme, _globex) = (new Side("acme", acme), new Side("globex", globex));
    }

    public async ValueTask InitializeAsync()
    {
        await _acme.StartAsync();
        await _globex.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _acme.DisposeAsync();
        await _globex.DisposeAsync();
    }

    [Fact]
    public async Task A_link_is_asked_for_compared_approved_tested_rested_and_revoked()
    {
        var asked = (await _acme.PeerAsync("request", _globex.Domain, "--output", "json")).Succeeded();
        Assert.Equal("outgoing", asked.Json.GetProperty("state").GetString());
        Assert.Equal("incoming", await _globex.StateAsync());

        (await _globex.PeerAsync("approve", _acme.Domain, "--fingerprint", await _globex.OursAsync()))
            .FailedWith("This is our own fingerprint. Theirs is needed. Nothing was approved.");
        Assert.Equal("incoming", await _globex.StateAsync());
        (await _globex.PeerAsync("approve", _acme.Domain, "--fingerprint", await _acme.OursAsync())).Succeeded();
        Assert.Equal("waiting-ours", await _acme.StateAsync());
        (await _acme.PeerAsync("approve", _globex.Domain, "--fingerprint", await _globex.OursAsync())).Succeeded();
        Assert.Equal(("active", "active"), (await _acme.StateAsync(), await _globex.StateAsync()));

        var test = (await _globex.PeerAsync("test", _acme.Domain, "--output", "json")).Succeeded().Json;
        Assert.True(test.GetProperty("reachable").GetBoolean());
        Assert.True(test.GetProperty("keyMatches").GetBoolean());
        Assert.Equal("active", test.GetProperty("stateThere").GetString());
        var methods = test.GetProperty("methods");
        Assert.True(methods.GetProperty("said").GetBoolean());
        Assert.Equal((0, 0), (methods.GetProperty("onlyThere").GetArrayLength(), methods.GetProperty("onlyHere").GetArrayLength()));
        Assert.EndsWith("  it can do what we can do, and nothing else\n", (await _globex.PeerAsync("test", _acme.Domain)).Succeeded().Out, StringComparison.Ordinal);

        (await _acme.PeerAsync("suspend", _globex.Domain)).Succeeded();
        Assert.Equal(("suspended", "suspended"), (await _acme.StateAsync(), await _globex.StateAsync()));
        Assert.Equal(1, (await _globex.PeerAsync("resume", _acme.Domain)).Code);
        (await _acme.PeerAsync("resume", _globex.Domain)).Succeeded();
        Assert.Equal(("active", "active"), (await _acme.StateAsync(), await _globex.StateAsync()));

        (await _globex.PeerAsync("revoke", _acme.Domain)).Succeeded();
        Assert.Equal(("revoked", "revoked"), (await _acme.StateAsync(), await _globex.StateAsync()));
        (await _globex.PeerAsync("test", _acme.Domain)).FailedWith($"There is no link with {_acme.Domain}.");
    }

    [Fact]
    public async Task A_failure_is_one_sentence()
    {
        (await _acme.PeerAsync("suspend", "initech.example")).FailedWith("There is no link with initech.example.");
        foreach (var wrong in (string[][])[["request", "not a domain"], ["request", _acme.Domain], ["request", $"initech.localhost:{FreePorts.Two().First}"]])
        {
            var run = await _acme.PeerAsync(wrong);
            Assert.Equal((1, ""), (run.Code, run.Out));
            Assert.Matches(@"^[A-Z“""'a-z][^\n]+\.\n$", run.Error);
            Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal("[]", (await _acme.PeerAsync("list", "--output", "json")).Succeeded().Json.GetProperty("peers").GetRawText());
        Assert.EndsWith("There are no peers yet.\n", (await _acme.PeerAsync("list")).Succeeded().Out, StringComparison.Ordinal);
    }

    private sealed class Side(string name, int port) : IAsyncDisposable
    {
        private readonly Dictionary<string, string?> _settings = new()
        {
            ["PeerWeb:Endpoint"] = $"http://{name}.localhost:{port}",
            ["PeerWeb:Name"] = name,
            ["PeerWeb:AllowPlainHttp"] = "true",
            ["PeerWeb:AllowPrivateAddresses"] = "true",
        };
        private TestInstallation? _installation;

        public string Domain => $"{name}.localhost:{port}";

        private TestInstallation Installation => _installation ?? throw new InvalidOperationException("It was not started.");

        public async Task StartAsync() => _installation = await TestInstallation.StartAsync(settings: _settings);

        public Task<CliRun> PeerAsync(params string[] args) => CliRun.OfAsync(["peer", .. args, "--data", Installation.Directory], _settings);

        public async Task<string?> StateAsync() => Assert.Single((await ListAsync()).GetProperty("peers").EnumerateArray()).GetProperty("state").GetString();

        public async Task<string> OursAsync() => (await ListAsync()).GetProperty("ours").GetProperty("words").GetString() ?? string.Empty;

        public ValueTask DisposeAsync() => _installation?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async Task<JsonElement> ListAsync() => (await PeerAsync("list", "--output", "json")).Succeeded().Json;
    }
}
