using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PeerWeb.Core.Storage;

/// <summary>The entry database in a schema of PostgreSQL.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : PeerWebContext(options)
{
    public override Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <remarks>One writer at a time in a schema, as in SQLite: each statement after the lock sees what was committed before it.</remarks>
    public override async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtextextended('peerweb.' || current_schema(), 0))", cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task EnsurePlaceAsync(CancellationToken cancellationToken) => PostgresSchema.EnsureAsync(Database, cancellationToken);

    internal override RowInsert InsertInto(string table, IReadOnlyList<string> columns) => new PostgresRowInsert(this, table, columns);

    /// <remarks>Nothing: a migration is one transaction, and copies are the server's (<c>pg_dump</c>).</remarks>
    public override Task CopyBeforeUpgradeAsync(string version, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>Text is compared by code point, as SQLite does, whatever the database's own language is.</remarks>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().UseCollation("C");
}
