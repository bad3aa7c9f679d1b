using System.Globalization;
using PeerWeb.Backups;
using PeerWeb.Shell;

namespace PeerWeb.Doctor;

/// <summary>The data directory: there, the owner's only, with room, and backed up.</summary>
internal sealed class DataDirectoryExamination(DataDirectory data, TimeProvider time) : IExamination
{
    private const long Mebibyte = 1024 * 1024;
    private const long LeastRoom = 64 * Mebibyte;
    private const long ScantRoom = 1024 * Mebibyte;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan OldBackup = TimeSpan.FromDays(7);

    public string Subject => "data directory";

    public bool IsFoundation => true;

    public bool NeedsNetwork => false;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([.. Look()]);

    private IEnumerable<Finding> Look()
    {
        if (!Directory.Exists(data.FullPath))
        {
            yield return Finding.Error(Subject, $"There is no {data.FullPath}.", "Give the right one with --data or PeerWeb:DataDirectory; the first start makes it.");
            yield break;
        }
        if (PreparedRestore.IsThere(data))
        {
            yield return Finding.Error(Subject, "A restore was decided and interrupted.", "Start PeerWeb, or run any command: it finishes the restore.");
            yield break;
        }
        yield return Access();
        yield return Room();
        yield return Backup();
    }

    private Finding Access()
    {
        if (OperatingSystem.IsWindows())
            return Finding.Ok(Subject, data.FullPath);
        foreach (var path in Directory.EnumerateFileSystemEntries(data.FullPath, "*", SearchOption.AllDirectories).Prepend(data.FullPath))
        {
            if ((File.GetUnixFileMode(path) & Others) != 0)
                return Finding.Warning(Subject, $"Others than its owner get at {path}.", $"chmod -R go= {data.FullPath}");
        }
        return Finding.Ok(Subject, $"{data.FullPath}, readable by its owner only");
    }

    private Finding Room()
    {
        var free = new DriveInfo(data.FullPath).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / Mebibyte:#,0} MiB are free");
        return free < LeastRoom ? Finding.Error(Subject, $"{text}: nothing more can be kept.", "Make room.")
            : free < ScantRoom ? Finding.Warning(Subject, $"{text}.", "Make room before it is needed.")
            : Finding.Ok(Subject, text);
    }

    private Finding Backup()
    {
        const string advice = "Run backup regularly, and keep its files on another machine.";
        if (BackupNote.Read(data) is not { } last)
            return Finding.Warning("backup", "No backup was made with the backup command.", advice);
        var text = $"The last backup is of {last.Created.ToString("u", CultureInfo.InvariantCulture)}";
        return time.GetUtcNow() - last.Created > OldBackup ? Finding.Warning("backup", $"{text}.", advice) : Finding.Ok("backup", text);
    }
}
