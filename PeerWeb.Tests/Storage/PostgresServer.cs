using System.Diagnostics;

namespace PeerWeb.Tests.Storage;

/// <summary>A cluster of the distribution's PostgreSQL, on a socket in a directory of its own.</summary>
/// <remarks>Knows no test framework: <c>bench/</c> runs it too.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    /// <summary>The server stays up: what it has is as good as on the disk.</summary>
    private static readonly string[] Careless = ["-c fsync=off", "-c full_page_writes=off"];

    private readonly string _directory;
    private readonly string _options;

    private PostgresServer(string directory, bool isDurable)
    {
        _directory = directory;
        _options = string.Join(
            ' ', ["-c listen_addresses=''", $"-c unix_socket_directories={directory}", "-c max_connections=200", .. isDurable ? Array.Empty<string>() : Careless]);
    }

    /// <summary>Of Npgsql, to a database that is there.</summary>
    public string ConnectionString => $"Host={_directory};Username=peerweb;Database=postgres";

    /// <param name="isDurable">For who ends the server itself.</param>
    public static async Task<PostgresServer> StartNewAsync(bool isDurable)
    {
        var directory = Directory.CreateTempSubdirectory("peerweb-pg-").FullName;
        if (IsRoot)
            await RunAsync("/bin/chown", "postgres", directory);
        var server = new PostgresServer(directory, isDurable);
        await RunAsync(Tool("initdb"), "-D", server.Data, "-U", "peerweb", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() => RunAsync(Tool("pg_ctl"), "start", "-D", Data, "-l", Path.Combine(_directory, "log"), "-o", _options, "-w", "-t", "120");

    /// <summary>Without a word to anyone, as a power cut would: every backend is ended where it is, and the next start recovers from the journal.</summary>
    public Task CrashAsync() => RunAsync(Tool("pg_ctl"), "stop", "-D", Data, "-m", "immediate", "-w");

    /// <summary>Gives a directory to the one who runs the server.</summary>
    public static Task OwnAsync(string directory) => IsRoot ? RunAsync("/bin/chown", "postgres", directory) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await CrashAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_directory, "data");

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
