using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace PeerWeb.Core.Storage;

/// <summary>The schema that a connection works in.</summary>
public static class PostgresSchema
{
    /// <summary>Makes the schema where it is missing.</summary>
    public static async Task EnsureAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(database.GetConnectionString()).SearchPath;
        if (!DatabasePlace.Postgres.IsSchema(name))
            throw new InvalidOperationException("The connection names no schema.");
        // A name cannot be a parameter.
        var statement = $"CREATE SCHEMA IF NOT EXISTS \"{name}\"";
        await database.ExecuteSqlRawAsync(statement, cancellationToken);
    }
}
