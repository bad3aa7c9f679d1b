using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Sync;

public sealed class MessageOutboxTests : SiteTests
{
    [Fact]
    public async Task Messages_to_a_peer_arrive_in_their_order_though_the_first_had_to_be_repeated()
    {
        Net.IsDown = true;
        await RequestWithoutNetAsync();
        await Acme.ApproveAsync();
        await Acme.DrainAsync();
        Net.IsDown = false;

        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();

        Assert.Equal([LinkMessageKinds.Request, LinkMessageKinds.Approve], Net.Carried.Select(message => message.Kind));
        Assert.Equal("waiting-ours", await Globex.StateAsync());
    }

    [Fact]
    public async Task A_failed_message_waits_longer_each_time_and_at_most_an_hour()
    {
        await RequestWithoutNetAsync();
        var waits = new List<double>();

        for (var i = 0; i < 9; i++)
        {
            var due = await Acme.Outbox.DrainAsync(Ct) ?? throw new InvalidOperationException("Nothing waits.");
            waits.Add((due - Acme.Now).TotalSeconds);
            Time.Advance((due - Acme.Now).ToTimeSpan());
        }

        Assert.Equal([5, 15, 60, 300, 900, 1800, 3600, 3600, 3600], waits);
        Assert.Empty(Net.Carried);
    }

    [Fact]
    public async Task A_message_is_not_tried_before_its_time_but_at_once_when_asked_for()
    {
        await RequestWithoutNetAsync();
        await Acme.DrainAsync();
        Net.IsDown = false;

        await Acme.DrainAsync();
        Assert.Empty(Net.Carried);

        await Acme.Outbox.TryNowAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Single(Net.Carried);
    }

    [Fact]
    public async Task What_waits_survives_a_restart_with_its_key()
    {
        await RequestWithoutNetAsync();
        await Acme.DrainAsync();
        var before = Assert.Single(await Acme.Store.RecentAsync(10, Ct));

        Acme.Restart();
        Net.IsDown = false;
        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();

        Assert.Equal(before.IdempotencyKey, Assert.Single(Net.Carried).IdempotencyKey);
        Assert.Equal("incoming", await Globex.StateAsync());
    }

    [Fact]
    public async Task While_one_process_sends_to_a_peer_another_does_not()
    {
        await Acme.RequestAsync(Globex);
        var peer = (await Acme.PeerAsync()).Id;
        var other = Guid.NewGuid();
        Assert.True(await Acme.Store.TryLeaseAsync(peer, other, Acme.Now, Acme.Now + MessageOutbox.Lease, Ct));

        var due = await Acme.Outbox.DrainAsync(Ct);

        Assert.Empty(Net.Carried);
        Assert.Equal(Acme.Now + MessageOutbox.Lease, due);
    }

    [Fact]
    public async Task What_a_killed_process_was_sending_is_picked_up_when_its_lease_ends()
    {
        await Acme.RequestAsync(Globex);
        await Acme.Store.TryLeaseAsync((await Acme.PeerAsync()).Id, Guid.NewGuid(), Acme.Now, Acme.Now + MessageOutbox.Lease, Ct);

        Time.Advance(MessageOutbox.Lease.ToTimeSpan());
        await Acme.DrainAsync();

        Assert.Single(Net.Carried);
    }

    [Fact]
    public async Task Two_processes_that_drain_at_once_send_each_message_once()
    {
        await Acme.RequestAsync(Globex);
        await Acme.ApproveAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Acme.NewOutbox().DrainAsync(Ct), Ct)));
        await Acme.DrainAsync();

        Assert.Equal([LinkMessageKinds.Request, LinkMessageKinds.Approve], Net.Carried.Select(message => message.Kind));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(422)]
    public async Task A_message_refused_for_good_says_why_and_holds_up_nothing(int status)
    {
        Net.Scripted[LinkMessageKinds.Request] = SendOutcome.Of(status, "We do not want this.", null);
        await Acme.RequestAsync(Globex);
        Net.Scripted[LinkMessageKinds.Approve] = SendOutcome.Of(200, string.Empty, null);
        await Acme.ApproveAsync();

        Assert.Null(await Acme.Outbox.DrainAsync(Ct));

        var messages = await Acme.Store.RecentAsync(10, Ct);
        Assert.Equal([MessageState.Refused, MessageState.Sent], messages.Select(message => message.State));
        Assert.Equal("We do not want this.", messages[0].Reason);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task Any_other_answer_is_a_reason_to_come_again(int status)
    {
        Net.Scripted[LinkMessageKinds.Request] = SendOutcome.Of(status, "Not now.", null);
        await Acme.RequestAsync(Globex);

        await Acme.DrainAsync();

        var message = Assert.Single(await Acme.Store.RecentAsync(10, Ct));
        Assert.Equal(MessageState.Waiting, message.State);
        Assert.Equal("Not now.", message.Reason);
        Assert.Equal("Not now.", (await Acme.PeerAsync()).LastError);
    }

    [Fact]
    public async Task A_message_that_nobody_took_for_90_days_is_given_up()
    {
        await RequestWithoutNetAsync();
        Time.Advance(TimeSpan.FromDays(90));

        Assert.Null(await Acme.Outbox.DrainAsync(Ct));

        Assert.Equal(MessageState.Refused, Assert.Single(await Acme.Store.RecentAsync(10, Ct)).State);
    }

    [Fact]
    public async Task A_success_clears_the_peers_error_and_notes_the_exchange()
    {
        await RequestWithoutNetAsync();
        await Acme.DrainAsync();
        Assert.NotNull((await Acme.PeerAsync()).LastError);

        Net.IsDown = false;
        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();

        var peer = await Acme.PeerAsync();
        Assert.Null(peer.LastError);
        Assert.Equal(Acme.Now, peer.LastExchange);
    }

    [Fact]
    public async Task A_change_and_its_message_are_announced_after_they_are_there()
    {
        var seen = new List<int>();
        Acme.Changes.Changed += () => seen.Add(Acme.Book.ListAsync(Ct).GetAwaiter().GetResult().Count);

        await Acme.RequestAsync(Globex);

        Assert.Equal([1], seen);
        await Acme.Signal.WaitAsync(TimeSpan.FromDays(1), Time, Ct);
    }

    [Fact]
    public async Task A_signal_that_never_comes_ends_with_its_time()
    {
        using var signal = new OutboxSignal();
        var wait = signal.WaitAsync(TimeSpan.FromSeconds(30), Time, Ct);

        Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(wait.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(1));
        await wait;
    }

    /// <summary>The look-up works, the net fails right after it.</summary>
    private async Task RequestWithoutNetAsync()
    {
        Net.IsDown = false;
        await Acme.RequestAsync(Globex);
        Net.IsDown = true;
    }
}
