using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.PeerApi.Entries;

/// <summary>What effective rights do not give, no call of the peer API gives.</summary>
public sealed class RightsOverHttpTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_entry_an_expired_grant_a_ceiling_and_a_suspended_link_give_nothing()
    {
        var pair = await hosts.LinkAsync();
        var world = pair.Acme;
        var calendar = await world.CalendarAsync(granted: Rights.All & ~Rights.Private);
        await world.PutAsync(calendar, "open", Ics.Event("open", "Open", ":20261110T090000Z", ":20261110T100000Z"));
        await world.PutAsync(calendar, "hidden", Ics.Event("hidden", "Hidden", ":20261111T090000Z", ":20261111T100000Z", "CLASS:PRIVATE"));

        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));
        Assert.Null(await world.Source.ReadAsync(calendar, Uid.Parse("hidden"), Cancel));

        await ChangeGrantsAsync(world, hosts.AcmeClock.GetUtcNow().AddMinutes(1));
        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));
        hosts.Advance(TimeSpan.FromMinutes(1));
        await AssertNothingAsync(world.Source, calendar);
        await ChangeGrantsAsync(world, expires: null);
        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));

        await using (var db = world.NewContext())
        {
            db.Ceilings.Add(new CeilingRow { PeerId = pair.GlobexAtAcme.Value, App = CalendarApp.AppId.Value, Rights = (int)Rights.None });
            await db.SaveChangesAsync(Cancel);
        }
        await AssertNothingAsync(world.Source, calendar);
        await using (var db = world.NewContext())
            await db.Ceilings.Where(row => row.PeerId == pair.GlobexAtAcme.Value).ExecuteDeleteAsync(Cancel);
        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));

        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });
        var refused = await Assert.ThrowsAsync<PeerRefusedException>(() => world.Source.QueryAsync(LinkedPair.November, Cancel));
        Assert.Equal(PeerProblems.LinkNotActive, refused.Slug);
        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, _) => facts with { SuspendedHere = null });
        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));
    }

    [Theory]
    [InlineData("CLASS:PRIVATE", "CLASS:PUBLIC")]
    [InlineData("CLASS:PUBLIC", "CLASS:PRIVATE")]
    [InlineData("CLASS:PUBLIC", "CLASS:CONFIDENTIAL")]
    public async Task An_exception_is_as_private_as_its_series_and_a_series_as_its_exception(string ofSeries, string ofException)
    {
        var pair = await hosts.LinkAsync();
        var world = pair.Acme;
        var calendar = await world.CalendarAsync(granted: Rights.All & ~Rights.Private);
        await world.PutAsync(calendar, "open", Ics.Event("open", "Open", ":20261110T090000Z", ":20261110T100000Z"));
        var series = Ics.Series("hidden", "Hidden", ":20261110T090000Z", ":20261110T100000Z", "FREQ=DAILY;COUNT=5", ofSeries);
        var whole = Ics.WithOverride(series, "hidden", ":20261112T090000Z", "Moved", ":20261113T110000Z", ":20261113T120000Z");
        var moved = whole.LastIndexOf("SUMMARY:", StringComparison.Ordinal);
        await world.PutAsync(calendar, "hidden", whole.Insert(moved, ofException + "\r\n"));

        Assert.Equal(["open"], await SeenAsync(world.Source, calendar));
        var busy = (await world.Source.QueryAsync(LinkedPair.November, Cancel)).Entries.Where(entry => entry.IsRedacted).ToList();
        Assert.Equal(["10 09", "11 09", "13 09", "13 11", "14 09"], busy.Select(entry => $"{entry.Start?.Local:dd HH}"));
        Assert.All(busy, entry => Assert.Equal(("", "{}", null), (entry.Title, entry.Detail, entry.RecurrenceId)));
        Assert.Empty((await world.Source.QueryAsync(LinkedPair.November with { Text = "moved" }, Cancel)).Entries);
        Assert.Empty((await world.Source.QueryAsync(LinkedPair.November with { Text = "hidden" }, Cancel)).Entries);
        Assert.Null(await world.Source.ReadAsync(calendar, Uid.Parse("hidden"), Cancel));
    }

    private static async Task ChangeGrantsAsync(ConformanceWorld world, DateTimeOffset? expires)
    {
        var at = expires?.ToUnixTimeMilliseconds();
        var owner = world.OwnerName.Value;
        await using var db = world.NewContext();
        Assert.Equal(1, await db.Grants.Where(row => row.Owner == owner).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, at), Cancel));
    }

    private static async Task<IEnumerable<string>> SeenAsync(IEntrySource source, CollectionId calendar)
    {
        Assert.Equal(calendar, Assert.Single(await source.ListCollectionsAsync(CalendarApp.AppId, Cancel)).Id);
        var changes = Assert.IsType<ChangesAnswer.Page>(await source.ChangesAsync(calendar, null, 10, Cancel));
        var seen = (await source.QueryAsync(LinkedPair.November, Cancel)).Entries.Where(entry => !entry.IsRedacted).Select(entry => entry.Uid.Value).ToList();
        Assert.Equal(seen, changes.Changes.Select(change => change.Uid.Value));
        return seen;
    }

    private static async Task AssertNothingAsync(IEntrySource source, CollectionId calendar)
    {
        Assert.Empty(await source.ListCollectionsAsync(CalendarApp.AppId, Cancel));
        var answer = await source.QueryAsync(LinkedPair.November with { Collections = [calendar] }, Cancel);
        Assert.Equal((SliceState.Gone, 0), (Assert.Single(answer.Slices).State, answer.Entries.Count));
        Assert.Null(await source.ReadAsync(calendar, Uid.Parse("open"), Cancel));
        Assert.IsType<ChangesAnswer.NotFound>(await source.ChangesAsync(calendar, null, 10, Cancel));
    }
}
