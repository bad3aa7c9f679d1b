using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <remarks>This part: writes.</remarks>
public abstract partial class AppConformance
{
    protected string Text => Samples.Of("e", "Event");

    protected string Changed => Samples.Of("e", "Changed", 12);

    protected static EntryWrite New(CollectionId collection, string uid, string text) => new(collection, Uid.Parse(uid), text, new Precondition.Absent());

    protected static EntryWrite Over(CollectionId collection, string uid, string text, ETag etag) => new(collection, Uid.Parse(uid), text, new Precondition.Match(etag));

    protected static async Task<SaveOutcome> SaveAsync(ConformanceWorld world, EntryWrite write) =>
        Assert.Single(await world.Store.SaveAsync([write], world.NewDelivery(), Cancel));

    protected static Delivery DeliveryOf(EntryWrite write, string key) => Delivery.Of("test", write, key);

    protected static string NewKey() => Guid.NewGuid().ToString("N");

    protected static async Task<int> EffectsAsync(ConformanceWorld world, CollectionId collection)
    {
        var id = collection.ToString();
        await using var db = world.NewContext();
        return await db.Changes.CountAsync(change => db.Collections.Any(row => row.Id == id && row.Key == change.CollectionKey), Cancel);
    }

    [Fact]
    public async Task A_new_entry_is_saved_with_an_etag_that_reading_gives_again()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Add);

        var saved = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, New(collection, "e", Text)));
        Assert.Equal(saved.ETag, (await world.Source.ReadAsync(collection, Uid.Parse("e"), Cancel))?.ETag);
        Assert.Single((await world.Source.QueryAsync(Ask(collection), Cancel)).Entries);
    }

    [Fact]
    public async Task A_second_new_entry_of_the_same_uid_is_stale_and_shows_the_first()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Add);
        var etag = await world.PutAsync(collection, "e", Text);

        var stale = Assert.IsType<SaveOutcome.Stale>(await SaveAsync(world, New(collection, "e", Changed)));
        Assert.Equal((etag, Text), (stale.Current?.ETag, stale.Current?.Text));
    }

    [Fact]
    public async Task A_stale_etag_is_refused_and_nothing_changes()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Edit);
        var first = await world.PutAsync(collection, "e", Text);
        var second = await world.PutAsync(collection, "e", Changed, first);

        var stale = Assert.IsType<SaveOutcome.Stale>(await SaveAsync(world, Over(collection, "e", Text, first)));
        Assert.Equal((second, Changed), (stale.Current?.ETag, stale.Current?.Text));
        Assert.Equal(Changed, (await world.Source.ReadAsync(collection, Uid.Parse("e"), Cancel))?.Text);
    }

    [Fact]
    public async Task What_the_rights_do_not_give_is_forbidden_by_name()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read);
        var etag = await world.PutAsync(collection, "e", Text);

        Assert.Equal(new SaveOutcome.Forbidden(Rights.Add), await SaveAsync(world, New(collection, "n", Samples.Of("n", "New"))));
        Assert.Equal(new SaveOutcome.Forbidden(Rights.Edit), await SaveAsync(world, Over(collection, "e", Changed, etag)));
        Assert.Equal(new SaveOutcome.Forbidden(Rights.Delete), await world.Store.DeleteAsync(new EntryRemoval(collection, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
        Assert.Equal(etag, (await world.Owner.ReadAsync(collection, Uid.Parse("e"), Cancel))?.ETag);
    }

    [Fact]
    public async Task A_deleted_entry_is_gone_and_cannot_be_deleted_again()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Delete);
        var etag = await world.PutAsync(collection, "e", Text);

        Assert.IsType<SaveOutcome.Deleted>(await world.Store.DeleteAsync(new EntryRemoval(collection, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
        Assert.Null(await world.Source.ReadAsync(collection, Uid.Parse("e"), Cancel));
        Assert.Empty((await world.Source.QueryAsync(Ask(collection), Cancel)).Entries);
        Assert.IsType<SaveOutcome.NotFound>(await world.Store.DeleteAsync(new EntryRemoval(collection, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
    }

    [Fact]
    public async Task A_broken_entry_of_a_batch_is_one_broken_entry()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Add);

        var outcomes = await world.Store.SaveAsync(
            [
                New(collection, "e", Text),
                New(collection, "broken", Samples.Broken),
                New(collection, "other", Text),
                New(collection, "last", Samples.Of("last", "Last")),
            ],
            world.NewDelivery(), Cancel);

        Assert.IsType<SaveOutcome.Saved>(outcomes[0]);
        Assert.NotEmpty(Assert.IsType<SaveOutcome.Invalid>(outcomes[1]).Reason);
        Assert.Contains("UID", Assert.IsType<SaveOutcome.Invalid>(outcomes[2]).Reason, StringComparison.Ordinal);
        Assert.IsType<SaveOutcome.Saved>(outcomes[3]);
        Assert.Equal(2, (await world.Source.QueryAsync(Ask(collection), Cancel)).Entries.Count);
    }

    [Fact]
    public async Task Who_has_no_right_to_private_entries_neither_meets_nor_makes_one()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.All & ~Rights.Private);
        var secret = Samples.Of("e", "Secret", 10, "CLASS:PRIVATE");
        var etag = await world.PutAsync(collection, "e", secret);

        Assert.Null(Assert.IsType<SaveOutcome.Stale>(await SaveAsync(world, Over(collection, "e", Text, etag))).Current);
        Assert.IsType<SaveOutcome.NotFound>(await world.Store.DeleteAsync(new EntryRemoval(collection, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
        Assert.Equal(
            new SaveOutcome.Forbidden(Rights.Private),
            await SaveAsync(world, New(collection, "mine", secret.Replace("UID:e", "UID:mine", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Who_has_the_right_to_private_entries_reads_changes_and_makes_them()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.All);
        var secret = Samples.Of("e", "Secret", 10, "CLASS:PRIVATE");
        var etag = await world.PutAsync(collection, "e", secret);

        var shown = Assert.Single((await world.Source.QueryAsync(Ask(collection) with { Range = null }, Cancel)).Entries);
        Assert.Equal(("Secret", true, false), (shown.Title, shown.IsPrivate, shown.IsRedacted));
        Assert.DoesNotContain((await world.Source.QueryAsync(Ask(collection), Cancel)).Entries, entry => entry.IsRedacted);
        Assert.Equal(secret, (await world.Source.ReadAsync(collection, Uid.Parse("e"), Cancel))?.Text);
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(world, New(collection, "mine", secret.Replace("UID:e", "UID:mine", StringComparison.Ordinal))));
        Assert.IsType<SaveOutcome.Deleted>(await world.Store.DeleteAsync(new EntryRemoval(collection, Uid.Parse("e"), etag), world.NewDelivery(), Cancel));
    }

    [Fact]
    public async Task A_save_that_comes_again_has_one_effect_and_the_same_answer()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.Read | Rights.Add | Rights.Edit);
        var write = New(collection, "e", Text);
        var delivery = DeliveryOf(write, NewKey());

        var first = Assert.IsType<SaveOutcome.Saved>(Assert.Single(await world.Store.SaveAsync([write], delivery, Cancel)));
        Assert.Equal([first], await world.Store.SaveAsync([write], delivery, Cancel));
        await world.PutAsync(collection, "e", Changed, first.ETag);

        Assert.Equal([first], await world.Store.SaveAsync([write], delivery, Cancel));
        Assert.Equal(2, await EffectsAsync(world, collection));
        Assert.Equal(Changed, (await world.Source.ReadAsync(collection, Uid.Parse("e"), Cancel))?.Text);
    }
}
