using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Backups;

/// <summary>An installation with one calendar of Ada's, its backups, and a folder for both.</summary>
internal sealed class SavedInstallation(IReadOnlyDictionary<string, string?>? settings = null) : IDisposable
{
    public static readonly UserName Ada = UserName.Parse("ada");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peerweb-backup-");

    public string Data => Path.Combine(_folder.FullName, "data");

    public string File => Path.Combine(_folder.FullName, "backup.tar.gz");

    public IReadOnlyDictionary<string, string?> Settings { get; } = settings ?? new Dictionary<string, string?>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public Task<TestInstallation> StartAsync(string? data = null) => TestInstallation.StartAsync(data ?? Data, new Dictionary<string, string?>(Settings));

    /// <summary>Stops without deleting, and lets go of the files.</summary>
    public static async Task StopAsync(TestInstallation installation)
    {
        await installation.StopAsync();
        SqliteConnection.ClearAllPools();
    }

    /// <summary>With these events, and backed up, then stopped.</summary>
    public async Task PrepareAsync(params string[] events)
    {
        var installation = await StartAsync();
        await installation.AddUserAsync("ada", isAdmin: true);
        var calendar = await installation.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        foreach (var name in events)
            await PutAsync(installation, calendar, name);
        (await BackupAsync()).Succeeded();
        await StopAsync(installation);
    }

    public Task<CliRun> BackupAsync(params string[] more) => CliRun.OfAsync(["backup", File, "--data", Data, .. more], Settings);

    public Task<CliRun> RestoreAsync(string? file = null, string? data = null, params string[] more) =>
        CliRun.OfAsync(["restore", file ?? File, "--data", data ?? Data, .. more], Settings);

    public static GuardedEntryStore StoreOf(TestInstallation installation) =>
        installation.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));

    public static async Task<ETag> PutAsync(TestInstallation installation, CollectionId calendar, string name)
    {
        var write = new EntryWrite(calendar, Uid.Parse(name), Ics.Event(name, name, ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent());
        var saved = await StoreOf(installation).SaveAsync([write], new Delivery("ada", $"put-{Guid.NewGuid():N}", string.Empty), Cancel);
        return Assert.IsType<SaveOutcome.Saved>(Assert.Single(saved)).ETag;
    }

    public static async Task<CollectionId> CalendarAsync(TestInstallation installation) =>
        Assert.Single(await StoreOf(installation).ListCollectionsAsync(CalendarApp.AppId, Cancel)).Id;

    /// <summary>The UIDs in the calendar, in the order of their changes.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(TestInstallation installation)
    {
        var uids = new List<string>();
        var store = StoreOf(installation);
        var calendar = await CalendarAsync(installation);
        for (SyncToken? token = null; ;)
        {
            var page = Assert.IsType<ChangesAnswer.Page>(await store.ChangesAsync(calendar, token, 500, Cancel));
            uids.AddRange(page.Changes.Select(change => change.Uid.Value));
            if (!page.HasMore)
                return uids;
            token = page.Token;
        }
    }

    public static async Task<int> EpochAsync(TestInstallation installation) =>
        (await installation.Services.GetRequiredService<EntryDatabase>().InstallationAsync(Cancel)).Epoch;

    /// <summary>Every file below a folder with its content, to see that nothing changed.</summary>
    public static IReadOnlyDictionary<string, string> Contents(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(file))))
        : new Dictionary<string, string>();

    /// <summary>The backup with one of its files changed.</summary>
    public async Task<string> ForgeAsync(string name, Func<byte[], byte[]> change)
    {
        var forged = PathOf($"forged-{Guid.NewGuid():N}.tar.gz");
        await using var source = new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress);
        await using var reader = new TarReader(source);
        await using var target = new GZipStream(System.IO.File.Create(forged), CompressionLevel.Fastest);
        await using var writer = new TarWriter(target);
        while (await reader.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
        {
            using var content = new MemoryStream();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Cancel);
            using var changed = new MemoryStream(entry.Name == name ? change(content.ToArray()) : content.ToArray());
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = changed }, Cancel);
        }
        return forged;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
