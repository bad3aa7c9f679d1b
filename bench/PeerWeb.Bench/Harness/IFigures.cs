namespace PeerWeb.Bench.Harness;

/// <summary>Figures that are measured together, beside their base lines: one subcommand.</summary>
internal interface IFigures
{
    /// <summary>The subcommand.</summary>
    string Name { get; }

    string Description { get; }

    Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken);
}

/// <param name="Folder">For databases and files; gone after the run.</param>
/// <param name="Log">What is going on, for whoever waits; the figures themselves are returned.</param>
internal sealed record BenchRun(int Seed, BenchFolder Folder, TextWriter Log)
{
    public Task SayAsync(string line) => Log.WriteLineAsync(line);
}

/// <summary>A folder on the disk, not in memory, so that a commit costs what it costs.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peerweb-bench-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
