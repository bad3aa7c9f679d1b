using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace PeerWeb.Core.Storage;

/// <summary>Where a database is kept.</summary>
public abstract partial record DatabasePlace
{
    private DatabasePlace()
    {
    }

    /// <summary>How long a write waits for another one, before the database counts as busy.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    private int LockTimeoutMilliseconds => (int)LockTimeout.TotalMilliseconds;

    /// <param name="File">Full path; the folder must be there.</param>
    public sealed record Sqlite(string File) : DatabasePlace
    {
        /// <summary>Every connection durable, and patient for as long as is said here.</summary>
        public void Configure(DbContextOptionsBuilder options, Action<SqliteDbContextOptionsBuilder>? sqlite = null)
        {
            var connection = new SqliteConnectionStringBuilder
            {
                DataSource = File,
                // The driver asks again for as long as a command may take (30 s of its own accord), each time with the patience of SQLite itself.
                DefaultTimeout = (int)Math.Ceiling(LockTimeout.TotalSeconds),
            };
            options.UseSqlite(connection.ConnectionString, sqlite).AddInterceptors(new SqliteDurability(LockTimeoutMilliseconds));
        }
    }

    /// <param name="ConnectionString">Of Npgsql, to a database in UTF-8 that is there.</param>
    /// <param name="Schema">Made at the first start; several installations may share a database, each with a schema of its own.</param>
    public sealed record Postgres(string ConnectionString, string Schema) : DatabasePlace
    {
        /// <summary>Statements without a schema's name find that of the installation, and no other.</summary>
        public void Configure(DbContextOptionsBuilder options)
        {
            var connection = new NpgsqlConnectionStringBuilder(ConnectionString)
            {
                SearchPath = Schema,
                // What the server, its database or its role are set to otherwise is not ours to trust.
                Options = $"-c lock_timeout={LockTimeoutMilliseconds} -c synchronous_commit=on -c default_transaction_isolation=read\\ committed",
                MaxAutoPrepare = 50,
                ApplicationName = "PeerWeb",
            };
            options.UseNpgsql(connection.ConnectionString, npgsql => npgsql.MigrationsHistoryTable("__EFMigrationsHistory", Schema));
        }

        /// <summary>Whether a text is a connection string that names a host.</summary>
        public static bool IsConnection(string? text)
        {
            try
            {
                return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
            {
                return false;
            }
        }

        /// <summary>A connection string that may be shown; null where it cannot be read, and so neither be cleaned.</summary>
        public static string? WithoutSecrets(string text)
        {
            if (!IsConnection(text))
                return null;
            var connection = new NpgsqlConnectionStringBuilder(text);
            foreach (var secret in (string[])["Password", "Passfile", "SSL Password", "SSL Key"])
            {
                if (connection.ContainsKey(secret) && !string.IsNullOrEmpty(connection[secret]?.ToString()))
                    connection[secret] = "***";
            }
            return connection.ConnectionString;
        }

        /// <summary>Whether a schema may have this name: 1 to 50 lower-case letters, digits and underscores, the first no digit.</summary>
        public static bool IsSchema(string? name) => name is not null && SchemaName().IsMatch(name);
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,49}\z")]
    private static partial Regex SchemaName();
}
