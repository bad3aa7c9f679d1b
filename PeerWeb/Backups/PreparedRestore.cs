using System.Text;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Backups;

/// <summary>A restore that was decided: its files lie whole in a folder of the data directory, and the name of that folder is the decision. What is left is moving them, which any later start finishes.</summary>
internal static class PreparedRestore
{
    private const string Ready = "restore-ready";
    private const string Stamp = "decided";

    /// <summary>What an installation consists of, each with what SQLite keeps beside it and without which it means something else.</summary>
    private static readonly (string Name, string[] Beside)[] Items =
    [
        (EntriesSetup.FileName, ["-wal", "-shm"]),
        (SqliteIdentityStore.FileName, ["-wal", "-shm"]),
        (KeyRing.Folder, []),
        (RestoreNote.FileName, []),
    ];

    public static bool IsThere(DataDirectory data) => Directory.Exists(data.PathOf(Ready));

    /// <summary>Whether an installation, or a part of one, is there already.</summary>
    public static bool IsOccupied(DataDirectory data) => Items.Any(item => Path.Exists(data.PathOf(item.Name)));

    /// <summary>From here on the restore happens, whatever ends this process.</summary>
    /// <param name="prepared">A folder of the data directory with everything that is to be there.</param>
    /// <param name="stamp">Names the folder of what was there before.</param>
    public static void Decide(DataDirectory data, string prepared, string stamp)
    {
        PrivateFiles.Replace(Path.Combine(prepared, Stamp), Encoding.ASCII.GetBytes(stamp));
        Directory.Move(prepared, data.PathOf(Ready));
    }

    /// <summary>Moves what is there aside and what was prepared in its place.</summary>
    /// <returns>Where what was there before is now; null where nothing was.</returns>
    public static string? Finish(DataDirectory data)
    {
        var before = BeforeOf(data);
        foreach (var _ in Steps(data))
        {
            // Each has happened by the time it is told.
        }
        return Directory.Exists(before) ? before : null;
    }

    /// <summary>The moves of <see cref="Finish"/>, one by one. Each can be the last one before a kill: the next call goes on from it.</summary>
    internal static IEnumerable<string> Steps(DataDirectory data)
    {
        var ready = data.PathOf(Ready);
        var before = BeforeOf(data);
        foreach (var (name, beside) in Items.Where(item => Path.Exists(Path.Combine(ready, item.Name))))
        {
            foreach (var old in beside.Select(end => name + end).Append(name).Where(old => Path.Exists(data.PathOf(old))))
            {
                PrivateFiles.Folder(before ?? throw new InvalidOperationException($"{ready} does not say when it was decided."));
                Directory.Move(data.PathOf(old), Path.Combine(before, old));
                yield return old;
            }
            Directory.Move(Path.Combine(ready, name), data.PathOf(name));
            yield return name;
        }
        PrivateFiles.DeleteFolder(ready);
    }

    private static string? BeforeOf(DataDirectory data)
    {
        var stamp = Path.Combine(data.PathOf(Ready), Stamp);
        return File.Exists(stamp) ? data.PathOf($"before-restore-{File.ReadAllText(stamp)}") : null;
    }
}
