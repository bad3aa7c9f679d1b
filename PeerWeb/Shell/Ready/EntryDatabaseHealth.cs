using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shell.Ready;

/// <summary>Whether the entry database is there and answers.</summary>
internal sealed class EntryDatabaseHealth(EntryDatabase database, DatabaseChoice choice) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Open connections would go on reading and writing a file that has no name any more.
        if (choice.Entries is DatabasePlace.Sqlite { File: var file } && !File.Exists(file))
            return HealthCheckResult.Unhealthy("The database of entries is gone");
        await database.InstallationAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
