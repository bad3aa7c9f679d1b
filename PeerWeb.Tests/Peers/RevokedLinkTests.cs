using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class RevokedLinkTests : SiteTests
{
    [Fact]
    public async Task A_revoke_ends_the_link_and_its_grants_on_both_sides()
    {
        await Acme.LinkWithAsync(Globex);
        var (here, there) = (await Acme.PeerAsync(), await Globex.PeerAsync());

        await Acme.Links.RevokeAsync(here.Id, Ct);
        Assert.Equal([here.Id], Acme.Ended.Peers);
        Assert.Empty(Globex.Ended.Peers);
        await Acme.DrainAsync();

        Assert.Equal([there.Id], Globex.Ended.Peers);
        Assert.Equal(LinkSide.Here, (await Acme.Book.ListAsync(Ct))[0].Facts.RevokedBy);
        Assert.Equal(LinkSide.There, (await Globex.Book.ListAsync(Ct))[0].Facts.RevokedBy);
    }

    [Fact]
    public async Task A_revoke_whose_grants_cannot_be_ended_did_not_happen()
    {
        await Acme.LinkWithAsync(Globex);
        Acme.Ended.Fails = true;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct));

        Assert.Equal("active", await Acme.StateAsync());
        Assert.DoesNotContain(await Acme.Store.RecentAsync(10, Ct), message => message.Kind == LinkMessageKinds.Revoke);
    }

    [Fact]
    public async Task After_a_revoke_nothing_but_a_revoke_is_taken_from_the_other_side()
    {
        await Acme.LinkWithAsync(Globex);
        var id = (await Acme.PeerAsync()).Id;
        await Acme.Links.RevokeAsync(id, Ct);
        var pair = new KeyPair(new(Globex.Home.Installation, Globex.Home.Key.Thumbprint), new(Acme.Home.Installation, Acme.Home.Key.Thumbprint));

        var names = await Names.OfAsync(Globex);
        foreach (var message in new LinkMessage[] { new LinkMessage.Approve(names, pair), new LinkMessage.Reject(names), new LinkMessage.Suspend(names), new LinkMessage.Resume(names) })
            Assert.IsType<ReceiveOutcome.Refused>(await Acme.Received.ReceiveAsync(id, message, new Receipt(Guid.NewGuid().ToString("N"), "00"), Ct));
        Assert.IsType<ReceiveOutcome.Accepted>(await Acme.Received.ReceiveAsync(id, new LinkMessage.Revoke(names), new Receipt(Guid.NewGuid().ToString("N"), "00"), Ct));

        Assert.Equal("revoked", await Acme.StateAsync());
        Assert.Single(Acme.Ended.Peers);
    }

    [Fact]
    public async Task No_action_is_left_on_a_revoked_link()
    {
        await Acme.LinkWithAsync(Globex);
        var id = (await Acme.PeerAsync()).Id;
        await Acme.Links.RevokeAsync(id, Ct);

        Assert.IsType<Transition.Refused>(await Acme.Links.RevokeAsync(id, Ct));
        Assert.IsType<Transition.Refused>(await Acme.Links.SuspendAsync(id, Ct));
        Assert.IsType<Transition.Refused>(await Acme.Links.OpenAsync(id, Ct));
        Assert.IsType<Transition.Refused>(await Acme.Links.RejectAsync(id, Ct));
    }

    [Fact]
    public async Task The_key_of_a_revoked_link_is_known_for_90_days()
    {
        await Acme.LinkWithAsync(Globex);
        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);

        Time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Acme.Book.FindByKeyAsync(Globex.Home.Key.Thumbprint, Ct));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Acme.Book.FindByKeyAsync(Globex.Home.Key.Thumbprint, Ct));
    }

    [Fact]
    public async Task A_new_link_after_a_revoke_is_a_new_row_and_its_key_speaks_for_it()
    {
        await Acme.LinkWithAsync(Globex);
        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();

        await Globex.RequestAsync(Acme);
        await Globex.DrainAsync();

        Assert.Equal(["revoked", "incoming"], (await Acme.Book.ListAsync(Ct)).Select(peer => peer.State.Name()));
        var known = await Acme.Book.FindByKeyAsync(Globex.Home.Key.Thumbprint, Ct);
        Assert.Equal(LinkState.Incoming, known?.State);
    }

    [Fact]
    public async Task A_revoke_that_comes_late_does_not_end_the_link_that_followed()
    {
        await Acme.LinkWithAsync(Globex);
        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        await Acme.LinkWithAgainAsync(Globex);

        var late = Net.Carried.Single(message => message.Kind == LinkMessageKinds.Revoke);
        Assert.IsType<SendOutcome.Delivered>(await Net.DeliverAsync(Acme.Home, Globex.Home.Domain, late with { IdempotencyKey = Guid.NewGuid().ToString("N") }, Ct));

        Assert.Equal(LinkState.Active, (await Globex.PeerAsync()).State);
        Assert.Single(Globex.Ended.Peers);
    }

    [Fact]
    public async Task A_new_request_that_overtakes_the_revoke_waits_beside_the_old_link_and_outlives_it()
    {
        await Acme.LinkWithAsync(Globex);
        Net.IsDown = true;
        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Net.IsDown = false;
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        Assert.Equal(["active", "incoming"], (await Globex.Book.ListAsync(Ct)).Select(peer => peer.State.Name()));

        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();

        Assert.Equal(["revoked", "incoming"], (await Globex.Book.ListAsync(Ct)).Select(peer => peer.State.Name()));
        await Globex.OpenAsync();
        await Globex.ApproveAsync();
        await Globex.DrainAsync();
        await Acme.ApproveAsync();
        await Acme.DrainAsync();
        Assert.Equal(LinkState.Active, (await Globex.PeerAsync()).State);
        Assert.Equal(LinkState.Active, (await Acme.PeerAsync()).State);
    }

    [Fact]
    public async Task A_peer_that_is_gone_is_revoked_at_once_and_told_later()
    {
        await Acme.LinkWithAsync(Globex);
        Net.IsDown = true;
        await Acme.Links.SuspendAsync((await Acme.PeerAsync()).Id, Ct);

        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Equal("revoked", await Acme.StateAsync());
        Assert.Equal("active", await Globex.StateAsync());

        Net.IsDown = false;
        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();
        Assert.Equal("revoked", await Globex.StateAsync());
        Assert.Equal(MessageState.Withdrawn, (await Acme.Store.RecentAsync(10, Ct)).Single(message => message.Kind == LinkMessageKinds.Suspend).State);
    }

    [Fact]
    public async Task A_pending_request_that_its_sender_revokes_stays_in_the_cap_and_goes_in_time()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();

        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Equal("revoked", await Globex.StateAsync());

        Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await Globex.Book.ListAsync(Ct));
    }
}
