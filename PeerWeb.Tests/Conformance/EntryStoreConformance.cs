using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>What every store does with a write: conditional, atomic, within the rights, and never silent.</summary>
public abstract partial class EntryStoreConformance : EntrySourceConformance
{
    [Fact]
    public async Task A_changed_entry_has_a_new_etag_and_only_its_new_instances_and_its_old_text_is_kept()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Edit);
        var first = await world.PutAsync(calendar, "e", Text);

        var saved = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, Over(calendar, "e", Changed, first)));
        Assert.NotEqual(first, saved.ETag);
        var shown = Assert.Single((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries);
        Assert.Equal(("Changed", 12), (shown.Title, shown.Start?.Local.Day));
        await using var db = world.NewContext();
        var id = calendar.ToString();
        var key = await db.Collections.Where(row => row.Id == id).Select(row => row.Key).SingleAsync(Cancel);
        Assert.Equal(Text, (await db.Revisions.SingleAsync(row => row.CollectionKey == key, Cancel)).Text);
    }

    [Fact]
    public async Task Edit_and_delete_give_nothing_without_read()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Edit | Rights.Delete);
        var etag = await world.PutAsync(calendar, "e", Text);

        Assert.IsType<SaveOutcome.NotFound>(await SaveAsync(world, Over(calendar, "e", Changed, etag)));
        Assert.IsType<SaveOutcome.NotFound>(await world.Store.DeleteAsync(new EntryRemoval(calendar, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
    }

    [Fact]
    public async Task Add_without_read_adds_and_sees_nothing()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Add);
        await world.PutAsync(calendar, "theirs", Ics.Event("theirs", "Theirs", ":20261110T090000Z", ":20261110T100000Z"));

        Assert.Single(await world.Source.ListCollectionsAsync(Core.Calendars.CalendarApp.AppId, Cancel));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, New(calendar, "e", Text)));
        Assert.Null(await world.Source.ReadAsync(calendar, Uid.Parse("e"), Cancel));
        Assert.Empty((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries);
        Assert.Null(Assert.IsType<SaveOutcome.Stale>(await SaveAsync(world, New(calendar, "theirs", Ics.Event("theirs", "Mine", ":20261110T090000Z", ":20261110T100000Z")))).Current);
        Assert.Empty(Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(calendar, null, 10, Cancel)).Changes);
    }

    [Fact]
    public async Task A_stale_delete_changes_nothing()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Delete);
        var first = await world.PutAsync(calendar, "e", Text);
        var second = await world.PutAsync(calendar, "e", Changed, first);

        var stale = Assert.IsType<SaveOutcome.Stale>(await world.Store.DeleteAsync(new EntryRemoval(calendar, Uid.Parse("e"), first), world.NewDelivery(), Cancel));
        Assert.Equal(second, stale.Current?.ETag);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\\')]
    public async Task An_entry_that_is_too_large_is_invalid_however_its_text_is_spelt_on_its_way(char character)
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Add);
        var text = Ics.Event("e", new string(character, Entry.MaxBytes + 1), ":20261110T090000Z", ":20261110T100000Z");

        Assert.NotEmpty(Assert.IsType<SaveOutcome.Invalid>(await SaveAsync(world, New(calendar, "e", text))).Reason);
        Assert.Empty((await world.Owner.QueryAsync(Ask(calendar), Cancel)).Entries);
    }

    [Fact]
    public async Task Nothing_is_saved_once_the_grant_is_revoked()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.None);
        var grant = await world.GrantAsync(calendar, Rights.Read | Rights.Add);
        await world.RevokeAsync(grant);

        Assert.IsType<SaveOutcome.NotFound>(await SaveAsync(world, New(calendar, "e", Text)));
        Assert.Empty((await world.Owner.QueryAsync(Ask(calendar), Cancel)).Entries);
    }
}
