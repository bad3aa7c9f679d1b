using System.Text.Json;
using Xunit;

namespace PeerWeb.Tests.Cli;

public sealed class ConfigCommandTests
{
    private static readonly string[] Check = ["config", "check", "--output", "json"];

    [Fact]
    public async Task Every_setting_is_shown_with_where_it_comes_from()
    {
        var report = (await CliRun.OfAsync([.. Check, "--name", "Acme"], Settings(("PeerWeb:PeerRequestsPerMinute", "7")))).Succeeded().Json;

        Assert.Equal(("Acme", "command line"), Setting(report, "Name"));
        Assert.Equal(("7", "command line"), Setting(report, "PeerRequestsPerMinute"));
        Assert.Equal(("data", "default"), Setting(report, "DataDirectory"));
        Assert.Equal(("localhost:5100", "default"), Setting(report, "Domain"));
        Assert.Empty(Texts(report, "errors"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        var run = await CliRun.OfAsync(
            [.. Check, "--domain", "ACME"],
            Settings(("PeerWeb:Demo", "maybe"), ("PeerWeb:Database", "Oracle"), ("PeerWeb:PeerMegabytesPerMinute", "many"), ("PeerWeb:Endpiont", "https://acme.example"), ("PeerWeb:Elephant", "grey")));

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.Equal(
            [
                "PeerWeb:Database \"Oracle\" is not Sqlite or Postgres.",
                "PeerWeb:Demo \"maybe\" is not true or false.",
                "PeerWeb:Domain \"ACME\" is not a lower-case host name with an optional port, like acme.example or localhost:5100.",
                "PeerWeb:Elephant is no setting (command line).",
                "PeerWeb:Endpiont is no setting (command line). Did you mean PeerWeb:Endpoint?",
                "PeerWeb:PeerMegabytesPerMinute \"many\" is not a whole number.",
            ],
            Texts(run.Json, "errors").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_value_is_a_sentence_at_the_start_too() =>
        (await CliRun.OfAsync(["user", "list"], Settings(("PeerWeb:Demo", "maybe")))).FailedWith("PeerWeb:Demo \"maybe\" is not true or false.");

    [Fact]
    public async Task A_secret_is_never_shown()
    {
        foreach (var text in new[] { "Host=db.example;Username=peerweb;Password=hunter2;SSL Password=hunter2", "Host=db.example;hunter2", "hunter2" })
        {
            var run = await CliRun.OfAsync(["config", "check"], Settings(("PeerWeb:Database", "Postgres"), ("PeerWeb:ConnectionString", text), ("PeerWeb:Demo", "true")));
            Assert.DoesNotContain("hunter2", run.Out + run.Error, StringComparison.Ordinal);
            Assert.Contains("***", run.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("AllowPlainHttp", "PeerWeb:AllowPlainHttp", "true")]
    [InlineData("AllowPrivateAddresses", "PeerWeb:AllowPrivateAddresses", "true")]
    [InlineData("Demo is on in Production", "PeerWeb:Demo", "true")]
    [InlineData("FORWARDEDHEADERS", "PeerWeb:Endpoint", "https://acme.example")]
    [InlineData("Listen is every address", "PeerWeb:Listen", "0.0.0.0:5100")]
    public async Task What_is_risky_is_a_warning_and_no_error(string named, string key, string value)
    {
        var safe = Settings(("environment", "Production"), ("PeerWeb:Listen", "127.0.0.1:5100"), ("PeerWeb:AllowPlainHttp", "false"), ("PeerWeb:AllowPrivateAddresses", "false"));
        Assert.Empty(Texts((await CliRun.OfAsync(Check, safe)).Succeeded().Json, "warnings"));

        var report = (await CliRun.OfAsync(Check, new Dictionary<string, string?>(safe) { [key] = value })).Succeeded().Json;

        Assert.Contains(named, Assert.Single(Texts(report, "warnings")), StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] settings) => settings.ToDictionary(pair => pair.Key, string? (pair) => pair.Value);

    private static (string?, string?) Setting(JsonElement report, string name)
    {
        var found = report.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("key").GetString() == $"PeerWeb:{name}");
        return (found.GetProperty("value").GetString(), found.GetProperty("source").GetString());
    }

    private static IReadOnlyList<string> Texts(JsonElement report, string list) => [.. report.GetProperty(list).EnumerateArray().Select(text => text.GetString() ?? "")];
}
