using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PeerWeb.Core.Storage.Copies;

/// <summary>A program of PostgreSQL's client package. What it connects with goes by its environment, where no other user can read it, never by its arguments.</summary>
internal static class PostgresTool
{
    private const string DebianPackages = "/usr/lib/postgresql";

    /// <param name="connection">Null where it needs none.</param>
    /// <exception cref="DatabaseCopyException">It is not installed.</exception>
    public static Process Start(string name, DatabasePlace.Postgres? connection, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find(name), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        foreach (var (key, value) in connection is null ? [] : EnvironmentOf(connection))
            start.Environment[key] = value;
        return Process.Start(start) ?? throw new DatabaseCopyException($"{name} did not start.");
    }

    /// <summary>Runs it to its end; cancelling ends it.</summary>
    /// <exception cref="DatabaseCopyException">It is not installed, or it failed: what it said.</exception>
    public static async Task RunAsync(string name, DatabasePlace.Postgres? connection, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(name, connection, arguments);
        process.StandardInput.Close();
        await EndAsync(process, name, process.StandardOutput.ReadToEndAsync(CancellationToken.None), cancellationToken);
    }

    /// <param name="output">Whatever takes its standard output.</param>
    public static async Task EndAsync(Process process, string name, Task output, CancellationToken cancellationToken)
    {
        try
        {
            var said = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await output.WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new DatabaseCopyException($"{name} failed: {(await said).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string Find(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianPackages) ? Directory.GetDirectories(DebianPackages).OrderByDescending(VersionOf).Select(version => Path.Combine(version, "bin")) : [];
        return path.Concat(debian).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new DatabaseCopyException($"{name} is not installed. It comes with PostgreSQL's client programs (Debian: apt-get install postgresql-client).");
    }

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>What libpq reads in place of Npgsql's connection string.</summary>
    private static IEnumerable<(string, string)> EnvironmentOf(DatabasePlace.Postgres place)
    {
        var connection = new NpgsqlConnectionStringBuilder(place.ConnectionString);
        (string, string?)[] all =
        [
            ("PGHOST", connection.Host), ("PGPORT", connection.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", connection.Username), ("PGDATABASE", connection.Database),
            ("PGPASSWORD", connection.Password), ("PGPASSFILE", connection.Passfile), ("PGSSLROOTCERT", connection.RootCertificate),
            ("PGSSLCERT", connection.SslCertificate), ("PGSSLKEY", connection.SslKey), ("PGSSLMODE", SslModeOf(connection.SslMode)), ("PGAPPNAME", "PeerWeb"),
        ];
        return from pair in all where !string.IsNullOrEmpty(pair.Item2) select (pair.Item1, pair.Item2);
    }

    private static string SslModeOf(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => "prefer",
    };
}
