using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PeerWeb.Core.Storage;

/// <summary>For <c>dotnet ef migrations add</c>; opens no database.</summary>
internal sealed class SqliteContextDesign : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        StorageSetup.Configure(options, "design.db");
        return new SqliteContext(options.Options);
    }
}
