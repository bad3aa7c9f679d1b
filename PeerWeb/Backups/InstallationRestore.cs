using System.Globalization;
using PeerWeb.Cli;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Backups;

/// <summary>Puts a backup back: everything is prepared and looked at beside what is there, then takes its place at once, as a new epoch.</summary>
internal sealed class InstallationRestore(
    DataDirectory data, DataDirectoryUse use, DatabaseChoice choice, EntryDatabase entries, IdentityMigration identity, TimeProvider time)
{
    /// <exception cref="CommandFailedException">Nothing has changed, and why.</exception>
    public async Task<RestoreReport> ReadAsync(string file, RestoreWish wish, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new CommandFailedException($"There is no file {file}.");
        var isNew = !Directory.Exists(data.FullPath);
        PrivateFiles.Folder(data.FullPath);
        using var alone = use.EnterAlone();
        if (PreparedRestore.IsThere(data))
            PreparedRestore.Finish(data);
        // Of a restore that was killed before it was decided.
        var folder = data.PathOf("restore-preparing");
        PrivateFiles.DeleteFolder(folder);
        try
        {
            PrivateFiles.Folder(folder);
            var manifest = await ExtractAsync(file, folder, wish, tell, cancellationToken);
            var now = time.GetUtcNow();
            var plan = await PlanAsync(manifest, wish, now, cancellationToken);
            tell(null, "checking");
            plan.Note.Write(folder);
            var before = choice.Entries is DatabasePlace.Postgres
                ? await PutBackPostgresAsync(folder, plan, tell, cancellationToken)
                : await PutBackFilesAsync(folder, plan, cancellationToken);
            return new RestoreReport(manifest, plan.Note, before, await WhatIsThereAsync(cancellationToken));
        }
        catch (DatabaseCopyException failed)
        {
            throw new CommandFailedException(failed.Message);
        }
        finally
        {
            PrivateFiles.DeleteFolder(folder);
            if (isNew && !PreparedRestore.IsOccupied(data))
                PrivateFiles.DeleteFolder(data.FullPath);
        }
    }

    private async Task<BackupManifest> ExtractAsync(string file, string folder, RestoreWish wish, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return await BackupArchive.ReadAsync(
            source, folder, Accept, _ => tell((double)source.Position / Math.Max(1, source.Length), "reading the backup"), cancellationToken);

        void Accept(BackupManifest manifest)
        {
            var kind = choice.Entries is DatabasePlace.Postgres ? DatabaseKind.Postgres : DatabaseKind.Sqlite;
            if (manifest.Database != kind)
                throw new CommandFailedException($"The backup is of {manifest.Database}; set PeerWeb:Database to it. Backups do not change the kind of the database.");
            if (choice.Entries is DatabasePlace.Postgres { Schema: var schema } && manifest.Schema != schema)
                throw new CommandFailedException($"The backup is of the schema {manifest.Schema}; set PeerWeb:Schema to it.");
            string[] expected = kind == DatabaseKind.Postgres ? ["postgres.dump"] : [EntriesSetup.FileName, SqliteIdentityStore.FileName];
            if (expected.Except(manifest.Files.Select(part => part.Name)).FirstOrDefault() is { } missing)
                throw new CommandFailedException($"This is not a whole backup. {missing} is missing.");
            if (manifest.EntriesMigrations.Except(entries.KnownMigrations()).Concat(manifest.IdentityMigrations.Except(identity.Known())).Any())
                throw new CommandFailedException($"The backup is of PeerWeb {manifest.Product} with a newer schema; restore it with that version or a later one.");
            // With PostgreSQL it is the schema that is occupied or not: keys are only added to.
            if (kind == DatabaseKind.Sqlite && PreparedRestore.IsOccupied(data) && !wish.Replaces)
                throw Occupied($"There is an installation in {data.FullPath} already.");
        }
    }

    /// <summary>What becomes of it, seen from what is there now.</summary>
    private async Task<Plan> PlanAsync(BackupManifest manifest, RestoreWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (present, isThere) = await PresentAsync(cancellationToken);
        if (isThere && !wish.Replaces)
            throw Occupied($"{(choice.Entries as DatabasePlace.Postgres)?.Schema ?? data.FullPath} holds an installation already.");
        if (present is not null && present.Id.Value != manifest.Installation && !wish.Replaces)
            throw Occupied($"The installation there is {present.Id}; the backup is of {manifest.Installation}.");
        var epoch = NewEpoch.After(manifest.Epoch, present?.Epoch, now);
        return new Plan(
            new RestoreNote(manifest.Installation, epoch, now, manifest.Created),
            now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
            NewEpoch.InEntries(epoch, wish.SuspendsLinks, now));
    }

    /// <returns>The installation there, null where it cannot be read; and whether anything is there.</returns>
    private async Task<(InstallationRecord? Installation, bool IsThere)> PresentAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var there = await PlainDatabase.OpenAsync(choice.Entries, cancellationToken);
            return there is null ? (null, false) : (await there.InstallationAsync(cancellationToken), true);
        }
        catch (DatabaseCopyException) when (choice.Entries is DatabasePlace.Sqlite)
        {
            // A damaged file is a reason to restore, not to refuse it.
            return (null, true);
        }
    }

    private async Task<IReadOnlyList<string>> PutBackFilesAsync(string folder, Plan plan, CancellationToken cancellationToken)
    {
        foreach (var (name, statements) in new[] { (EntriesSetup.FileName, plan.InEntries), (SqliteIdentityStore.FileName, NewEpoch.InIdentity(isSqlite: true)) })
        {
            var copy = Path.Combine(folder, name);
            await using (var database = await PlainDatabase.OpenAsync(new DatabasePlace.Sqlite(copy), cancellationToken))
            {
                if (database is null || await database.ProblemsAsync(cancellationToken) is { Count: > 0 })
                    throw new CommandFailedException($"{name} in the backup is damaged.");
            }
            await SqliteCopy.ChangeAsync(copy, statements, cancellationToken);
            PrivateFiles.Flush(copy);
        }
        PreparedRestore.Decide(data, folder, plan.Stamp);
        return PreparedRestore.Finish(data) is { } before ? [before] : [];
    }

    /// <summary>Keys first, which are only added to; then everything else in one transaction of the server.</summary>
    private async Task<IReadOnlyList<string>> PutBackPostgresAsync(string folder, Plan plan, Action<double?, string> tell, CancellationToken cancellationToken)
    {
        var dump = Path.Combine(folder, "postgres.dump");
        await PostgresCopy.CheckAsync(dump, cancellationToken);
        var keys = data.EnsureDirectory(KeyRing.Folder);
        foreach (var key in new DirectoryInfo(Path.Combine(folder, KeyRing.Folder)).EnumerateFiles().Where(key => !File.Exists(Path.Combine(keys.FullName, key.Name))))
            key.MoveTo(Path.Combine(keys.FullName, key.Name));
        plan.Note.Write(data.FullPath);
        tell(null, "pg_restore");
        return await new PostgresCopy((DatabasePlace.Postgres)choice.Entries, (DatabasePlace.Postgres)choice.Identity)
            .PutBackAsync(dump, plan.Stamp, plan.InEntries, NewEpoch.InIdentity(isSqlite: false), cancellationToken);
    }

    private async Task<RestoredCounts> WhatIsThereAsync(CancellationToken cancellationToken)
    {
        await using var restored = await PlainDatabase.OpenAsync(choice.Entries, cancellationToken) ?? throw new CommandFailedException("What was restored cannot be opened.");
        return new RestoredCounts(
            await restored.CountAsync("entries", cancellationToken), await restored.CountAsync("grants", cancellationToken), await restored.CountAsync("peers", cancellationToken));
    }

    private static CommandFailedException Occupied(string sentence) => new($"{sentence} With --force it is moved aside, never deleted.");

    private sealed record Plan(RestoreNote Note, string Stamp, IReadOnlyList<string> InEntries);
}

/// <param name="Replaces">What is there may be moved aside.</param>
/// <param name="SuspendsLinks">Active links rest until an admin resumes them.</param>
internal sealed record RestoreWish(bool Replaces, bool SuspendsLinks);

/// <param name="Before">Where what was there before is: a folder, or the names of two schemas.</param>
internal sealed record RestoreReport(BackupManifest Manifest, RestoreNote Note, IReadOnlyList<string> Before, RestoredCounts Counts);

internal sealed record RestoredCounts(long Entries, long Grants, long Peers);
