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
    private readonly Lazy<DateTimeOffset?> _at = new(() => RestoreNote.Read(data)?.Restored);

    /// <summary>Null where it never was.</summary>
    public DateTimeOffset? At => _at.Value;
}
