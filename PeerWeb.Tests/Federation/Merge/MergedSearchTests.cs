using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Entries;
using Xunit;

namespace PeerWeb.Tests.Federation.Merge;

public sealed class MergedSearchTests
{
    private readonly HandMadeWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MergedSearch Search => new(_world.View, new AppRegistry([new CalendarApp(), new NamedApp(HandMadeWorld.App)]));

    [Fact]
    public async Task One_text_is_looked_for_in_all_apps_and_hits_stream_in()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Own.Add("Tea with Zoé", "Coffee");
        _world.AddPeer("acme").Add("A tea", "Water").Before = (_, token) => open.Task.WaitAsync(token);
        var snapshots = new List<SearchSnapshot>();

        await foreach (var snapshot in Search.SearchAsync(HandMadeWorld.Sam, "TEA", Cancel))
        {
            // Both apps of this installation have answered.
            if (snapshots.Count == 1)
                open.SetResult();
            snapshots.Add(snapshot);
        }

        Assert.Equal(["Tea with Zoé"], Titles(snapshots[1]));
        Assert.Equal(SourceState.Loading, snapshots[1].Groups[1].Installations[1].Status?.State);
        Assert.Equal([false, false, false, true], snapshots.Select(snapshot => snapshot.IsComplete));
        Assert.Equal(["calendar", "probe"], snapshots[^1].Groups.Select(group => group.App.Value));
        Assert.Equal(["A tea", "Tea with Zoé"], Titles(snapshots[^1]));
        Assert.Empty(snapshots[^1].Unanswered);
    }

    [Fact]
    public async Task Of_each_installation_there_are_twenty_hits_and_who_did_not_answer_is_named()
    {
        _world.Own.Add(Enumerable.Range(0, 50).Select(i => $"tea {i:D2}"));
        _world.AddPeer("acme").Add("tea").Before = (_, _) => throw new PeerUnavailableException(UnavailableReason.NotConnected, "Not there.");
        _world.AddPeer("globex").Add(Enumerable.Range(0, 20).Select(i => $"more tea {i:D2}"));

        var last = await LastAsync("tea");
        Assert.Equal(2 * MergedSearch.MostHits, last.Groups[1].Entries.Count);
        Assert.Equal("more tea 00", last.Groups[1].Entries[0].Summary.Title);
        Assert.True(last.Groups[1].HasMore);
        Assert.Equal("acme.example", Assert.Single(last.Unanswered).Domain.Value);
    }

    [Fact]
    public async Task Hits_of_one_title_are_in_the_order_of_time_whoever_has_them()
    {
        _world.Own.Add("Tea", At(3)).Add("Tea", At(1)).Add("Green tea", At(9));
        _world.AddPeer("acme").Add("Tea", At(2)).Add("tea", At(4));

        var last = await LastAsync("tea");

        Assert.Equal([9, 1, 2, 3, 4], last.Groups.Single(group => group.App == HandMadeWorld.App).Entries.Select(entry => entry.Summary.Start?.Local.Day ?? 0));

        static EntryTime At(int day) => EntryTime.Utc(Instant.FromUtc(2026, 11, day, 9, 0));
    }

    [Fact]
    public async Task A_blank_text_finds_nothing_and_asks_nobody()
    {
        var peer = _world.AddPeer("acme").Add("tea");

        var last = await LastAsync("  ");
        Assert.All(last.Groups, group => Assert.Empty(group.Entries));
        Assert.Empty(peer.Asked);
        Assert.Empty(_world.Own.Asked);
    }

    private async Task<SearchSnapshot> LastAsync(string text)
    {
        SearchSnapshot? last = null;
        await foreach (var snapshot in Search.SearchAsync(HandMadeWorld.Sam, text, Cancel))
            last = snapshot;
        Assert.True(last?.IsComplete);
        return last ?? throw new InvalidOperationException("Nothing came.");
    }

    private static IEnumerable<string> Titles(SearchSnapshot snapshot) => snapshot.Groups.Single(group => group.App == HandMadeWorld.App).Entries.Select(entry => entry.Summary.Title);
}
