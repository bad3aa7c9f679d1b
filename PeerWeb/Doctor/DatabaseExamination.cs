using System.Globalization;
using PeerWeb.Backups;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Doctor;

/// <summary>Both databases: there, whole, of this version.</summary>
internal sealed class DatabaseExamination(DatabaseChoice choice, DataDirectory data, EntryDatabase entries, IdentityMigration identity) : IExamination
{
    public string Subject => "database";

    public bool IsFoundation => true;

    public bool NeedsNetwork => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken) =>
    [
        .. await LookAsync("entries", choice.Entries, entries.KnownMigrations(), cancellationToken),
        .. await LookAsync("users and keys", choice.Identity, identity.Known(), cancellationToken),
    ];

    private async Task<IReadOnlyList<Finding>> LookAsync(string name, DatabasePlace place, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        try
        {
            await using var database = await PlainDatabase.OpenAsync(place, cancellationToken);
            if (database is null)
                return [Finding.Error(Subject, $"There is no database of {name}.", "The first start makes it. Where there was one, restore a backup.")];
            foreach (var problem in await database.ProblemsAsync(cancellationToken))
                findings.Add(Finding.Error(Subject, $"{name}: {problem}", place is DatabasePlace.Sqlite ? "The file is damaged: stop PeerWeb, keep a copy, restore a backup." : "Use a server and a database as the README asks for."));
            if (findings.Count == 0)
                findings.Add(Finding.Ok(Subject, $"{name}: {database.Version}, whole"));
            findings.Add(Migrations(name, await database.MigrationsAsync(cancellationToken), known));
            if (await database.InstallationAsync(cancellationToken) is { } installation)
                findings.Add(Life(installation));
        }
        catch (DatabaseCopyException closed)
        {
            findings.Add(Finding.Error(Subject, $"{name}: {closed.Message}", place is DatabasePlace.Sqlite ? "The file is damaged: stop PeerWeb, keep a copy, restore a backup." : "Look whether the server runs and PeerWeb:ConnectionString is right."));
        }
        return findings;
    }

    private Finding Migrations(string name, IReadOnlyList<string> applied, IReadOnlyList<string> known)
    {
        var (newer, missing) = (applied.Except(known).Count(), known.Except(applied).Count());
        return newer > 0 ? Finding.Error(Subject, $"{name}: a newer PeerWeb changed this database.", "Run that version or a later one.")
            : missing > 0 ? Finding.Warning(Subject, string.Create(CultureInfo.InvariantCulture, $"{name}: {missing} migrations are not applied."), "The next start applies them.")
            : Finding.Ok(Subject, $"{name}: all {known.Count} migrations are applied");
    }

    private Finding Life(InstallationRecord installation)
    {
        var text = $"installation {installation.Id}, epoch {installation.Epoch}";
        return RestoreNote.Read(data) is { } note && note.Epoch == installation.Epoch
            ? Finding.Warning(
                "restore",
                $"Restored {note.Restored.ToString("u", CultureInfo.InvariantCulture)} to {note.Taken.ToString("u", CultureInfo.InvariantCulture)}: grants that were taken away and users who were disabled in between are as they were before.",
                "Look at Sharing, Peers and user list; delete restored.json when that is done.")
            : Finding.Ok(Subject, text);
    }
}
