using System.Text.Json;
using PeerWeb.Shell;

namespace PeerWeb.Backups;

/// <summary>That an installation was restored, kept beside its databases as <c>restored.json</c>. It counts while the installation's epoch is the one it names.</summary>
/// <param name="Restored">UTC. Requests that were signed before it are not taken: the nonces of what came since the backup are lost.</param>
/// <param name="Taken">When the backup was made, UTC.</param>
public sealed record RestoreNote(Guid Installation, int Epoch, DateTimeOffset Restored, DateTimeOffset Taken)
{
    public const string FileName = "restored.json";

    /// <returns>Null where it never was, or the note cannot be read.</returns>
    public static RestoreNote? Read(DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            return File.Exists(data.PathOf(FileName)) ? JsonSerializer.Deserialize<RestoreNote>(File.ReadAllBytes(data.PathOf(FileName)), BackupManifest.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Write(string folder) => PrivateFiles.Replace(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, BackupManifest.Json));
}

/// <summary>The last backup of an installation, kept beside its databases as <c>last-backup.json</c> for <c>doctor</c>.</summary>
/// <param name="Created">UTC.</param>
/// <param name="File">Where it was written; it may have been moved since.</param>
public sealed record BackupNote(DateTimeOffset Created, string File, long Length)
{
    public const string FileName = "last-backup.json";

    /// <returns>Null where none was made on this directory, or the note cannot be read.</returns>
    public static BackupNote? Read(DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            return System.IO.File.Exists(data.PathOf(FileName)) ? JsonSerializer.Deserialize<BackupNote>(System.IO.File.ReadAllBytes(data.PathOf(FileName)), BackupManifest.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Write(DataDirectory data) => PrivateFiles.Replace(data.PathOf(FileName), JsonSerializer.SerializeToUtf8Bytes(this, BackupManifest.Json));
}
