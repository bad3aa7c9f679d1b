using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PeerWeb.Shell.Ready;

/// <summary>Whether the data directory takes what is written. Where it does not, reading goes on and saving is refused: degraded, not unready, for taking the pages away helps nobody.</summary>
internal sealed class DataDirectoryHealth(DataDirectory data) : IHealthCheck
{
    /// <summary>Below this much room saves will soon be refused.</summary>
    public const long LeastBytes = 64 * 1024 * 1024;

    private const string Probe = ".health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Never a file of a database: closing one would take its locks away.
            await File.WriteAllBytesAsync(data.EnsureFile(Probe), new byte[4096], cancellationToken);
            File.Delete(data.PathOf(Probe));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Degraded("The data directory cannot be written; reading goes on");
        }
        return new DriveInfo(data.FullPath).AvailableFreeSpace < LeastBytes
            ? HealthCheckResult.Degraded("The disk of the data directory is almost full")
            : HealthCheckResult.Healthy();
    }
}
