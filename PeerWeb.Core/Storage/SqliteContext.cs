using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PeerWeb.Core.Storage;

public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : PeerWebContext(options)
{
    public static void Configure(DbContextOptionsBuilder options, DatabasePlace.Sqlite place) =>
        place.Configure(options, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));

    /// <remarks>A deferred transaction: SQLite's snapshot begins with its first read.</remarks>
    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)Database.GetDbConnection();
        var transaction = connection.BeginTransaction(deferred: true);
        return await Database.UseTransactionAsync(transaction, cancellationToken)
            ?? throw new InvalidOperationException("SQLite gave no transaction.");
    }

    /// <remarks>BEGIN IMMEDIATE; waits for the busy timeout.</remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);

    /// <remarks>With its last connection SQLite writes the journal to its place and removes it.</remarks>
    public override void LetGo() => SqliteConnection.ClearPool((SqliteConnection)Database.GetDbConnection());

    internal override RowInsert InsertInto(string table, IReadOnlyList<string> columns) =>
        new SqliteRowInsert((SqliteConnection)Database.GetDbConnection(), table, columns);

    /// <remarks>VACUUM INTO <c>entries-VERSION.db</c> in the same folder, with the mode of the original.</remarks>
    public override async Task CopyBeforeUpgradeAsync(string version, CancellationToken cancellationToken)
    {
        var file = Database.GetDbConnection().DataSource;
        var copy = Path.Combine(Path.GetDirectoryName(file) ?? ".", $"{Path.GetFileNameWithoutExtension(file)}-{version}.db");
        File.Delete(copy);
        await Database.ExecuteSqlAsync($"VACUUM INTO {copy}", cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
    }
}
