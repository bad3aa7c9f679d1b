using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <remarks>This part: writes that come twice, and writers that meet.</remarks>
public abstract partial class EntryStoreConformance
{
    [Fact]
    public async Task A_deletion_that_comes_again_is_answered_as_done_and_spares_what_came_since()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Delete);
        var removal = new EntryRemoval(calendar, Uid.Parse("e"), await world.PutAsync(calendar, "e", Text));
        var delivery = Delivery.Of("test", removal, NewKey());

        Assert.IsType<SaveOutcome.Deleted>(await world.Store.DeleteAsync(removal, delivery, Cancel));
        var since = await world.PutAsync(calendar, "e", Changed);
        Assert.IsType<SaveOutcome.Deleted>(await world.Store.DeleteAsync(removal, delivery, Cancel));
        Assert.Equal(since, (await world.Source.ReadAsync(calendar, Uid.Parse("e"), Cancel))?.ETag);
    }

    [Fact]
    public async Task A_batch_that_comes_again_answers_each_write_as_before_and_what_was_stale_as_it_is_now()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Add);
        var theirs = await world.PutAsync(calendar, "e", Text);
        EntryWrite[] writes =
        [
            New(calendar, "e", Changed), New(calendar, "broken", "nonsense"), New(calendar, "new", Ics.Event("new", "New", ":20261110T090000Z", ":20261110T100000Z")),
        ];
        var delivery = new Delivery("test", NewKey(), new string('1', 64));

        var first = await world.Store.SaveAsync(writes, delivery, Cancel);
        Assert.Equal(theirs, Assert.IsType<SaveOutcome.Stale>(first[0]).Current?.ETag);
        var later = await world.PutAsync(calendar, "e", Changed, theirs);

        var second = await world.Store.SaveAsync(writes, delivery, Cancel);
        Assert.Equal((later, Changed), (Assert.IsType<SaveOutcome.Stale>(second[0]).Current?.ETag, Assert.IsType<SaveOutcome.Stale>(second[0]).Current?.Text));
        Assert.Equal(first.Skip(1), second.Skip(1));
        Assert.Equal(3, await EffectsAsync(world, calendar));
    }

    [Fact]
    public async Task A_key_that_came_before_with_another_write_is_refused_and_nothing_changes()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Add | Rights.Edit | Rights.Delete);
        var write = New(calendar, "e", Text);
        var key = NewKey();
        var etag = Assert.IsType<SaveOutcome.Saved>(Assert.Single(await world.Store.SaveAsync([write], DeliveryOf(write, key), Cancel))).ETag;

        var otherText = write with { Text = Changed };
        var otherCondition = Over(calendar, "e", Text, etag);
        var otherUid = New(calendar, "other", Ics.Event("other", "Other", ":20261110T090000Z", ":20261110T100000Z"));
        foreach (var other in new[] { otherText, otherCondition, otherUid })
            Assert.IsType<SaveOutcome.KeyReused>(Assert.Single(await world.Store.SaveAsync([other], DeliveryOf(other, key), Cancel)));
        var removal = new EntryRemoval(calendar, Uid.Parse("e"), etag);
        Assert.IsType<SaveOutcome.KeyReused>(await world.Store.DeleteAsync(removal, Delivery.Of("test", removal, key), Cancel));
        Assert.Equal(1, await EffectsAsync(world, calendar));
    }

    [Fact]
    public async Task A_repeat_by_somebody_who_no_longer_sees_the_collection_finds_nothing()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.None);
        var grant = await world.GrantAsync(calendar, Rights.Read | Rights.Add);
        var write = New(calendar, "e", Text);
        var delivery = DeliveryOf(write, NewKey());
        Assert.IsType<SaveOutcome.Saved>(Assert.Single(await world.Store.SaveAsync([write], delivery, Cancel)));
        await world.RevokeAsync(grant);

        Assert.IsType<SaveOutcome.NotFound>(Assert.Single(await world.Store.SaveAsync([write], delivery, Cancel)));
    }

    [Fact]
    public async Task Every_write_gives_an_etag_that_was_never_there_before()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Add | Rights.Edit | Rights.Delete);
        var seen = new HashSet<ETag>();
        for (var i = 0; i < 3; i++)
        {
            var added = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, New(calendar, "e", Text))).ETag;
            var same = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, Over(calendar, "e", Text, added))).ETag;
            Assert.True(seen.Add(added) && seen.Add(same));
            Assert.IsType<SaveOutcome.Deleted>(await world.Store.DeleteAsync(new EntryRemoval(calendar, Uid.Parse("e"), same), world.NewDelivery(), Cancel));
        }
    }

    [Fact]
    public async Task Of_writers_who_change_the_same_version_one_wins_and_the_others_see_what_won()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Edit);
        var etag = await world.PutAsync(calendar, "e", Text);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer =>
        {
            var write = Over(calendar, "e", Ics.Event("e", $"Writer {writer}", ":20261110T090000Z", ":20261110T100000Z"), etag);
            var store = writer == 0 ? world.Owner : world.Store;
            return store.SaveAsync([write], DeliveryOf(write, NewKey()), Cancel);
        }));

        var won = Assert.Single(outcomes.SelectMany(outcome => outcome).OfType<SaveOutcome.Saved>());
        var lost = outcomes.SelectMany(outcome => outcome).OfType<SaveOutcome.Stale>().ToList();
        Assert.Equal(3, lost.Count);
        Assert.All(lost, stale => Assert.Equal(won.ETag, stale.Current?.ETag));
    }
}
