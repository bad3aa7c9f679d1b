using System.Diagnostics;
using System.Globalization;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;

namespace PeerWeb.Bench.Import;

/// <summary>The import command as a process of its own, on files of ten times the size each: its memory at most, as the system counts it.</summary>
/// <remarks>Linux: the peak is VmHWM of /proc/PID/status. The file of 1 GiB is read with <c>--dry-run</c>, which splits, checks and indexes all and writes nothing.</remarks>
internal sealed class ImportMemoryFigures : IFigures
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly (int Mebibytes, bool IsDryRun)[] Runs = [(10, false), (100, false), (100, true), (1024, true)];

    public string Name => "import-memory";

    public string Description => "Peak memory of the import command on files of up to 1 GiB; takes minutes";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (mebibytes, isDryRun) in Runs)
        {
            var file = run.Folder.PathOf("large.ics");
            var entries = await WriteAsync(file, (long)mebibytes * Mebibyte, run.Seed, cancellationToken);
            await run.SayAsync($"import-memory: {mebibytes} MiB, {entries:N0} entries{(isDryRun ? ", dry run" : string.Empty)}");
            var data = run.Folder.PathOf($"data-{mebibytes}-{isDryRun}");
            await MeasuredCommand.RunAsync(["user", "add", "ada", "--password-stdin", "--data", data], "correct horse battery\n", cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var peak = await MeasuredCommand.RunAsync(["import", file, "--user", "ada", "--data", data, .. isDryRun ? ["--dry-run"] : Array.Empty<string>()], "", cancellationToken);
            figures.Add(new Figure(
                string.Create(CultureInfo.InvariantCulture, $"peak memory, {mebibytes:N0} MiB, {entries:N0} entries, {(isDryRun ? "--dry-run" : "into SQLite")}"),
                string.Create(CultureInfo.InvariantCulture, $"{peak / 1024:N0} MiB in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"),
                string.Empty, "the same for every size", IsMet: null));
            File.Delete(file);
        }
        return figures;
    }

    private static async Task<int> WriteAsync(string file, long octets, int seed, CancellationToken cancellationToken)
    {
        var count = 0;
        // About 1 kB an entry, as the data set has it with its zone.
        var padding = "X-PADDING:" + new string('x', 500);
        await using var writer = new StreamWriter(file);
        foreach (var line in new BenchCalendar(seed, int.MaxValue).FileLines())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEnd = line == "END:VEVENT";
            if (isEnd)
                await writer.WriteLineAsync(padding);
            await writer.WriteLineAsync(line);
            if (isEnd && ++count % 1000 == 0 && writer.BaseStream.Position >= octets)
                break;
        }
        await writer.WriteLineAsync("END:VCALENDAR");
        return count;
    }
}
