using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Shell;

public sealed class InstanceUpkeepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_could_not_be_rebuilt_is_tried_again_in_a_minute_and_what_could_is_looked_at_in_an_hour()
    {
        var clock = new WaitingClock();
        await using var database = await TestDatabase.CreateAsync(Cancel, clock);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        await database.StoreOf("ada").SaveAsync(
            [new EntryWrite(calendar, Uid.Parse("e"), Ics.Event("e", "Event", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent())],
            new Delivery("ada", "delivery-1", string.Empty), Cancel);
        await using var db = database.NewContext();
        await db.Database.ExecuteSqlAsync($"CREATE TRIGGER refuse BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'refused'); END", Cancel);
        var rebuild = new InstanceRebuild(
            database.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>(), database.Services.GetRequiredService<AppRegistry>(), new TzdbVersion("9999z"), clock,
            NullLogger<InstanceRebuild>.Instance);
        using var upkeep = new InstanceUpkeep(rebuild, clock, NullLogger<InstanceUpkeep>.Instance);

        await upkeep.StartAsync(Cancel);
        Assert.Equal(TimeSpan.FromMinutes(1), await clock.Waits.ReadAsync(Cancel));
        Assert.False(rebuild.Progress.IsOver);

        await db.Database.ExecuteSqlAsync($"DROP TRIGGER refuse", Cancel);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromHours(1), await clock.Waits.ReadAsync(Cancel));
        Assert.Equal("9999z", (await db.Entries.AsNoTracking().SingleAsync(Cancel)).TzdbVersion);

        // December: the horizon of 22 November is another one.
        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(TimeSpan.FromHours(1), await clock.Waits.ReadAsync(Cancel));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), (await db.Entries.AsNoTracking().SingleAsync(Cancel)).HorizonStart);
        await upkeep.StopAsync(Cancel);
    }

    /// <summary>Stands still until it is moved, and says for what is waited; pauses of less than a second are over at once.</summary>
    private sealed class WaitingClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public ChannelReader<TimeSpan> Waits => _waits.Reader;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.FromSeconds(1))
                return System.CreateTimer(callback, state, TimeSpan.Zero, period);
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
