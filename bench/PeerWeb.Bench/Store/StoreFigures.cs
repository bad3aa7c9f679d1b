using System.Text;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Store;

/// <summary>The entry database of one installation, asked as callers ask it: through the guard.</summary>
internal sealed class StoreFigures : IFigures
{
    public string Name => "store";

    public string Description => "Month queries on the entry database";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var calendar = new BenchCalendar(run.Seed);
        var ada = UserName.Parse("ada");
        await run.SayAsync($"store: saving {calendar.Entries:N0} entries");
        await using var database = await BenchDatabase.CreateAsync(run.Folder.PathOf("entries.db"), cancellationToken);
        var id = await database.FillAsync(ada, calendar, cancellationToken);
        return [await DataSetAsync(calendar, database, id, ada, cancellationToken)];
    }

    /// <summary>What a month of the data set holds, so that the other figures can be read.</summary>
    private static async Task<Figure> DataSetAsync(BenchCalendar calendar, BenchDatabase database, CollectionId id, UserName user, CancellationToken cancellationToken)
    {
        var store = database.StoreOf(user);
        var uids = new HashSet<Uid>();
        var instances = 0;
        for (QueryCursor? cursor = null; ;)
        {
            var page = await store.QueryAsync(
                new EntryQuery { App = CalendarApp.AppId, Collections = [id], Range = BenchCalendar.Month, Zone = BenchCalendar.ZoneId, Cursor = cursor }, cancellationToken);
            uids.UnionWith(page.Entries.Select(entry => entry.Uid));
            instances += page.Entries.Count;
            if ((cursor = page.Next) is null)
                break;
        }
        var bytes = calendar.Texts().Average(entry => Encoding.UTF8.GetByteCount(entry.Text));
        return new Figure(
            $"data set: {Figure.Count(calendar.Entries)} entries of {Figure.Count(bytes)} octets",
            $"{Figure.Count(uids.Count)} entries, {Figure.Count(instances)} instances in a month", string.Empty, "about 2,000 and 6,300", IsMet: null);
    }
}
