using System.Globalization;
using System.Text.Json;
using PeerWeb.Backups;
using Xunit;

namespace PeerWeb.Tests.Backups;

public sealed class BackupTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_of_an_installation_that_is_written_to_is_one_moment_of_it()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        var installation = await saved.StartAsync();
        var calendar = await SavedInstallation.CalendarAsync(installation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (known, acknowledged) = (new TaskCompletionSource(), 0);
        var writing = Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    await SavedInstallation.PutAsync(installation, calendar, string.Create(CultureInfo.InvariantCulture, $"event-{acknowledged:D6}"));
                    if (++acknowledged == 20)
                        known.SetResult();
                }
            },
            Cancel);
        await known.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var before = acknowledged;
        var manifest = (await saved.BackupAsync("--force", "--output", "json")).Succeeded().Json.GetProperty("manifest");
        var after = acknowledged;
        await over.CancelAsync();
        await writing;
        await SavedInstallation.StopAsync(installation);

        (await saved.RestoreAsync(data: saved.PathOf("other"))).Succeeded();
        await using var restored = await saved.StartAsync(saved.PathOf("other"));
        var events = await SavedInstallation.EventsAsync(restored);

        Assert.InRange(events.Count - 1, before, after + 1);
        Assert.Equal(["first", .. Enumerable.Range(0, events.Count - 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"event-{number:D6}"))], events);
        Assert.Equal(1, manifest.GetProperty("epoch").GetInt32());
        Assert.Equal("Sqlite", manifest.GetProperty("database").GetString());
        Assert.Equal(["entries.db", "identity.db"], manifest.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).Take(2));
    }

    [Fact]
    public async Task A_backup_is_the_owners_only_is_never_written_over_and_its_time_is_kept()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync("first");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(saved.File));
        var octets = await File.ReadAllBytesAsync(saved.File, Cancel);

        (await saved.BackupAsync()).FailedWith($"{saved.File} is there already; --force replaces it.");
        Assert.Equal(octets, await File.ReadAllBytesAsync(saved.File, Cancel));
        (await saved.BackupAsync("--force")).Succeeded();
        using var note = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(saved.Data, BackupNote.FileName), Cancel));
        Assert.Equal(saved.File, note.RootElement.GetProperty("file").GetString());
        Assert.Equal(["backup.tar.gz", "data"], Directory.GetFileSystemEntries(Path.GetDirectoryName(saved.File) ?? "").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task What_is_damaged_is_not_backed_up_and_nothing_is_left_behind()
    {
        using var saved = new SavedInstallation();
        await saved.PrepareAsync([.. Enumerable.Range(0, 30).Select(number => $"event-{number}")]);
        File.Delete(saved.File);
        var entries = Path.Combine(saved.Data, "entries.db");
        var octets = await File.ReadAllBytesAsync(entries, Cancel);
        // Every page but the first, which says what kind of file it is.
        octets.AsSpan(4096).Fill(0x5a);
        await File.WriteAllBytesAsync(entries, octets, Cancel);

        var run = await saved.BackupAsync();

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Matches("^entries\\.db[^\n]+\n$", run.Error);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(Path.GetDirectoryName(saved.File) ?? "").Select(Path.GetFileName));
    }

    [Fact]
    public async Task Where_there_is_no_installation_there_is_nothing_to_back_up()
    {
        using var saved = new SavedInstallation();

        (await saved.BackupAsync()).FailedWith($"There is no installation in {saved.Data} to back up.");

        Assert.False(Directory.Exists(saved.Data));
    }
}
