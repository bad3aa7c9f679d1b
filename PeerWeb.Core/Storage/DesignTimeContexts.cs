using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PeerWeb.Core.Storage;

/// <summary>For <c>dotnet ef migrations add NAME --project PeerWeb.Core --context SqliteContext --output-dir Storage/Migrations/Sqlite</c>; opens no database.</summary>
internal sealed class SqliteContextDesign : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, new DatabasePlace.Sqlite("design.db"));
        return new SqliteContext(options.Options);
    }
}

/// <summary>The same with <c>--context PostgresContext --output-dir Storage/Migrations/Postgres</c>.</summary>
internal sealed class PostgresContextDesign : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresContext>();
        new DatabasePlace.Postgres("Host=/nowhere", "peerweb").Configure(options);
        return new PostgresContext(options.Options);
    }
}
