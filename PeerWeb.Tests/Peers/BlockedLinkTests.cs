using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class BlockedLinkTests : SiteTests
{
    [Fact]
    public async Task A_request_that_its_claimed_domain_does_not_confirm_is_blocked_with_both_keys_shown()
    {
        var impostor = Acme.Home with { Key = Keys.New() };
        await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), impostor.Domain, impostor.Installation, impostor.Key), Ct);

        await Globex.OpenAsync();

        var peer = await Globex.PeerAsync();
        Assert.Equal(LinkState.Blocked, peer.State);
        Assert.Equal(impostor.Key, peer.Key);
        Assert.Equal(Acme.Home.Key, peer.Seen?.Key);
        Assert.IsType<Transition.Refused>(await Globex.ApproveAsync());
        Assert.Equal(LinkState.Blocked, (await Globex.PeerAsync()).State);
    }

    [Fact]
    public async Task A_request_with_the_right_key_and_another_id_is_blocked_too()
    {
        await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), Acme.Home.Domain, new InstallationId(Guid.NewGuid()), Acme.Home.Key), Ct);

        await Globex.OpenAsync();

        Assert.Equal("blocked", await Globex.StateAsync());
        Assert.IsType<Transition.Refused>(await Globex.ApproveAsync());
    }

    [Fact]
    public async Task A_blocked_request_is_rejected_without_a_word_to_the_domain_it_claims()
    {
        await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), Acme.Home.Domain, Acme.Home.Installation, Keys.New()), Ct);
        await Globex.OpenAsync();

        Assert.IsType<Transition.Done>(await Globex.Links.RejectAsync((await Globex.PeerAsync()).Id, Ct));

        Assert.Empty(await Globex.Store.RecentAsync(10, Ct));
    }

    [Fact]
    public async Task An_active_link_whose_domain_shows_another_key_is_blocked_until_the_new_key_is_compared_and_approved()
    {
        await Acme.LinkWithAsync(Globex);
        var old = Globex.Home.Key;
        Globex.Home = Globex.Home with { Key = Keys.New() };

        await Acme.OpenAsync();
        Assert.Equal("blocked", await Acme.StateAsync());
        Assert.Equal(old, (await Acme.PeerAsync()).Key);
        Assert.Equal(Globex.Home.Key, (await Acme.PeerAsync()).Seen?.Key);
        Assert.Null(await Acme.Book.FindByKeyAsync(Globex.Home.Key.Thumbprint, Ct));

        Assert.IsType<Transition.Done>(await Acme.ApproveAsync());
        Assert.Equal("active", await Acme.StateAsync());
        Assert.NotNull(await Acme.Book.FindByKeyAsync(Globex.Home.Key.Thumbprint, Ct));
        Assert.Null(await Acme.Book.FindByKeyAsync(old.Thumbprint, Ct));
    }

    [Fact]
    public async Task To_approve_the_old_key_of_a_blocked_link_is_refused()
    {
        await Acme.LinkWithAsync(Globex);
        var peer = await Acme.PeerAsync();
        Globex.Home = Globex.Home with { Key = Keys.New() };
        await Acme.OpenAsync();

        var stale = new KeyPair(new(Acme.Home.Installation, Acme.Home.Key.Thumbprint), new(peer.Installation, peer.Key.Thumbprint));

        Assert.IsType<Transition.Refused>(await Acme.Links.ApproveAsync(peer.Id, Site.Compared(stale), Ct));
        Assert.Equal("blocked", await Acme.StateAsync());
    }

    [Fact]
    public async Task A_link_whose_domain_went_to_another_installation_can_only_be_revoked()
    {
        await Acme.LinkWithAsync(Globex);
        Net.Forged["globex.example"] = Internet.Discovery(Globex.Home with { Installation = new InstallationId(Guid.NewGuid()), Key = Keys.New() });
        await Acme.OpenAsync();

        Assert.IsType<Transition.Refused>(await Acme.ApproveAsync());
        Assert.IsType<Transition.Done>(await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct));
        Assert.Equal("revoked", await Acme.StateAsync());
    }

    [Fact]
    public async Task Asking_a_linked_domain_that_shows_another_key_blocks_that_link_and_makes_no_second()
    {
        await Acme.LinkWithAsync(Globex);
        Globex.Home = Globex.Home with { Key = Keys.New() };

        await Acme.RequestAsync(Globex);

        Assert.Equal("blocked", await Acme.StateAsync());
        Assert.DoesNotContain(await Acme.Store.RecentAsync(10, Ct), message => message.State == MessageState.Waiting);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_request_that_claims_a_known_domain_or_id_is_a_row_of_its_own_and_changes_no_other(bool domain, bool id)
    {
        await Acme.LinkWithAsync(Globex);
        var before = await Globex.PeerAsync();

        var outcome = await Globex.Received.RequestAsync(
            new LinkMessage.Request(
                Names.New(),
                domain ? Acme.Home.Domain : Domain.Parse("elsewhere.example"),
                id ? Acme.Home.Installation : new InstallationId(Guid.NewGuid()),
                Keys.New()),
            Ct);

        Assert.IsType<ReceiveOutcome.Accepted>(outcome);
        var rows = await Globex.Book.ListAsync(Ct);
        Assert.Equal(before, rows[0]);
        Assert.Equal(LinkState.Incoming, rows[1].State);
        Assert.True(rows[1].ConflictsWith(rows[0]));
    }

    [Fact]
    public async Task Of_two_rows_for_one_domain_only_one_can_be_approved()
    {
        await Acme.LinkWithAsync(Globex);
        await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), Acme.Home.Domain, Acme.Home.Installation, Keys.New()), Ct);
        var rival = (await Globex.Book.ListAsync(Ct))[1];
        Net.Forged["acme.example"] = Internet.Discovery(Acme.Home with { Key = rival.Key });
        await Globex.Links.OpenAsync(rival.Id, Ct);

        var refused = Assert.IsType<Transition.Refused>(await Globex.ApproveAsync(rival));

        Assert.Contains("Revoke", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_impostor_that_asked_first_does_not_keep_us_from_asking_the_real_one()
    {
        await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), Acme.Home.Domain, Acme.Home.Installation, Keys.New()), Ct);

        Assert.IsType<Transition.Done>(await Globex.RequestAsync(Acme));

        Assert.Equal(["incoming", "outgoing"], (await Globex.Book.ListAsync(Ct)).Select(peer => peer.State.Name()));
    }

    [Fact]
    public async Task Who_claims_to_be_us_is_refused()
    {
        var outcome = await Globex.Received.RequestAsync(new LinkMessage.Request(Names.New(), Globex.Home.Domain, new InstallationId(Guid.NewGuid()), Keys.New()), Ct);

        Assert.IsType<ReceiveOutcome.Refused>(outcome);
        Assert.Empty(await Globex.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task At_most_a_hundred_requests_wait_and_each_for_thirty_days()
    {
        for (var i = 0; i < 100; i++)
            Assert.IsType<ReceiveOutcome.Accepted>(await Globex.Received.RequestAsync(Stranger(i), Ct));

        Assert.IsType<ReceiveOutcome.Full>(await Globex.Received.RequestAsync(Stranger(100), Ct));
        Assert.Equal(100, (await Globex.Book.ListAsync(Ct)).Count);

        Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await Globex.Book.ListAsync(Ct));
        Assert.IsType<ReceiveOutcome.Accepted>(await Globex.Received.RequestAsync(Stranger(101), Ct));
        Assert.Single(await Globex.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task A_request_that_we_answered_or_made_does_not_go_after_thirty_days()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        await Globex.OpenAsync();
        await Globex.ApproveAsync();

        Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal("outgoing", await Acme.StateAsync());
        Assert.Equal("waiting-theirs", await Globex.StateAsync());
    }

    private static LinkMessage.Request Stranger(int number) =>
        new(Names.New(), Domain.Parse($"stranger{number}.example"), new InstallationId(Guid.NewGuid()), Keys.New());
}
