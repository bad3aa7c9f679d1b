using System.Globalization;
using PeerWeb.Bench.Harness;
using PeerWeb.Tests.Faults.Kills;

namespace PeerWeb.Bench.Kills;

/// <summary>The kills of the tests, ten times as many: processes are killed (SIGKILL) while they save, tell of grants and import, and PostgreSQL itself goes down now and then.</summary>
internal sealed class KillFigures : IFigures
{
    private const int Saves = 120;
    private const int Offers = 40;
    private const int Imports = 40;

    public string Name => "kills";

    public string Description => "200 kills on each database: acknowledged writes that were lost or happened twice; takes many minutes";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        await using (var files = KillPlace.Sqlite())
            figures.AddRange(await MeasureAsync("SQLite", files, run, cancellationToken));
        await using (var server = await KillPlace.PostgresAsync())
            figures.AddRange(await MeasureAsync("PostgreSQL", server, run, cancellationToken));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string database, KillPlace place, BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync($"kills: {database}, {Saves} during saves");
        using var saves = new KilledSaves(place, run.Seed);
        var saved = await saves.RunAsync(Saves, cancellationToken);
        await run.SayAsync($"kills: {saved}; {database}, {Offers} during offers");
        var offered = await new KilledOffers(place, run.Seed).RunAsync(Offers, cancellationToken);
        await run.SayAsync($"kills: {offered}; {database}, {Imports} during imports");
        var imported = await new KilledImports(place, run.Seed).RunAsync(Imports, cancellationToken);
        await run.SayAsync($"kills: {imported}; {database} is through");
        return
        [
            FigureOf($"{database}, kills during saves of 4 users of a peer", saved),
            FigureOf($"{database}, kills of the one who tells of grants or of the one who is told", offered),
            FigureOf($"{database}, kills of the import command", imported),
            FigureOf($"{database}, all kills", saved + offered + imported),
        ];
    }

    private static Figure FigureOf(string what, KillTally tally) => new(
        string.Create(CultureInfo.InvariantCulture, $"{what}: {tally.Kills} kills, {tally.Acknowledged:#,0} acknowledged writes"),
        string.Create(CultureInfo.InvariantCulture, $"{tally.Lost} lost, {tally.Doubled} doubled"), string.Empty, "0 lost, 0 doubled", tally is { Lost: 0, Doubled: 0 });
}
