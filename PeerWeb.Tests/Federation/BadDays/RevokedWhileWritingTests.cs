using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>Sam writes without a pause while Ada takes back what she gave him.</summary>
public sealed class RevokedWhileWritingTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private const int Writers = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grant_revoked_during_a_stream_of_edits_lets_nothing_through_from_its_commit_on()
    {
        var pair = await hosts.LinkAsync();
        var world = pair.Acme;
        var calendar = await world.CalendarAsync(granted: Rights.None);
        var grant = await world.GrantAsync(calendar, Rights.Read | Rights.Add | Rights.Edit);
        var isRevoked = false;
        using var underWay = new SemaphoreSlim(0);

        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), Cancel)).ToList();
        for (var i = 0; i < 6 * Writers; i++)
            await underWay.WaitAsync(Cancel);
        await world.RevokeAsync(grant);
        Volatile.Write(ref isRevoked, true);
        var atRevoke = await EffectsAsync(world, calendar);
        var late = await Task.WhenAll(writers);

        Assert.All(late.SelectMany(outcomes => outcomes), outcome => Assert.IsType<SaveOutcome.NotFound>(outcome));
        Assert.Equal(atRevoke, await EffectsAsync(world, calendar));
        Assert.InRange(atRevoke, 6 * Writers, int.MaxValue);

        // What each write came to that was begun after the revoke was through.
        async Task<List<SaveOutcome>> WriteAsync(int writer)
        {
            var after = new List<SaveOutcome>();
            Precondition precondition = new Precondition.Absent();
            for (var i = 0; after.Count < 5; i++)
            {
                var isAfter = Volatile.Read(ref isRevoked);
                var uid = $"writer-{writer}";
                var write = new EntryWrite(calendar, Uid.Parse(uid), Ics.Event(uid, $"Version {i}", ":20261110T090000Z", ":20261110T100000Z"), precondition);
                var outcome = Assert.Single(await world.Store.SaveAsync([write], world.NewDelivery(), Cancel));
                if (outcome is SaveOutcome.Saved { ETag: var etag })
                    precondition = new Precondition.Match(etag);
                if (isAfter)
                    after.Add(outcome);
                else
                    underWay.Release();
            }
            return after;
        }
    }

    private static async Task<int> EffectsAsync(ConformanceWorld world, CollectionId calendar)
    {
        var id = calendar.ToString();
        await using var db = world.NewContext();
        return await db.Changes.CountAsync(change => db.Collections.Any(row => row.Id == id && row.Key == change.CollectionKey), Cancel);
    }
}
