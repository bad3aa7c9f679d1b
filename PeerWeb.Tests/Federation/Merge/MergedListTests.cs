using System.Net;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Xunit;
using static PeerWeb.Tests.Federation.Merge.HandMadeWorld;

namespace PeerWeb.Tests.Federation.Merge;

/// <summary>One list over this installation and peers that are late, dead, huge or lie.</summary>
public sealed class MergedListTests
{
    private readonly HandMadeWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Numbered(string prefix, int count) => Enumerable.Range(0, count).Select(i => $"{prefix}{i:D5}");

    [Fact]
    public async Task What_a_peer_could_still_put_something_before_waits_for_its_next_page()
    {
        _world.Own.Add("a", "z");
        var peer = _world.AddPeer("acme").Add("b", "c", "d", "e", "f");
        await using var list = _world.Open(pageSize: 2);

        var first = await FirstAsync(list);
        Assert.Equal(["a", "b", "c"], Titles(first));
        Assert.True(first.HasMore);
        Assert.Equal(["a", "b", "c", "d", "e"], Titles(await MoreAsync(list)));
        var last = await MoreAsync(list);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "z"], Titles(last));
        Assert.False(last.HasMore);
        Assert.All(peer.Asked, query => Assert.Equal(2, query.Limit));
        Assert.Equal(3, peer.Asked.Count);
    }

    [Fact]
    public async Task Who_has_enough_in_hand_is_not_asked_while_another_is_behind()
    {
        _world.Own.Add(Numbered("b", 40));
        var peer = _world.AddPeer("acme").Add("a").Add(Numbered("z", 40));
        await using var list = _world.Open(pageSize: 10);

        await FirstAsync(list);
        await MoreAsync(list);
        var third = await MoreAsync(list);

        Assert.InRange(third.Entries.Count, 30, 50);
        Assert.Single(peer.Asked);
        Assert.InRange(_world.Own.Asked.Count, 3, 4);
    }

    [Fact]
    public async Task A_late_peer_holds_up_nobody_and_comes_in_in_order()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Own.Add("a", "c", "e");
        _world.AddPeer("acme").Add("b", "d").Before = (_, token) => open.Task.WaitAsync(token);
        await using var list = _world.Open(pageSize: 3);

        await list.MoreAsync(Cancel);
        Assert.Equal(["a", "c", "e"], Titles(list.Current));
        Assert.Equal(SourceState.Loading, StatusOf(list.Current, "acme")?.State);
        open.SetResult();

        var whole = await UntilAsync(list, snapshot => !snapshot.IsLoading);
        Assert.Equal(["a", "b", "c", "d", "e"], Titles(whole));
        Assert.Equal(SourceState.Live, StatusOf(whole, "acme")?.State);
    }

    [Fact]
    public async Task Who_comes_late_with_more_than_a_page_catches_up_with_what_shows()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Own.Add(Numbered("m", 30));
        _world.AddPeer("acme").Add(Numbered("a", 12)).Add(Numbered("n", 500)).Before = (_, token) => open.Task.WaitAsync(token);
        await using var list = _world.Open(pageSize: 5);
        for (var page = 0; page < 5; page++)
            await list.MoreAsync(Cancel);
        Assert.InRange(list.Current.Entries.Count, 25, 30);
        open.SetResult();

        var whole = await UntilAsync(list, snapshot => !snapshot.IsLoading);
        Assert.Equal([.. Numbered("a", 12), .. Numbered("m", 30).Take(whole.Entries.Count - 12)], Titles(whole));
        Assert.InRange(whole.Entries.Count, 25, 42);
    }

    [Fact]
    public async Task A_dead_peer_is_offline_after_its_deadline_and_all_else_is_complete()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Own.Add("a", "b");
        _world.AddPeer("acme").Add("dead").Before = async (_, token) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        _world.AddPeer("globex").Add("c");
        await using var list = _world.Open(pageSize: 10);
        var first = list.MoreAsync(Cancel);
        await UntilAsync(list, snapshot => snapshot.Entries.Count == 3);
        Assert.False(first.IsCompleted);

        await arrived.Task;
        _world.Time.Advance(MergedView.PeerDeadline);

        await first;
        Assert.Equal(["a", "b", "c"], Titles(list.Current));
        Assert.False(list.Current.HasMore);
        Assert.Equal((SourceState.Offline, "It did not answer in time."), (StatusOf(list.Current, "acme")?.State, StatusOf(list.Current, "acme")?.Reason));
        Assert.Equal(SourceState.Offline, list.Current.Sources.Single(source => source.Id.Owner.Domain.Value == "acme.example").Status.State);
    }

    [Fact]
    public async Task Whoever_fails_while_it_is_scrolled_keeps_what_was_read_and_lets_the_others_go_on()
    {
        _world.Own.Add(Numbered("b", 9));
        var peer = _world.AddPeer("acme").Add(Numbered("a", 9));
        await using var list = _world.Open(pageSize: 3);
        await FirstAsync(list);
        peer.Before = (_, _) => throw new PeerRefusedException(HttpStatusCode.InternalServerError, null, "Broken.");

        var snapshot = await MoreAsync(list);
        Assert.Equal([.. Numbered("a", 3), .. Numbered("b", 3)], Titles(snapshot));
        Assert.Equal((SourceState.Stale, "Broken."), (StatusOf(snapshot, "acme")?.State, StatusOf(snapshot, "acme")?.Reason));
        var asked = peer.Asked.Count;
        snapshot = await MoreAsync(list);
        Assert.Equal([.. Numbered("a", 3), .. Numbered("b", 9)], Titles(await MoreAsync(list)));
        Assert.Equal(asked, peer.Asked.Count);

        peer.Before = (_, _) => Task.CompletedTask;
        await list.RefreshAsync(Domain.Parse("acme.example"), Cancel);
        for (snapshot = list.Current; snapshot.HasMore;)
            snapshot = await MoreAsync(list);
        Assert.Equal([.. Numbered("a", 9), .. Numbered("b", 9)], Titles(snapshot));
        Assert.Equal(SourceState.Live, StatusOf(snapshot, "acme")?.State);
    }

    [Fact]
    public async Task A_list_that_is_opened_again_has_the_last_good_page_of_a_dead_peer_but_of_no_search()
    {
        var peer = _world.AddPeer("acme").Add("a", "b", "c");
        await using (var before = _world.Open(pageSize: 2))
            await FirstAsync(before);
        peer.Before = (_, _) => throw new PeerUnavailableException(UnavailableReason.NotConnected, "Not there.");

        await using var list = _world.Open(pageSize: 2);
        var snapshot = await FirstAsync(list);
        Assert.Equal(["a", "b"], Titles(snapshot));
        Assert.Equal(SourceState.Stale, StatusOf(snapshot, "acme")?.State);
        await using var search = _world.View.Open(Sam, new EntryQuery { App = App, Sort = EntrySort.Title, Text = "a" });
        snapshot = await FirstAsync(search);
        Assert.Empty(snapshot.Entries);
        Assert.Equal(SourceState.Offline, StatusOf(snapshot, "acme")?.State);
    }

    [Fact]
    public async Task Who_has_ended_the_link_is_refused_and_nothing_of_it_shows()
    {
        _world.Own.Add("own");
        var peer = _world.AddPeer("acme").Add("a");
        await using var list = _world.Open(pageSize: 5);
        Assert.Equal(["a", "own"], Titles(await FirstAsync(list)));
        peer.Before = (_, _) => throw new PeerRefusedException(HttpStatusCode.Forbidden, PeerProblems.LinkNotActive, "No link.");

        await list.RefreshAsync(Domain.Parse("acme.example"), Cancel);
        Assert.Equal(["own"], Titles(list.Current));
        Assert.Equal(SourceState.Refused, StatusOf(list.Current, "acme")?.State);
    }

    [Fact]
    public async Task A_peer_that_lies_about_order_and_ends_loses_nothing_doubles_nothing_and_is_not_asked_for_ever()
    {
        _world.Own.Add("b", "d");
        var unsorted = _world.AddPeer("acme").Add("c", "a", "e");
        unsorted.Lie = (_, answer) => answer with { Entries = [.. answer.Entries.Reverse(), .. answer.Entries] };
        var endless = _world.AddPeer("globex").Add("f");
        endless.Lie = (_, answer) => answer with { Next = QueryCursor.AtTitle("f") };
        var empty = _world.AddPeer("initech");
        empty.Lie = (query, answer) => answer with { Next = QueryCursor.AtTitle($"{query.Cursor?.SortKey}x") };
        await using var list = _world.Open(pageSize: 5);

        var snapshot = await FirstAsync(list);
        for (var page = 0; page < 20; page++)
            snapshot = await MoreAsync(list);

        Assert.Equal(["a", "b", "c", "d", "e", "f"], Titles(snapshot));
        Assert.False(snapshot.HasMore);
        Assert.InRange(endless.Asked.Count, 1, 3);
        Assert.InRange(empty.Asked.Count, 1, 8);
        Assert.Equal("Its list does not go on: what follows is missing.", StatusOf(snapshot, "globex")?.Reason);
    }

    [Fact]
    public async Task A_huge_book_is_held_up_to_the_limit_and_then_it_says_so()
    {
        var peer = _world.AddPeer("acme").Add(Numbered("a", MergedList.MostEntries + 500));
        peer.Lie = (_, answer) => answer with { Entries = [.. answer.Entries, .. answer.Entries.Select(entry => entry with { Uid = Uid.Parse(entry.Uid + "x") })] };
        await using var list = _world.Open(pageSize: 1000);

        var snapshot = await FirstAsync(list);
        for (var page = 0; page < 15 && snapshot.HasMore; page++)
            snapshot = await MoreAsync(list);

        Assert.True(snapshot.IsFull);
        Assert.False(snapshot.HasMore);
        Assert.InRange(snapshot.Entries.Count, MergedList.MostEntries - 1000, MergedList.MostEntries + 1000);
        var asked = peer.Asked.Count;
        await MoreAsync(list);
        Assert.Equal(asked, peer.Asked.Count);
    }

    [Fact]
    public async Task After_a_change_one_installation_is_read_again_as_far_as_it_was()
    {
        _world.Own.Add(Numbered("b", 30));
        var peer = _world.AddPeer("acme").Add(Numbered("a", 30));
        await using var list = _world.Open(pageSize: 10);
        await FirstAsync(list);
        var before = await MoreAsync(list);
        Assert.InRange(before.Entries.Count, 20, 30);
        peer.Remove("a00003");
        peer.Add("a00003b");
        peer.Asked.Clear();
        var own = _world.Own.Asked.Count;

        await list.RefreshAsync(Domain.Parse("acme.example"), Cancel);

        Assert.Equal([.. Titles(before).Select(title => title == "a00003" ? "a00003b" : title)], Titles(list.Current));
        Assert.Single(peer.Asked);
        Assert.Equal(own, _world.Own.Asked.Count);
    }

    [Fact]
    public async Task What_is_shared_or_taken_back_while_it_is_open_comes_and_goes()
    {
        _world.Own.Add("b");
        await using var list = _world.Open(pageSize: 5);
        Assert.Equal(["b"], Titles(await FirstAsync(list)));

        _world.AddPeer("acme").Add("a");
        await list.RefreshAsync(Domain.Parse("acme.example"), Cancel);
        Assert.Equal(["a", "b"], Titles(list.Current));

        _world.RemovePeer("acme");
        await list.RefreshAsync(Domain.Parse("acme.example"), Cancel);
        Assert.Equal(["b"], Titles(list.Current));
        Assert.Single(list.Current.Installations);
    }

    [Fact]
    public async Task A_list_begins_at_a_letter()
    {
        _world.Own.Add("Anna", "Émile", "Eva", "Zoe");
        _world.AddPeer("acme").Add("Dora", "e", "Frida");
        await using var list = _world.Open(pageSize: 10, QueryCursor.AtTitle("É"));

        Assert.Equal(["e", "Émile", "Eva", "Frida", "Zoe"], Titles(await FirstAsync(list)));
    }

    [Fact]
    public async Task Of_collections_that_are_not_asked_only_the_names_show()
    {
        _world.Own.Add("own");
        var acme = _world.AddPeer("acme").Add("a");
        var globex = _world.AddPeer("globex").Add("b");
        await using var list = _world.View.Open(Sam, new EntryQuery { App = App, Sort = EntrySort.Title, Collections = [globex.Id] });

        var snapshot = await FirstAsync(list);
        Assert.Equal(["b"], Titles(snapshot));
        Assert.Equal(3, snapshot.Sources.Count);
        Assert.All(snapshot.Sources, source => Assert.Equal(SourceState.Live, source.Status.State));
        Assert.Empty(acme.Asked);
    }

    [Fact]
    public async Task A_wrong_query_and_an_own_database_that_fails_are_told_to_who_asks()
    {
        _world.Own.Before = (_, _) => throw new StoreUnavailableException(StoreFault.Busy);
        await using var list = _world.Open(pageSize: 5);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => list.MoreAsync(Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => UntilAsync(list, _ => false));
    }
}
