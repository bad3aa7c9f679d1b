using PeerWeb.Shell;

namespace PeerWeb.Backups;

internal static class BackupSetup
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<InstallationBackup>();
        services.AddSingleton<InstallationRestore>();
        services.AddSingleton<RestoredSince>();
        return services;
    }
}

/// <summary>When this installation was restored; asked once, for a restore needs a stopped one.</summary>
public sealed class RestoredSince(DataDirectory data)
{
    // Signatures carry whole seconds, and a peer may ask within the very second of the restore.
    private readonly Lazy<DateTimeOffset?> _at = new(() =>
        RestoreNote.Read(data)?.Restored is { } restored ? DateTimeOffset.FromUnixTimeSeconds(restored.ToUnixTimeSeconds()) : null);

    /// <summary>The whole second of it; null where it never was.</summary>
    public DateTimeOffset? At => _at.Value;
}
