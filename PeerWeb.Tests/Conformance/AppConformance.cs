using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>What every store answers for every app: its entries are texts with a UID, a title and, of some apps, a time.</summary>
/// <remarks>A new app is a class of <see cref="AppSamples"/> and one of this for each store.</remarks>
public abstract partial class AppConformance
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static readonly TimeRange November = new(Instant.FromUtc(2026, 11, 1, 0, 0), Instant.FromUtc(2026, 12, 1, 0, 0));

    protected virtual AppSamples Samples => AppSamples.Calendar;

    protected abstract Task<ConformanceWorld> NewWorldAsync();

    protected async Task<ConformanceWorld> CreateWorldAsync()
    {
        var world = await NewWorldAsync();
        world.App = Samples.App;
        return world;
    }

    /// <summary>All that the collections have in November, or at all where the app's entries have no time.</summary>
    protected EntryQuery Ask(params CollectionId[] collections) =>
        new() { App = Samples.App, Collections = collections, Range = Samples.IsTimed ? November : null, Zone = "Europe/Zurich" };

    [Fact]
    public async Task Without_a_grant_a_collection_does_not_exist()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.None);
        await world.PutAsync(collection, "a", Samples.Of("a", "Secret"));

        Assert.Empty(await world.Source.ListCollectionsAsync(Samples.App, Cancel));
        var answer = await world.Source.QueryAsync(Ask(collection), Cancel);
        Assert.Equal(SliceState.Gone, Assert.Single(answer.Slices).State);
        Assert.Empty(answer.Entries);
        Assert.Empty((await world.Source.QueryAsync(Ask() with { Collections = null }, Cancel)).Slices);
        Assert.Null(await world.Source.ReadAsync(collection, Uid.Parse("a"), Cancel));
        Assert.IsType<ChangesAnswer.NotFound>(await world.Source.ChangesAsync(collection, null, 10, Cancel));
    }

    [Fact]
    public async Task Several_entries_are_read_at_once_and_what_is_not_there_is_left_out()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        var hidden = await world.CollectionAsync("Hidden", granted: Rights.None);
        foreach (var uid in (string[])["a", "b", "c"])
            await world.PutAsync(collection, uid, Samples.Of(uid, uid));
        await world.PutAsync(hidden, "a", Samples.Of("a", "Secret"));

        var few = await world.Source.ReadAsync(collection, [Uid.Parse("c"), Uid.Parse("x"), Uid.Parse("a")], Cancel);
        Assert.Equal(["a", "c"], few.Select(entry => entry.Uid.Value).Order(StringComparer.Ordinal));
        Assert.All(few, entry => Assert.Contains($"UID:{entry.Uid}\r\n", entry.Text, StringComparison.Ordinal));
        Uid[] many = [.. Enumerable.Range(0, 60).Select(i => Uid.Parse($"x{i}")), Uid.Parse("b")];
        Assert.Equal((await world.Source.ReadAsync(collection, Uid.Parse("b"), Cancel))?.ETag, Assert.Single(await world.Source.ReadAsync(collection, many, Cancel)).ETag);
        Assert.Empty(await world.Source.ReadAsync(hidden, [Uid.Parse("a")], Cancel));
    }

    [Fact]
    public async Task A_grant_on_all_collections_of_an_app_covers_those_made_later()
    {
        await using var world = await CreateWorldAsync();
        await world.GrantAsync(collection: null, Rights.Read);
        var later = await world.CollectionAsync(granted: Rights.None);

        Assert.Equal(later, Assert.Single(await world.Source.ListCollectionsAsync(Samples.App, Cancel)).Id);
    }

    [Theory]
    [InlineData(EntrySort.Title)]
    [InlineData(EntrySort.Start)]
    public async Task Pages_of_a_list_add_up_to_the_whole_in_the_same_order(EntrySort sort)
    {
        await using var world = await CreateWorldAsync();
        var first = await world.CollectionAsync("First");
        var second = await world.CollectionAsync("Second");
        string[] titles = ["Äpfel", "apfel", "Zebra", "éclair", "Same", "Same", "same", "😀 party", "￰ last"];
        for (var i = 0; i < titles.Length; i++)
            await world.PutAsync(i % 2 == 0 ? first : second, $"u{i}", Samples.Of($"u{i}", titles[i], 10 + (i % 4)));

        var query = Ask(first, second) with { Range = null, Sort = sort };
        var whole = (await world.Source.QueryAsync(query, Cancel)).Entries.Select(entry => entry.Uid).ToList();
        Assert.Equal(titles.Length, whole.Count);
        var paged = new List<Uid>();
        QueryCursor? cursor = null;
        do
        {
            var page = await world.Source.QueryAsync(query with { Limit = 2, Cursor = cursor }, Cancel);
            Assert.InRange(page.Entries.Count, 1, 2);
            paged.AddRange(page.Entries.Select(entry => entry.Uid));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData("CLASS:PRIVATE")]
    [InlineData("CLASS:CONFIDENTIAL")]
    [InlineData("CLASS:X-SOMETHING")]
    public async Task A_private_entry_does_not_exist_for_who_has_no_right_to_it(string classification)
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync(granted: Rights.All & ~Rights.Private);
        await world.PutAsync(collection, "p", Samples.Of("p", "Doctor", 10, classification));
        await world.PutAsync(collection, "o", Samples.Of("o", "Open", 11, "CLASS:PUBLIC"));

        var shown = (await world.Source.QueryAsync(Ask(collection), Cancel)).Entries;
        Assert.Equal(["o"], shown.Where(entry => !entry.IsRedacted).Select(entry => entry.Uid.Value));
        // What takes no time leaves nothing behind.
        Assert.Equal(Samples == AppSamples.Calendar ? 1 : 0, shown.Count(entry => entry.IsRedacted));
        Assert.Equal(["o"], (await world.Source.QueryAsync(Ask(collection) with { Range = null }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        Assert.Empty((await world.Source.QueryAsync(Ask(collection) with { Text = "doctor" }, Cancel)).Entries);
        Assert.Empty((await world.Source.QueryAsync(Ask(collection) with { Range = null, Text = "doctor" }, Cancel)).Entries);
        Assert.Null(await world.Source.ReadAsync(collection, Uid.Parse("p"), Cancel));
        var changes = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, null, 10, Cancel));
        Assert.Equal(["o"], changes.Changes.Select(change => change.Uid.Value));
        Assert.Equal(2, (await world.Owner.QueryAsync(Ask(collection), Cancel)).Entries.Count);
    }

    [Fact]
    public async Task An_entry_is_read_whole_as_it_was_saved()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        var text = Samples.Of("weird/uid ä?", "Whole", 10, "X-UNKNOWN;X-P=1:kept", "DESCRIPTION:two\\nlines");
        var etag = await world.PutAsync(collection, "weird/uid ä?", text);

        var entry = await world.Source.ReadAsync(collection, Uid.Parse("weird/uid ä?"), Cancel);
        Assert.Equal((collection, etag, text), (entry?.Collection, entry?.ETag, entry?.Text));
        Assert.Null(await world.Source.ReadAsync(collection, Uid.Parse("other"), Cancel));
    }

    [Fact]
    public async Task Changes_list_what_came_changed_and_went_since_a_token()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        var kept = await world.PutAsync(collection, "kept", Samples.Of("kept", "Kept"));
        var changed = await world.PutAsync(collection, "changed", Samples.Of("changed", "Before"));
        var removed = await world.PutAsync(collection, "removed", Samples.Of("removed", "Removed"));
        var listing = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, null, 10, Cancel));
        Assert.Equal([("kept", kept), ("changed", changed), ("removed", (ETag?)removed)], listing.Changes.Select(change => (change.Uid.Value, change.ETag)));

        var after = await world.PutAsync(collection, "changed", Samples.Of("changed", "After"), changed);
        await world.RemoveAsync(collection, "removed", removed);
        var added = await world.PutAsync(collection, "added", Samples.Of("added", "Added"));

        var delta = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, listing.Token, 10, Cancel));
        Assert.Equal([("changed", after), ("removed", null), ("added", (ETag?)added)], delta.Changes.Select(change => (change.Uid.Value, change.ETag)));
        var nothing = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, delta.Token, 10, Cancel));
        Assert.Empty(nothing.Changes);
        Assert.Equal(delta.Token, nothing.Token);
    }

    [Fact]
    public async Task An_entry_that_becomes_private_is_listed_as_removed_and_never_before()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        var open = await world.PutAsync(collection, "turns", Samples.Of("turns", "Open"));
        var token = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, null, 10, Cancel)).Token;
        await world.PutAsync(collection, "turns", Samples.Of("turns", "Now private", 10, "CLASS:PRIVATE"), open);
        var hidden = await world.PutAsync(collection, "always", Samples.Of("always", "Always private", 10, "CLASS:PRIVATE"));
        await world.RemoveAsync(collection, "always", hidden);

        var delta = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(collection, token, 10, Cancel));
        Assert.Equal(new Change(Uid.Parse("turns"), ETag: null), Assert.Single(delta.Changes));
    }

    [Fact]
    public async Task What_has_no_time_is_in_lists_after_all_that_has_and_in_no_month()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        await world.PutAsync(collection, "timed", Samples.Of("timed", "Z, timed"));
        if (Samples.Untimed("some-day", "A, some day") is { } untimed)
            await world.PutAsync(collection, "some-day", untimed);
        string[] all = Samples.Untimed("some-day", "A, some day") is null ? ["timed"] : ["timed", "some-day"];

        Assert.Equal(all, (await world.Source.QueryAsync(Ask(collection) with { Range = null }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        Assert.Equal(all.Order(), (await world.Source.QueryAsync(Ask(collection) with { Range = null, Sort = EntrySort.Title }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        Assert.Equal(Samples.IsTimed ? ["timed"] : [], (await world.Source.QueryAsync(Ask(collection) with { Range = November }, Cancel)).Entries.Select(entry => entry.Uid.Value));
    }

    [Fact]
    public async Task What_repeats_is_each_of_its_instances_now_and_far_away()
    {
        await using var world = await CreateWorldAsync();
        if (Samples.Weekly("w", "Weekly") is not { } weekly)
            return;
        var collection = await world.CollectionAsync();
        await world.PutAsync(collection, "w", weekly);
        var far = new TimeRange(Instant.FromUtc(2036, 11, 1, 0, 0), Instant.FromUtc(2036, 12, 1, 0, 0));

        var near = (await world.Source.QueryAsync(Ask(collection), Cancel)).Entries;
        Assert.Equal([10, 17, 24], near.Select(entry => entry.Start?.Local.Day));
        Assert.Equal(3, near.Select(entry => entry.RecurrenceId).OfType<string>().Distinct().Count());
        Assert.Equal([4, 11, 18, 25], (await world.Source.QueryAsync(Ask(collection) with { Range = far }, Cancel)).Entries.Select(entry => entry.Start?.Local.Day));
    }

    [Fact]
    public async Task Search_folds_and_wants_all_words_of_a_title()
    {
        await using var world = await CreateWorldAsync();
        var collection = await world.CollectionAsync();
        await world.PutAsync(collection, "a", Samples.Of("a", "Café mit Zoë"));
        await world.PutAsync(collection, "b", Samples.Of("b", "Cafe closed"));

        async Task<IEnumerable<string>> FindAsync(string text) =>
            (await world.Source.QueryAsync(Ask(collection) with { Range = null, Text = text }, Cancel)).Entries.Select(entry => entry.Uid.Value);

        Assert.Equal(["a", "b"], await FindAsync("CAFE"));
        Assert.Equal(["a"], await FindAsync("zoe café"));
        Assert.Empty(await FindAsync("caf_"));
    }
}
