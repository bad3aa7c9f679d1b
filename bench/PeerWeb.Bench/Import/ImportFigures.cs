using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;

namespace PeerWeb.Bench.Import;

/// <summary>A file of the data set: imported into an empty database with every commit on the disk, beside Ical.Net reading the same file and doing nothing with it.</summary>
internal sealed class ImportFigures : IFigures
{
    /// <summary>Until the runtime has compiled for good what an import runs: it is much more code than the parser alone, and one round is not enough for it.</summary>
    private const int WarmUps = 4;
    private const int Rounds = 5;

    /// <summary>The share of the bare parser's speed that an import has to reach, as a factor of its time.</summary>
    private const double Most = 1 / 0.6;

    private static readonly UserName Ada = UserName.Parse("ada");

    public string Name => "import";

    public string Description => "A file of 10,000 events into SQLite, beside bare parsing";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var calendar = new BenchCalendar(run.Seed);
        var file = run.Folder.PathOf("calendar.ics");
        await File.WriteAllLinesAsync(file, calendar.FileLines(), cancellationToken);
        await run.SayAsync($"import: {calendar.Entries:N0} entries, {new FileInfo(file).Length / 1024.0 / 1024:N1} MiB");
        var number = 0;
        var samples = await Contest.RunAsync(
            [
                new Contender("Ical.Net, one thread", _ => Task.Run(() => Parse(file), CancellationToken.None)),
                new Contender("import", token => ImportAsync(run.Folder.PathOf($"entries-{number++}.db"), file, calendar.Entries, token)),
                new Contender("split", token => SplitAsync(file, calendar.Entries, token)),
            ],
            WarmUps, Rounds, cancellationToken);
        return
        [
            Figure.OfRatio("import of 10,000 entries, instances of 24 months, synchronous=FULL", samples[1], samples[0], Most),
            new Figure("of it splitting the file into entries", samples[2].ToString(), string.Empty, string.Empty, IsMet: null),
        ];
    }

    private static void Parse(string file)
    {
        using var stream = File.OpenRead(file);
        if (Ical.Net.Calendar.Load(stream)?.Events.Count is not > 0)
            throw new InvalidOperationException("The bare parser found nothing.");
    }

    private static async Task ImportAsync(string databaseFile, string file, int expected, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.CreateAsync(databaseFile, cancellationToken);
        var id = await database.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Bench", color: null, cancellationToken);
        await using var stream = File.OpenRead(file);
        var added = 0;
        await foreach (var result in EntryImport.RunAsync(
            database.StoreOf(Ada), new CalendarApp(), id, Ada.Value, stream, ImportPace.Database, cancellationToken))
            added += result.Outcome == ImportOutcome.Added ? 1 : 0;
        if (added != expected)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{added} of {expected} entries were imported."));
    }

    private static async Task SplitAsync(string file, int expected, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var count = 0;
        await foreach (var entry in new CalendarApp().SplitAsync(stream, cancellationToken))
            count += entry is FileEntry.Readable ? 1 : 0;
        if (count != expected)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{count} of {expected} entries were read."));
    }
}
