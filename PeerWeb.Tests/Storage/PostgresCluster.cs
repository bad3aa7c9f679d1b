using System.Diagnostics;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace PeerWeb.Tests.Storage;

/// <summary>A cluster of the distribution's PostgreSQL for the tests alone, on a socket in its own directory; started where a test first asks for it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    private readonly Lazy<Task<string>> _directory = new(StartAsync);
    private int _schemas;

    /// <summary>A schema that nobody else uses; not made yet.</summary>
    public async Task<DatabasePlace.Postgres> NewSchemaAsync()
    {
        var directory = await _directory.Value;
        return new DatabasePlace.Postgres($"Host={directory};Username=peerweb;Database=postgres", $"test_{Interlocked.Increment(ref _schemas)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_directory.IsValueCreated)
            return;
        var directory = await _directory.Value;
        Npgsql.NpgsqlConnection.ClearAllPools();
        await RunAsync(Tool("pg_ctl"), "stop", "-D", Path.Combine(directory, "data"), "-m", "immediate", "-w");
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<string> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("peerweb-pg-").FullName;
        if (IsRoot)
            await RunAsync("/bin/chown", "postgres", directory);
        var data = Path.Combine(directory, "data");
        await RunAsync(Tool("initdb"), "-D", data, "-U", "peerweb", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        // The tests end processes of ours, never the server: what it has is as good as on the disk.
        var options = $"-c listen_addresses='' -c unix_socket_directories={directory} -c fsync=off -c full_page_writes=off -c max_connections=200";
        await RunAsync(Tool("pg_ctl"), "start", "-D", data, "-l", Path.Combine(directory, "log"), "-o", options, "-w", "-t", "60");
        return directory;
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    private static string Tool(string name)
    {
        string[] versions = Directory.Exists(Packages) ? Directory.GetDirectories(Packages) : [];
        return versions.OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("PostgreSQL is not installed. As root: apt-get install postgresql; test.sh does it.");
    }

    private static async Task RunAsync(string tool, params string[] arguments)
    {
        var asPostgres = IsRoot && tool.StartsWith(Packages, StringComparison.Ordinal);
        var start = new ProcessStartInfo(asPostgres ? "/sbin/runuser" : tool, asPostgres ? ["-u", "postgres", "--", tool, .. arguments] : arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start.");
        // The server keeps none of the two open: what it says goes to its log.
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Concat(said)}");
    }
}
