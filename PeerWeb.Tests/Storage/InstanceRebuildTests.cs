using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Storage;

public sealed class InstanceRebuildTests
{
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly TzdbVersion Newer = new("9999z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_new_time_zone_database_all_is_rebuilt_and_nobody_wrote()
    {
        await using var world = await World.CreateAsync(entries: 90);
        var before = await world.FingerprintAsync();
        var rebuild = world.Rebuild(Newer);
        Assert.Equal(90, (await rebuild.FindAsync(Cancel)).Sum(work => work.Count));

        await rebuild.RunAsync(Cancel);

        Assert.Equal(new RebuildProgress(90, 90, 0), rebuild.Progress);
        Assert.Empty(await rebuild.FindAsync(Cancel));
        Assert.Equal(before, await world.FingerprintAsync());
        await using var db = world.Database.NewContext();
        Assert.Equal(["9999z"], await db.Entries.Select(row => row.TzdbVersion).Distinct().ToListAsync(Cancel));
        Assert.Equal(await world.AnswerAsync(TzdbVersion.Loaded), await world.AnswerAsync(Newer));
    }

    [Fact]
    public async Task Until_then_the_text_answers_and_a_wrong_table_does_not()
    {
        await using var world = await World.CreateAsync(entries: 10);
        var right = await world.AnswerAsync(TzdbVersion.Loaded);
        await using var db = world.Database.NewContext();
        // As if the old database had had other rules.
        await db.Database.ExecuteSqlAsync($"UPDATE instances SET Start = Start + 3600, End = End + 3600", Cancel);

        Assert.NotEqual(right, await world.AnswerAsync(TzdbVersion.Loaded));
        Assert.Equal(right, await world.AnswerAsync(Newer));
        var first = (await world.Store(Newer).QueryAsync(new EntryQuery { App = CalendarApp.AppId, Limit = 1 }, Cancel)).Entries[0];
        Assert.Equal(right[0].Start, first.Start);
    }

    [Fact]
    public async Task A_slice_is_sent_again_where_another_time_zone_database_may_have_moved_it()
    {
        await using var world = await World.CreateAsync(entries: 1);
        var slice = Assert.Single((await world.Store(TzdbVersion.Loaded).QueryAsync(world.Month, Cancel)).Slices);
        var known = world.Month with { KnownTokens = new Dictionary<CollectionId, SyncToken> { [slice.Collection] = slice.Token!.Value } };

        Assert.Equal(SliceState.Unchanged, (await world.Store(TzdbVersion.Loaded).QueryAsync(known, Cancel)).Slices[0].State);
        Assert.Equal(SliceState.Current, (await world.Store(Newer).QueryAsync(known, Cancel)).Slices[0].State);
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_goes_on_where_it_was_at_the_next_start()
    {
        await using var world = await World.CreateAsync(entries: 100);
        var first = world.Rebuild(Newer);
        Assert.Equal(40, (await first.StepAsync(Assert.Single(await first.FindAsync(Cancel)), Cancel))?.Entries);
        var right = await world.AnswerAsync(TzdbVersion.Loaded);
        Assert.Equal(right, await world.AnswerAsync(Newer));

        var second = world.Rebuild(Newer);
        await second.RunAsync(Cancel);
        Assert.Equal(new RebuildProgress(60, 60, 0), second.Progress);
        Assert.Equal(right, await world.AnswerAsync(Newer));
    }

    [Fact]
    public async Task What_is_saved_meanwhile_wins()
    {
        await using var world = await World.CreateAsync(entries: 3);
        var moved = Ics.Event("e000", "Moved", ";TZID=Europe/Zurich:20261112T170000", ";TZID=Europe/Zurich:20261112T180000");
        var removed = await world.ETagAsync("e001");
        // Between reading the texts and taking the write lock.
        await using var contexts = new MeanwhileFactory(world.Database, async () =>
        {
            await world.SaveAsync("e000", moved, await world.ETagAsync("e000"));
            await world.Database.StoreOf("ada").DeleteAsync(new EntryRemoval(world.Calendar, Uid.Parse("e001"), removed), World.NewDelivery(), Cancel);
        });
        var rebuild = world.Rebuild(Newer, contexts);
        var work = Assert.Single(await rebuild.FindAsync(Cancel));
        contexts.Arm();

        await rebuild.StepAsync(work, Cancel);

        var shown = (await world.Store(Newer).QueryAsync(world.Month, Cancel)).Entries;
        Assert.Contains(shown, entry => entry.Title == "Moved" && entry.Start?.Local == new LocalDateTime(2026, 11, 12, 17, 0));
        Assert.DoesNotContain(shown, entry => entry.Uid.Value is "e001" || (entry.Uid.Value == "e000" && entry.Title != "Moved"));
        await rebuild.RunAsync(Cancel);
        Assert.Empty(await rebuild.FindAsync(Cancel));
        Assert.Equal(shown, (await world.Store(Newer).QueryAsync(world.Month, Cancel)).Entries);
    }

    [Fact]
    public async Task With_a_new_month_the_horizon_moves_and_answers_stay_as_they_were()
    {
        await using var world = await World.CreateAsync(entries: 20);
        // May 2028 begins where the horizon of November 2026 ends.
        var may = world.Month with { Range = new TimeRange(Instant.FromUtc(2028, 5, 1, 0, 0), Instant.FromUtc(2028, 6, 1, 0, 0)) };
        var onDemand = (await world.Store(TzdbVersion.Loaded).QueryAsync(may, Cancel)).Entries;
        Assert.NotEmpty(onDemand);
        await using var db = world.Database.NewContext();
        Assert.False(await db.Instances.AnyAsync(row => row.Start > may.Range.Value.Start.ToUnixTimeSeconds() + 86_400, Cancel));

        world.Clock.Advance(TimeSpan.FromDays(10));
        var rebuild = world.Rebuild(TzdbVersion.Loaded);
        await rebuild.RunAsync(Cancel);

        Assert.Equal(20, rebuild.Progress.Done);
        Assert.True(await db.Instances.AnyAsync(row => row.Start > may.Range.Value.Start.ToUnixTimeSeconds() + 86_400, Cancel));
        Assert.Equal(onDemand, (await world.Store(TzdbVersion.Loaded).QueryAsync(may, Cancel)).Entries);
    }

    [Fact]
    public async Task A_text_that_is_not_taken_any_more_keeps_its_instances_and_holds_up_nothing()
    {
        await using var world = await World.CreateAsync(entries: 2);
        await using var db = world.Database.NewContext();
        await db.Database.ExecuteSqlAsync($"UPDATE entries SET Text = 'nothing' WHERE Uid = 'e000'", Cancel);

        var broken = await world.Store(Newer).QueryAsync(world.Month, Cancel);
        Assert.Equal(1, broken.UnreadableCount);
        Assert.All(broken.Entries, entry => Assert.Equal("e001", entry.Uid.Value));
        Assert.NotEmpty(broken.Entries);

        var rebuild = world.Rebuild(Newer);
        await rebuild.RunAsync(Cancel);
        Assert.Equal(new RebuildProgress(2, 2, 1), rebuild.Progress);
        Assert.Contains((await world.Store(Newer).QueryAsync(world.Month, Cancel)).Entries, entry => entry.Uid.Value == "e000");
    }

    [Fact]
    public async Task A_text_that_is_not_taken_any_more_and_has_no_instances_stays_counted_and_is_not_tried_for_ever()
    {
        await using var world = await World.CreateAsync(entries: 2);
        await using var db = world.Database.NewContext();
        await db.Database.ExecuteSqlAsync($"UPDATE entries SET Text = 'nothing' WHERE Uid = 'e000'", Cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM instances", Cancel);

        var rebuild = world.Rebuild(Newer);
        await rebuild.RunAsync(Cancel);

        Assert.Equal(new RebuildProgress(2, 2, 1), rebuild.Progress);
        Assert.Equal(1, (await world.Store(Newer).QueryAsync(world.Month, Cancel)).UnreadableCount);
        Assert.Empty(await rebuild.FindAsync(Cancel));
    }

    [Fact]
    public async Task A_collection_that_cannot_be_written_holds_up_no_other_and_is_tried_again()
    {
        await using var world = await World.CreateAsync(entries: 2);
        var other = await world.Database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Home", null, Cancel);
        await world.Database.StoreOf("ada").SaveAsync(
            [new EntryWrite(other, Uid.Parse("h"), Ics.Event("h", "Home", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent())], World.NewDelivery(), Cancel);
        await using var db = world.Database.NewContext();
        await db.Database.ExecuteSqlAsync($"CREATE TRIGGER refuse BEFORE UPDATE ON entries WHEN OLD.Uid <> 'h' BEGIN SELECT RAISE(ABORT, 'refused'); END", Cancel);
        var rebuild = world.Rebuild(Newer);

        Assert.False(await rebuild.RunAsync(Cancel));
        Assert.Equal(new RebuildProgress(3, 1, 0), rebuild.Progress);
        Assert.Equal("h", (await db.Entries.SingleAsync(row => row.TzdbVersion == "9999z", Cancel)).Uid);

        await db.Database.ExecuteSqlAsync($"DROP TRIGGER refuse", Cancel);
        Assert.True(await rebuild.RunAsync(Cancel));
        Assert.Empty(await rebuild.FindAsync(Cancel));
    }

    /// <summary>A calendar with singles and series in Zurich, and stores over it as processes with other time zone databases would have them.</summary>
    private sealed class World(TestDatabase database, PatientClock clock, CollectionId calendar) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public PatientClock Clock => clock;

        public CollectionId Calendar => calendar;

        public EntryQuery Month { get; } = new()
        {
            App = CalendarApp.AppId,
            Collections = [calendar],
            Range = new TimeRange(Instant.FromUtc(2026, 11, 1, 0, 0), Instant.FromUtc(2026, 12, 1, 0, 0)),
            Zone = "Europe/Zurich",
        };

        public static async Task<World> CreateAsync(int entries)
        {
            var clock = new PatientClock();
            var database = await TestDatabase.CreateAsync(Cancel, clock);
            var world = new World(database, clock, await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel));
            for (var i = 0; i < entries; i++)
            {
                var (day, uid) = (1 + (i % 28), $"e{i:D3}");
                await world.SaveAsync(uid, Ics.Event(
                    uid, $"Event {i}", $";TZID=Europe/Zurich:202611{day:D2}T090000", $";TZID=Europe/Zurich:202611{day:D2}T100000", i % 2 == 0 ? ["RRULE:FREQ=WEEKLY"] : []));
            }
            return world;
        }

        public static Delivery NewDelivery() => new("ada", Guid.NewGuid().ToString("N"), new string('0', 64));

        public async Task SaveAsync(string uid, string text, ETag? replaces = null)
        {
            Precondition precondition = replaces is { } etag ? new Precondition.Match(etag) : new Precondition.Absent();
            Assert.IsType<SaveOutcome.Saved>(Assert.Single(
                await database.StoreOf("ada").SaveAsync([new EntryWrite(calendar, Uid.Parse(uid), text, precondition)], NewDelivery(), Cancel)));
        }

        public async Task<ETag> ETagAsync(string uid) => (await database.StoreOf("ada").ReadAsync(calendar, Uid.Parse(uid), Cancel))!.ETag;

        public InstanceRebuild Rebuild(TzdbVersion tzdb, IDbContextFactory<PeerWebContext>? contexts = null) => new(
            contexts ?? database.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>(), database.Services.GetRequiredService<AppRegistry>(), tzdb, clock,
            NullLogger<InstanceRebuild>.Instance);

        public GuardedEntryStore Store(TzdbVersion tzdb) => new(
            ActivatorUtilities.CreateInstance<SqlEntryStore>(database.Services, tzdb), new Actor.Local(Ada, Groups: []), clock);

        public async Task<IReadOnlyList<EntrySummary>> AnswerAsync(TzdbVersion tzdb) => (await Store(tzdb).QueryAsync(Month, Cancel)).Entries;

        /// <summary>What a rebuild leaves alone.</summary>
        public async Task<string> FingerprintAsync()
        {
            await using var db = database.NewContext();
            var entries = await db.Entries.OrderBy(row => row.Key).Select(row => $"{row.Uid} {row.Epoch}.{row.Sequence} {row.ModifiedAt} {row.IsPrivate} {row.Text}").ToListAsync(Cancel);
            var collection = await db.Collections.SingleAsync(Cancel);
            return string.Join('\n', [.. entries, $"{collection.Sequence} {await db.Changes.CountAsync(Cancel)} {await db.Revisions.CountAsync(Cancel)}"]);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }

    /// <summary>Lets somebody else write once, after the next context has read and before it takes the write lock.</summary>
    private sealed class MeanwhileFactory(TestDatabase database, Func<Task> write) : IDbContextFactory<PeerWebContext>, IAsyncDisposable
    {
        private bool _isArmed;

        public void Arm() => _isArmed = true;

        public PeerWebContext CreateDbContext()
        {
            if (!_isArmed)
                return database.NewContext();
            _isArmed = false;
            var options = new DbContextOptionsBuilder<SqliteContext>();
            SqliteContext.Configure(options, new DatabasePlace.Sqlite(database.File));
            options.AddInterceptors(new BeforeTheLock(write));
            return new SqliteContext(options.Options);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class BeforeTheLock(Func<Task> write) : Microsoft.EntityFrameworkCore.Diagnostics.DbTransactionInterceptor
    {
        public override async ValueTask<Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<System.Data.Common.DbTransaction>> TransactionStartingAsync(
            System.Data.Common.DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.TransactionStartingEventData eventData,
            Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<System.Data.Common.DbTransaction> result, CancellationToken cancellationToken = default)
        {
            await write();
            return result;
        }
    }
}
