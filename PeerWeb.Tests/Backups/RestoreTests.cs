using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PeerWeb.Backups;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Shell;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Backups;

public sealed class RestoreTests
{
    private const string Preparing = "restore-preparing";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_saved_is_back_in_a_new_epoch_and_what_was_there_is_kept()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        var later = await saved.StartAsync();
        var key = await later.Services.GetRequiredService<SigningKeyStore>().GetActiveKeyIdAsync(Cancel);
        await SavedInstallation.PutAsync(later, await SavedInstallation.CalendarAsync(later), "later");
        await later.AddUserAsync("bob");
        var session = await SessionAsync(later);
        await SavedInstallation.StopAsync(later);

        (await saved.RestoreAsync()).FailedWith($"There is an installation in {saved.Data} already. With --force it is moved aside, never deleted.");
        var report = (await saved.RestoreAsync(more: ["--force", "--output", "json"])).Succeeded().Json;

        await using var restored = await saved.StartAsync();
        Assert.Equal(["first"], await SavedInstallation.EventsAsync(restored));
        Assert.Equal(report.GetProperty("note").GetProperty("epoch").GetInt32(), await SavedInstallation.EpochAsync(restored));
        Assert.True(await SavedInstallation.EpochAsync(restored) > 1);
        Assert.Equal(key, await restored.Services.GetRequiredService<SigningKeyStore>().GetActiveKeyIdAsync(Cancel));
        Assert.Equal(["ada"], (await restored.Services.GetRequiredService<UserDirectory>().ListAsync(Cancel)).Select(user => user.Name));
        // Cookies are of the same key ring; sessions have ended all the same, as those must that were ended after the backup.
        Assert.NotEqual(session, await SessionAsync(restored));
        using var signedIn = await TestInstallation.SignInAsync(restored.Browser(), "ada");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, signedIn.StatusCode);
        var before = Assert.Single(report.GetProperty("before").EnumerateArray()).GetString() ?? "";
        await using var kept = await PlainDatabase.OpenAsync(new Core.Storage.DatabasePlace.Sqlite(Path.Combine(before, "entries.db")), Cancel);
        Assert.NotNull(kept);
        Assert.Equal(2, await kept.CountAsync("entries", Cancel));
    }

    [Theory]
    [InlineData(3, 5, 6)]
    [InlineData(5, 3, 6)]
    [InlineData(7, null, 8)]
    public void An_epoch_is_greater_than_any_that_was(int saved, int? present, int least)
    {
        var day = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(86_400, NewEpoch.After(saved, present, day));
        Assert.Equal(100_001, NewEpoch.After(saved, 100_000, day));
        // Without a clock that can be believed it is still the next one.
        Assert.Equal(least, NewEpoch.After(saved, present, DateTimeOffset.UnixEpoch));
        Assert.Equal(least, NewEpoch.After(saved, present, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_file_that_is_not_a_whole_backup_is_refused_and_nothing_changes()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        var there = SavedInstallation.Contents(saved.Data);
        var octets = await File.ReadAllBytesAsync(saved.File, Cancel);
        var wrong = new List<string>();
        foreach (var length in new[] { 0, 1, 100, octets.Length / 3, octets.Length / 2, octets.Length - 100, octets.Length - 20, octets.Length - 8, octets.Length - 1 })
            wrong.Add(await WriteAsync($"cut-{length}", octets[..length]));
        wrong.Add(await WriteAsync("longer", [.. octets, 0]));
        wrong.Add(await WriteAsync("other", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")));
        wrong.Add(await saved.ForgeAsync("entries.db", content => [.. content[..5000], (byte)(content[5000] ^ 1), .. content[5001..]]));
        wrong.Add(await saved.ForgeAsync("identity.db", content => [.. content, 0]));
        wrong.Add(await saved.ForgeAsync("manifest.json", content => Text(content, "\"entries.db\"", "\"../entries.db\"")));
        wrong.Add(await saved.ForgeAsync("manifest.json", content => Text(content, "keys/key-", "keys/../key-")));
        wrong.Add(await saved.ForgeAsync("manifest.json", _ => "{}"u8.ToArray()));
        wrong.Add(await saved.ForgeAsync("manifest.json", _ => "null"u8.ToArray()));

        foreach (var (number, file) in wrong.Index())
        {
            var run = await saved.RestoreAsync(file, number % 3 == 0 ? saved.PathOf("empty") : saved.Data, "--force");
            Assert.True((run.Code, run.Out) == (1, ""), $"{file}: {run.Code} {run.Error}");
            Assert.Matches("^This is not a whole backup\\. [^\n]+\n$", run.Error);
        }

        Assert.Equal(there, SavedInstallation.Contents(saved.Data));
        Assert.False(Directory.Exists(saved.PathOf("empty")));

        async Task<string> WriteAsync(string name, byte[] content)
        {
            await File.WriteAllBytesAsync(saved.PathOf(name), content, Cancel);
            return saved.PathOf(name);
        }
    }

    [Fact]
    public async Task What_is_newer_or_of_another_kind_is_refused_with_what_to_do()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        async Task RefusedAsync(string from, string to, string sentence) =>
            (await saved.RestoreAsync(await saved.ForgeAsync("manifest.json", content => Text(content, from, to)), saved.PathOf("empty"))).FailedWith(sentence);

        await RefusedAsync("\"format\": 1", "\"format\": 2", "The backup has format 2; this PeerWeb reads up to 1. Restore it with a newer one.");
        await RefusedAsync("_ClusteredInstances\"", "_ClusteredInstances\", \"20991231000000_Later\"", $"The backup is of PeerWeb {BackupManifest.ProductVersion} with a newer schema; restore it with that version or a later one.");
        await RefusedAsync("\"Sqlite\"", "\"Postgres\"", "The backup is of Postgres; set PeerWeb:Database to it. Backups do not change the kind of the database.");
        (await saved.RestoreAsync(saved.PathOf("nowhere"), saved.PathOf("empty"))).FailedWith($"There is no file {saved.PathOf("nowhere")}.");
        Assert.False(Directory.Exists(saved.PathOf("empty")));
    }

    [Fact]
    public async Task Another_installations_backup_takes_no_place_without_force()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        using var other = new SavedInstallation();
        await other.PrepareAsync("other");
        var there = SavedInstallation.Contents(other.Data);

        Assert.Equal(1, (await other.RestoreAsync(saved.File)).Code);
        Assert.Equal(there, SavedInstallation.Contents(other.Data));
        (await other.RestoreAsync(saved.File, more: "--force")).Succeeded();

        await using var restored = await other.StartAsync();
        Assert.Equal(["first"], await SavedInstallation.EventsAsync(restored));
    }

    [Fact]
    public async Task A_server_and_a_restore_keep_each_other_out_and_so_do_two_servers()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        var running = await saved.StartAsync();

        (await saved.RestoreAsync(more: "--force")).FailedWith($"PeerWeb, or a command of it, is running on {saved.Data}. Stop it first.");
        var second = await Assert.ThrowsAsync<DataDirectoryBusyException>(() => saved.StartAsync());
        Assert.Equal($"Another PeerWeb serves {saved.Data} already.", second.Message);
        Assert.Equal(["first"], await SavedInstallation.EventsAsync(running));
        await SavedInstallation.StopAsync(running);

        using var use = new DataDirectoryUse(At(saved.Data));
        using (use.EnterAlone())
        {
            var shut = await Assert.ThrowsAsync<DataDirectoryBusyException>(() => saved.StartAsync());
            Assert.Equal($"A restore is at work in {saved.Data}.", shut.Message);
        }
        (await saved.RestoreAsync(more: "--force")).Succeeded();
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_the_old_or_the_new_at_every_step()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        var running = await saved.StartAsync();
        await SavedInstallation.PutAsync(running, await SavedInstallation.CalendarAsync(running), "later");
        await SavedInstallation.StopAsync(running);
        var data = At(saved.Data);

        // Before it is decided: what was prepared is nobody's.
        Prepare(saved, data);
        Assert.Equal(["first", "later"], await RunAsync(saved));

        var isThrough = false;
        for (var kill = 0; !isThrough; kill++)
        {
            // What SQLite kept beside the old database, and what must not be read with the new one.
            await File.WriteAllTextAsync(data.PathOf("entries.db-wal"), "of the old one", Cancel);
            var prepared = SavedInstallation.Contents(Prepare(saved, data));
            PreparedRestore.Decide(data, data.PathOf(Preparing), $"20261123T1200{kill:D2}Z");
            isThrough = PreparedRestore.Steps(data).Take(kill).Count() < kill;

            using (var use = new DataDirectoryUse(data))
                use.Enter();

            Assert.False(PreparedRestore.IsThere(data));
            Assert.Equal(prepared, prepared.Keys.ToDictionary(name => name, name => SavedInstallation.Contents(saved.Data)[name]));
            Assert.False(File.Exists(data.PathOf("entries.db-wal")));
            var before = data.PathOf($"before-restore-20261123T1200{kill:D2}Z");
            Assert.Equal("of the old one", await File.ReadAllTextAsync(Path.Combine(before, "entries.db-wal"), Cancel));
            Assert.Equal(prepared.Count, Directory.GetFiles(before, "*", SearchOption.AllDirectories).Length - 1);
        }
        Assert.Equal(["first"], await RunAsync(saved));
    }

    /// <summary>A folder as a restore leaves it just before it decides.</summary>
    private static string Prepare(SavedInstallation saved, DataDirectory data)
    {
        var folder = data.PathOf(Preparing);
        Directory.CreateDirectory(folder);
        using var archive = File.OpenRead(saved.File);
        using var tar = new System.IO.Compression.GZipStream(archive, System.IO.Compression.CompressionMode.Decompress);
        System.Formats.Tar.TarFile.ExtractToDirectory(tar, folder, overwriteFiles: true);
        File.Delete(Path.Combine(folder, BackupManifest.FileName));
        return folder;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(SavedInstallation saved)
    {
        var installation = await saved.StartAsync();
        var events = await SavedInstallation.EventsAsync(installation);
        await SavedInstallation.StopAsync(installation);
        return events;
    }

    private static DataDirectory At(string path) => new(Options.Create(new PeerWebOptions { DataDirectory = path }), new HostingEnvironmentAt(path));

    private static byte[] Text(byte[] content, string from, string to)
    {
        var text = Encoding.UTF8.GetString(content);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>What a session of Ada's is compared with.</summary>
    private static async Task<string> SessionAsync(TestInstallation installation)
    {
        await using var scope = installation.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>();
        return await users.GetSecurityStampAsync(await users.FindByNameAsync("ada") ?? throw new InvalidOperationException("There is no Ada."));
    }

    private sealed class HostingEnvironmentAt(string path) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "PeerWeb";

        public string ContentRootPath { get; set; } = path;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
