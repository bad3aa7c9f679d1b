using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Entries;

public sealed class EntryExportTests
{
    private readonly ScriptedStore _store = new() { PageSize = 2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_while_it_is_read_is_neither_lost_nor_there_twice()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
            Put(name);
        var pages = 0;
        _store.Paged = () =>
        {
            if (++pages != 1)
                return;
            Put("a");
            Put("d");
            Put("f");
            _store.Remove(Uid.Parse("e"));
        };

        Assert.Equal(["a", "b", "c", "d", "f"], await ReadAsync());
    }

    [Fact]
    public async Task A_feed_that_lost_its_place_is_read_anew_and_nothing_comes_twice()
    {
        foreach (var name in (string[])["a", "b", "c"])
            Put(name);
        var pages = 0;
        _store.Paged = () =>
        {
            if (++pages == 1)
                _store.Instead.Enqueue(new ChangesAnswer.TokenGone());
        };

        Assert.Equal(["a", "b", "c"], await ReadAsync());
    }

    [Fact]
    public async Task A_collection_that_goes_away_meanwhile_is_no_whole_export()
    {
        foreach (var name in (string[])["a", "b", "c"])
            Put(name);
        _store.Paged = () => _store.Instead.Enqueue(new ChangesAnswer.NotFound());

        await Assert.ThrowsAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task A_feed_that_never_keeps_its_place_ends()
    {
        Put("a");
        foreach (var _ in Enumerable.Range(0, 10))
            _store.Instead.Enqueue(new ChangesAnswer.TokenGone());

        await Assert.ThrowsAsync<IOException>(ReadAsync);
    }

    private void Put(string name) => _store.Put(Uid.Parse(name), name);

    private async Task<List<string>> ReadAsync() =>
        await EntryExport.ReadAsync(_store, Ics.App, ScriptedStore.Only, range: null, DateTimeZone.Utc, Cancellation).Select(entry => entry.Uid.Value).ToListAsync(Cancellation);
}
