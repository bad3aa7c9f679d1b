using System.Globalization;
using Microsoft.Extensions.Options;
using PeerWeb.Cli;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Backups;

/// <summary>Copies an installation into one file while it runs or not, and looks at the copy before it counts.</summary>
internal sealed class InstallationBackup(DataDirectory data, DataDirectoryUse use, DatabaseChoice choice, IOptions<PeerWebOptions> options, TimeProvider time)
{
    /// <param name="target">A file, or a directory in which a file with domain and time is made.</param>
    /// <param name="tell">How far it is, 0 to 1 where that is known, and with what.</param>
    /// <exception cref="CommandFailedException">Nothing was written, and why.</exception>
    public async Task<BackupReport> WriteAsync(string target, bool overwrite, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        var created = time.GetUtcNow();
        var file = FileOf(target, created);
        if (File.Exists(file) && !overwrite)
            throw new CommandFailedException($"{file} is there already; --force replaces it.");
        if (!Directory.Exists(data.FullPath))
            throw NoInstallation();
        use.Enter();
        var part = $"{file}.{Path.GetRandomFileName()}.part";
        var folder = part + ".d";
        try
        {
            PrivateFiles.Folder(folder);
            var names = await CopyAsync(folder, tell, cancellationToken);
            var manifest = await DescribeAsync(created, folder, names, tell, cancellationToken);
            long done = 0;
            var whole = 2 * manifest.Files.Sum(copy => copy.Length);
            void Count(long octets) => tell((double)(done += octets) / whole, done <= whole / 2 ? "packing" : "reading it back");
            await using (var packed = PrivateFiles.Create(part))
            {
                await BackupArchive.WriteAsync(packed, manifest, folder, Count, cancellationToken);
                packed.Position = 0;
                await BackupArchive.ReadAsync(packed, folder: null, _ => { }, Count, cancellationToken);
            }
            File.Move(part, file, overwrite);
            var report = new BackupReport(file, new FileInfo(file).Length, manifest);
            new BackupNote(created, file, report.Length).Write(data);
            return report;
        }
        catch (DatabaseCopyException failed)
        {
            throw new CommandFailedException(failed.Message);
        }
        finally
        {
            File.Delete(part);
            PrivateFiles.DeleteFolder(folder);
        }
    }

    /// <summary>Entries before users before the key ring: whatever is in one of them, what it needs is in the next.</summary>
    private async Task<IReadOnlyList<string>> CopyAsync(string folder, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        if ((choice.Entries, choice.Identity) is (DatabasePlace.Postgres entries, DatabasePlace.Postgres identity))
        {
            tell(null, "pg_dump");
            // The server's own program writes it; the folder keeps others out.
            await new PostgresCopy(entries, identity).TakeAsync(Path.Combine(folder, "postgres.dump"), cancellationToken);
            await PostgresCopy.CheckAsync(Path.Combine(folder, "postgres.dump"), cancellationToken);
            names.Add("postgres.dump");
        }
        foreach (var place in new[] { choice.Entries, choice.Identity }.OfType<DatabasePlace.Sqlite>())
        {
            if (!File.Exists(place.File))
                throw NoInstallation();
            var name = Path.GetFileName(place.File);
            tell(null, $"copying {name}");
            await PrivateFiles.Create(Path.Combine(folder, name)).DisposeAsync();
            await SqliteCopy.TakeAsync(place.File, Path.Combine(folder, name), cancellationToken);
            tell(null, $"checking {name}");
            await CheckAsync(new DatabasePlace.Sqlite(Path.Combine(folder, name)), cancellationToken);
            names.Add(name);
        }
        foreach (var key in data.EnsureDirectory(KeyRing.Folder).EnumerateFiles("*.xml").OrderBy(key => key.Name, StringComparer.Ordinal))
        {
            names.Add($"{KeyRing.Folder}/{key.Name}");
            await using var copy = PrivateFiles.Create(Path.Combine(folder, KeyRing.Folder, key.Name));
            await using var ring = key.OpenRead();
            await ring.CopyToAsync(copy, cancellationToken);
        }
        return names;
    }

    private static async Task CheckAsync(DatabasePlace.Sqlite copy, CancellationToken cancellationToken)
    {
        await using var database = await PlainDatabase.OpenAsync(copy, cancellationToken);
        var problems = database is null ? ["It is empty."] : await database.ProblemsAsync(cancellationToken);
        if (problems.Count > 0)
            throw new CommandFailedException($"{Path.GetFileName(copy.File)} is damaged, and so would be its copy: {problems[0]}");
    }

    private async Task<BackupManifest> DescribeAsync(
        DateTimeOffset created, string folder, IReadOnlyList<string> names, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        // Of the copies, where they can be asked: the originals go on.
        var (entriesAt, identityAt) = choice.Entries is DatabasePlace.Sqlite
            ? (new DatabasePlace.Sqlite(Path.Combine(folder, EntriesSetup.FileName)), new DatabasePlace.Sqlite(Path.Combine(folder, SqliteIdentityStore.FileName)))
            : (choice.Entries, choice.Identity);
        await using var entries = await PlainDatabase.OpenAsync(entriesAt, cancellationToken) ?? throw NoInstallation();
        await using var identity = await PlainDatabase.OpenAsync(identityAt, cancellationToken) ?? throw NoInstallation();
        var installation = await entries.InstallationAsync(cancellationToken) ?? throw NoInstallation();
        var parts = new List<BackupPart>();
        foreach (var name in names)
        {
            var copy = Path.Combine(folder, name);
            parts.Add(new BackupPart(name, new FileInfo(copy).Length, await BackupArchive.HashAsync(copy, _ => tell(null, $"hashing {name}"), cancellationToken)));
        }
        return new BackupManifest(
            BackupManifest.NewestFormat, BackupManifest.ProductVersion, created, installation.Id.Value, installation.Epoch, options.Value.Domain, options.Value.Database,
            (choice.Entries as DatabasePlace.Postgres)?.Schema,
            await entries.MigrationsAsync(cancellationToken), await identity.MigrationsAsync(cancellationToken), parts);
    }

    private string FileOf(string target, DateTimeOffset created)
    {
        var path = Path.GetFullPath(target);
        if (Directory.Exists(path))
            path = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"peerweb-{options.Value.Domain.Replace(':', '.')}-{created:yyyyMMdd'T'HHmmss'Z'}.tar.gz"));
        return Directory.Exists(Path.GetDirectoryName(path)) ? path : throw new CommandFailedException($"There is no directory {Path.GetDirectoryName(path)}.");
    }

    private CommandFailedException NoInstallation() => new($"There is no installation in {data.FullPath} to back up.");
}

/// <summary>A backup that was written, read back and found whole.</summary>
internal sealed record BackupReport(string File, long Length, BackupManifest Manifest);
