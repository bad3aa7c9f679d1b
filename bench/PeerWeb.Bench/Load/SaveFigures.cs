using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Bench.Load;

/// <summary>Saves that are on the disk when they are answered: at the store, in both databases, and as signed PUT of a peer.</summary>
internal sealed class SaveFigures : IFigures
{
    private const int Many = 8;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    public string Name => "saves";

    public string Description => "Durable saves of an event of 1 kB, at the store and over the signed peer API";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync("saves: what the disk does");
        var disk = await DiskAsync(run.Folder.PathOf("disk"), cancellationToken);
        var figures = new List<Figure>();
        await run.SayAsync("saves: SQLite");
        await using (var database = await BenchDatabase.CreateAsync(run.Folder.PathOf("saves.db"), cancellationToken))
            figures.AddRange(await AtStoreAsync("SQLite", database, run.Seed, disk, TimeSpan.FromMilliseconds(1.7), 1000, cancellationToken));
        await run.SayAsync("saves: PostgreSQL");
        await using (var server = await PostgresServer.StartNewAsync(isDurable: true))
        await using (var database = await BenchDatabase.CreateAsync(new DatabasePlace.Postgres(server.ConnectionString, "saves"), cancellationToken))
            figures.AddRange(await AtStoreAsync("PostgreSQL", database, run.Seed, disk, null, null, cancellationToken));
        await run.SayAsync("saves: signed PUT");
        figures.Add(await SignedAsync(run, disk, cancellationToken));
        return figures;
    }

    /// <summary>The base line: as much as a small commit writes, and until the disk says that it has it.</summary>
    private static async Task<LoopResult> DiskAsync(string path, CancellationToken cancellationToken)
    {
        var page = new byte[4096];
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        return await ClosedLoop.RunAsync(1, TimeSpan.FromSeconds(3), (_, _) =>
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }, cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> AtStoreAsync(
        string name, BenchDatabase database, int seed, LoopResult disk, TimeSpan? most, int? least, CancellationToken cancellationToken)
    {
        var id = await database.FillAsync(Ada, new BenchCalendar(seed, entries: 0), cancellationToken);
        var (store, events) = (database.StoreOf(Ada), new SingleEvents(seed));
        var one = await ClosedLoop.RunAsync(1, Length, (_, stopping) => events.SaveAsync(store, id, Ada.Value, stopping), cancellationToken);
        var many = await ClosedLoop.RunAsync(Many, Length, (_, stopping) => events.SaveAsync(store, id, Ada.Value, stopping), cancellationToken);
        return
        [
            new Figure(
                $"saves: {name}, 1 client", one.ToString(), $"4 KiB and fsync: {disk}", most is { } time ? $"median at most {Samples.Show(time)}" : string.Empty, most is null ? null : one.Median <= most),
            new Figure($"saves: {name}, {Many} clients", many.ToString(), string.Empty, least is { } rate ? $"{Figure.Count(rate)} a second" : string.Empty, least is null ? null : many.PerSecond >= least),
        ];
    }

    private static async Task<Figure> SignedAsync(BenchRun run, LoopResult disk, CancellationToken cancellationToken)
    {
        const int Least = 400;
        await using var acme = await BenchHost.StartAsync("acme", run.Folder, cancellationToken);
        await using var globex = await BenchHost.StartAsync("globex", run.Folder, cancellationToken);
        var id = await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Bench", color: null, cancellationToken);
        var peer = (await globex.LinkAsync(acme, Ada, Sam, cancellationToken, Rights.Read | Rights.Add)).StoreFor(Sam);
        var events = new SingleEvents(run.Seed);
        var puts = await ClosedLoop.RunAsync(Many, Length, (_, stopping) => events.SaveAsync(peer, id, Sam.Value, stopping), cancellationToken);
        return new Figure($"saves: signed PUT, {Many} clients, both installations on this machine", puts.ToString(), $"4 KiB and fsync: {disk}", $"{Least} a second", puts.PerSecond >= Least);
    }
}
