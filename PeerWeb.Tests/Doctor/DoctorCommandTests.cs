using Microsoft.Data.Sqlite;
using PeerWeb.Tests.Backups;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Doctor;

public sealed class DoctorCommandTests
{
    private static readonly Dictionary<string, string?> Local = new() { ["PeerWeb:AllowPlainHttp"] = "true", ["PeerWeb:AllowPrivateAddresses"] = "true" };

    [Fact]
    public async Task A_healthy_installation_has_no_errors_and_looking_changes_nothing()
    {
        using var saved = new SavedInstallation(new Dictionary<string, string?>(Local) { ["PeerWeb:Endpoint"] = $"http://acme.localhost:{InstallationHost.FreePort()}" });
        await saved.PrepareAsync("first");
        var there = SavedInstallation.Contents(saved.Data);

        var stopped = await RunAsync(saved, saved.Data);

        Assert.Equal(0, stopped.Code);
        Assert.DoesNotContain(Findings(stopped), finding => finding.Level == "Error");
        Assert.Contains(("Ok", "keys"), Subjects(stopped));
        Assert.Contains(("Warning", "public address"), Subjects(stopped));
        // A process of its own lets go of its files at its end.
        SqliteConnection.ClearAllPools();
        Assert.Equal(there, SavedInstallation.Contents(saved.Data));

        var running = await saved.StartAsync();
        Assert.Contains(("Ok", "public address"), Subjects(await RunAsync(saved, saved.Data)));
        Assert.DoesNotContain("public address", (await RunAsync(saved, saved.Data, "--offline")).Out, StringComparison.Ordinal);
        await SavedInstallation.StopAsync(running);
    }

    [Fact]
    public async Task What_is_lost_or_damaged_is_an_error_with_what_to_do()
    {
        using var saved = new SavedInstallation(Local);
        await saved.PrepareAsync([.. Enumerable.Range(0, 30).Select(number => $"event-{number}")]);
        Directory.Move(Path.Combine(saved.Data, "keys"), saved.PathOf("ring"));
        Assert.Equal([("Error", "keys")], Errors(await RunAsync(saved, saved.Data)));

        using var other = new SavedInstallation(Local);
        await other.PrepareAsync("other");
        Directory.Move(Path.Combine(other.Data, "keys"), Path.Combine(saved.Data, "keys"));
        var foreign = await RunAsync(saved, saved.Data);
        Assert.Equal([("Error", "keys")], Errors(foreign));
        Assert.Contains("The key ring does not open the signing key.", foreign.Out, StringComparison.Ordinal);

        var entries = Path.Combine(saved.Data, "entries.db");
        var octets = await File.ReadAllBytesAsync(entries, TestContext.Current.CancellationToken);
        octets.AsSpan(octets.Length / 2).Fill(0x5a);
        await File.WriteAllBytesAsync(entries, octets, TestContext.Current.CancellationToken);
        Assert.Contains(("Error", "database"), Errors(await RunAsync(saved, saved.Data)));

        var nowhere = await RunAsync(saved, saved.PathOf("nowhere"));
        Assert.Equal(1, nowhere.Code);
        Assert.False(Directory.Exists(saved.PathOf("nowhere")));
        Assert.All(Findings(nowhere).Where(finding => finding.Level != "Ok"), finding => Assert.NotNull(finding.Advice));
    }

    [Fact]
    public async Task A_domain_that_another_installation_answers_is_an_error()
    {
        await using var acme = await TestInstallation.StartAsync(settings: Local);
        using var saved = new SavedInstallation(new Dictionary<string, string?>(Local)
        {
            ["PeerWeb:Endpoint"] = acme.Endpoint.ToString(),
            ["PeerWeb:Listen"] = $"127.0.0.1:{InstallationHost.FreePort()}",
        });
        var shadowed = await saved.StartAsync();

        var run = await RunAsync(saved, saved.Data);

        Assert.Equal([("Error", "public address")], Errors(run));
        Assert.Contains("is answered by another installation", run.Out, StringComparison.Ordinal);
        await SavedInstallation.StopAsync(shadowed);
    }

    [Fact]
    public async Task Wrong_settings_are_told_and_nothing_else_is_looked_at()
    {
        var run = await CliRun.OfAsync(["doctor", "--output", "json"], new Dictionary<string, string?> { ["PeerWeb:Demo"] = "maybe", ["PeerWeb:Domian"] = "x" });

        Assert.Equal([("Error", "settings"), ("Error", "settings")], Errors(run));
        Assert.DoesNotContain("keys", run.Out, StringComparison.Ordinal);
    }

    private static async Task<CliRun> RunAsync(SavedInstallation saved, string data, params string[] more)
    {
        var run = await CliRun.OfAsync(["doctor", "--output", "json", "--data", data, .. more], saved.Settings);
        Assert.Equal((run.Json.GetProperty("errors").GetInt32() == 0 ? 0 : 1, ""), (run.Code, run.Error));
        return run;
    }

    private static IReadOnlyList<(string? Level, string? Subject, string? Advice)> Findings(CliRun run) =>
    [
        .. run.Json.GetProperty("findings").EnumerateArray().Select(finding =>
            (finding.GetProperty("level").GetString(), finding.GetProperty("subject").GetString(), finding.GetProperty("advice").GetString())),
    ];

    private static IEnumerable<(string?, string?)> Subjects(CliRun run) => Findings(run).Select(finding => (finding.Level, finding.Subject));

    private static IEnumerable<(string?, string?)> Errors(CliRun run) => Subjects(run).Where(finding => finding.Item1 == "Error");
}
