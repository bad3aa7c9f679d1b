using System.Globalization;
using Npgsql;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Bench.Lists;

/// <summary>Pages of a long list by title, and searches in it as they are typed, through the guard.</summary>
internal sealed class ListFigures : IFigures
{
    private const int Few = 10_000;
    private const int Many = 50_000;
    private const int PageSize = 100;
    private const int Rounds = 40;
    private const int WarmUps = 15;

    private static readonly UserName Ada = UserName.Parse("ada");

    public string Name => "lists";

    public string Description => "Pages and searches of lists of 10,000 and 50,000 entries";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        figures.AddRange(await InFileAsync(run, new BenchNames(run.Seed, Few), "SQLite, 10,000", TimeSpan.FromMilliseconds(10), cancellationToken));
        figures.AddRange(await InFileAsync(run, new BenchNames(run.Seed, Many), "SQLite, 50,000", TimeSpan.FromMilliseconds(100), cancellationToken));
        figures.AddRange(await InFileAsync(run, new BenchNames(run.Seed, Few, hasPhoto: true), "SQLite, 10,000 with 30 kB each", TimeSpan.FromMilliseconds(10), cancellationToken));
        await using var server = await PostgresServer.StartNewAsync(isDurable: true);
        await using var database = await BenchDatabase.CreateAsync(new DatabasePlace.Postgres(server.ConnectionString, "lists"), cancellationToken);
        var names = new BenchNames(run.Seed, Few);
        await run.SayAsync("lists: PostgreSQL, saving");
        var id = await BenchDatabase.FillAsync(database.Services, Ada, names.Texts(), cancellationToken);
        figures.AddRange(await AskAsync(run, database, id, names, "PostgreSQL, 10,000 just imported", most: null, cancellationToken));
        await AnalyzeAsync(server, cancellationToken);
        figures.AddRange(await AskAsync(run, database, id, names, "PostgreSQL, 10,000", TimeSpan.FromMilliseconds(10), cancellationToken));
        return figures;
    }

    /// <summary>What the server does by itself within a minute of an import: without statistics it sorts a whole collection for its first page.</summary>
    private static async Task AnalyzeAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("ANALYZE", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> InFileAsync(BenchRun run, BenchNames names, string title, TimeSpan most, CancellationToken cancellationToken)
    {
        var file = run.Folder.PathOf($"{title.Replace(' ', '-')}.db");
        await using var database = await BenchDatabase.CreateAsync(file, cancellationToken);
        await run.SayAsync($"lists: {title}, saving");
        var id = await BenchDatabase.FillAsync(database.Services, Ada, names.Texts(), cancellationToken);
        return await AskAsync(run, database, id, names, title, most, cancellationToken);
    }

    /// <param name="most">A search; null where none is owed.</param>
    private static async Task<IReadOnlyList<Figure>> AskAsync(
        BenchRun run, BenchDatabase database, CollectionId id, BenchNames names, string title, TimeSpan? most, CancellationToken cancellationToken)
    {
        await run.SayAsync($"lists: {title}, asking");
        var (store, list) = (database.StoreOf(Ada), new EntryQuery { App = CalendarApp.AppId, Collections = [id], Sort = EntrySort.Title, Limit = PageSize });
        var far = Math.Min(300, names.Entries / PageSize * 6 / 10);
        var cursor = await CursorAsync(store, list, far * PageSize, cancellationToken);
        return
        [
            await AskAsync(database, $"lists: {title}, first page of 100", list, TimeSpan.FromMilliseconds(300), cancellationToken),
            await AskAsync(database, string.Create(CultureInfo.InvariantCulture, $"lists: {title}, page {far}"), list with { Cursor = cursor }, TimeSpan.FromMilliseconds(300), cancellationToken),
            await AskAsync(database, $"lists: {title}, search of one letter", list with { Text = "m" }, most, cancellationToken),
            await AskAsync(database, $"lists: {title}, two letters", list with { Text = "me" }, most, cancellationToken),
            await AskAsync(database, $"lists: {title}, three letters", list with { Text = "mei" }, most, cancellationToken),
            await AskAsync(database, $"lists: {title}, a word that occurs once", list with { Text = BenchNames.Once }, most, cancellationToken),
        ];
    }

    private static async Task<Figure> AskAsync(BenchDatabase database, string what, EntryQuery query, TimeSpan? most, CancellationToken cancellationToken)
    {
        var store = database.StoreOf(Ada);
        var expected = (await store.QueryAsync(query, cancellationToken)).Entries.Count;
        var mine = new Contender("list", stopping => store.QueryAsync(query, stopping));
        if (database.File.Length == 0)
            return Figure.OfMedian($"{what}: {expected}", (await Contest.RunAsync([mine], WarmUps, Rounds, cancellationToken))[0], baseLine: null, most);
        using var raw = new RawList(database.File, query.Cursor is { } cursor ? (cursor.SortKey, cursor.Uid.Value) : null, query.Text, PageSize);
        if (Math.Min(raw.Read(), PageSize) != expected)
            throw new InvalidOperationException("The two do not read the same.");
        var samples = await Contest.RunAsync([mine, new Contender("prepared read", _ => Task.FromResult(raw.Read()))], WarmUps, Rounds, cancellationToken);
        return Figure.OfMedian($"{what}: {expected}", samples[0], samples[1], most);
    }

    /// <summary>Where the page after so many entries begins.</summary>
    private static async Task<QueryCursor> CursorAsync(GuardedEntryStore store, EntryQuery list, int entries, CancellationToken cancellationToken)
    {
        QueryCursor? cursor = null;
        for (var left = entries; left > 0; left -= EntryQuery.MaxLimit)
            cursor = (await store.QueryAsync(list with { Cursor = cursor, Limit = Math.Min(left, EntryQuery.MaxLimit) }, cancellationToken)).Next;
        return cursor ?? throw new InvalidOperationException("The list is too short.");
    }
}
