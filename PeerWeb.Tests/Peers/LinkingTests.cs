using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Peers;

/// <summary>Two installations on two databases, from the first request to the last message.</summary>
public sealed class LinkingTests : SiteTests
{
    [Fact]
    public async Task A_request_with_approval_on_both_sides_makes_an_active_link()
    {
        await Acme.RequestAsync(Globex);
        Assert.Equal("outgoing", await Acme.StateAsync());
        await Acme.DrainAsync();
        Assert.Equal("incoming", await Globex.StateAsync());

        Assert.IsType<Transition.Done>(await Globex.OpenAsync());
        Assert.IsType<Transition.Done>(await Globex.ApproveAsync());
        Assert.Equal("waiting-theirs", await Globex.StateAsync());
        await Globex.DrainAsync();
        Assert.Equal("waiting-ours", await Acme.StateAsync());

        Assert.IsType<Transition.Done>(await Acme.ApproveAsync());
        Assert.Equal("active", await Acme.StateAsync());
        Assert.Equal("waiting-theirs", await Globex.StateAsync());
        await Acme.DrainAsync();
        Assert.Equal("active", await Globex.StateAsync());
    }

    [Fact]
    public async Task The_asking_side_may_approve_first()
    {
        await Acme.RequestAsync(Globex);
        await Acme.ApproveAsync();
        Assert.Equal("approved-here", await Acme.StateAsync());
        await Acme.DrainAsync();
        Assert.Equal("waiting-ours", await Globex.StateAsync());

        await Globex.OpenAsync();
        await Globex.ApproveAsync();
        await Globex.DrainAsync();

        Assert.Equal("active", await Acme.StateAsync());
        Assert.Equal("active", await Globex.StateAsync());
    }

    [Fact]
    public async Task Requests_that_cross_are_one_link()
    {
        await Acme.RequestAsync(Globex);
        await Globex.RequestAsync(Acme);
        await Acme.DrainAsync();
        await Globex.DrainAsync();
        Assert.Equal("both-asked", await Acme.StateAsync());
        Assert.Equal("both-asked", await Globex.StateAsync());

        await Acme.ApproveAsync();
        await Acme.DrainAsync();
        Assert.Equal("waiting-theirs", await Acme.StateAsync());
        Assert.Equal("waiting-ours", await Globex.StateAsync());
    }

    [Fact]
    public async Task To_ask_who_asked_makes_both_asked()
    {
        await Globex.RequestAsync(Acme);
        await Globex.DrainAsync();

        await Acme.RequestAsync(Globex);

        Assert.Equal("both-asked", await Acme.StateAsync());
    }

    [Fact]
    public async Task Receiving_a_request_fetches_nothing_and_opening_it_does()
    {
        await Acme.RequestAsync(Globex);
        var before = Net.Fetches;

        await Acme.DrainAsync();

        Assert.Equal(before, Net.Fetches);
        Assert.Null((await Globex.PeerAsync()).Verified);
        await Globex.OpenAsync();
        Assert.Equal(before + 1, Net.Fetches);
        Assert.NotNull((await Globex.PeerAsync()).Verified);
        Assert.Equal("acme", (await Globex.PeerAsync()).Name);
    }

    [Fact]
    public async Task A_request_that_was_not_opened_cannot_be_approved()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();

        Assert.IsType<Transition.Refused>(await Globex.ApproveAsync());
        Assert.Equal("incoming", await Globex.StateAsync());
    }

    [Fact]
    public async Task A_repeated_request_only_says_that_it_came_again()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        await Globex.OpenAsync();
        var first = await Globex.PeerAsync();
        Time.Advance(TimeSpan.FromHours(1));

        await Net.DeliverAsync(Acme.Home, Globex.Home.Domain, Net.Carried[0], Ct);

        Assert.Equal(first with { AskedAgain = Globex.Now }, await Globex.PeerAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_approval_of_any_other_pair_is_refused_on_both_sides(int wrong)
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        await Globex.OpenAsync();
        var peer = await Globex.PeerAsync();
        var good = Globex.Home.PairWith(peer);
        var bad = wrong switch
        {
            0 => good with { Ours = good.Ours with { Installation = new InstallationId(Guid.NewGuid()) } },
            1 => good with { Ours = good.Ours with { Thumbprint = Keys.New().Thumbprint } },
            2 => good with { Theirs = good.Theirs with { Installation = new InstallationId(Guid.NewGuid()) } },
            _ => good with { Theirs = good.Theirs with { Thumbprint = Keys.New().Thumbprint } },
        };

        Assert.IsType<Transition.Refused>(await Globex.Links.ApproveAsync(peer.Id, Site.Compared(bad), Ct));
        Assert.Equal("incoming", await Globex.StateAsync());
        var received = await Acme.Received.ReceiveAsync((await Acme.PeerAsync()).Id, new LinkMessage.Approve(peer.Names, bad), new Receipt("0123456789abcdef", "00"), Ct);
        Assert.IsType<ReceiveOutcome.Refused>(received);
        Assert.Equal("outgoing", await Acme.StateAsync());
    }

    [Fact]
    public async Task Nobody_approves_without_the_other_fingerprint_in_their_hands()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        await Globex.OpenAsync();
        var peer = await Globex.PeerAsync();
        var (theirs, ours) = (Fingerprint.Of(Acme.Home.Key.Thumbprint), Fingerprint.Of(Globex.Home.Key.Thumbprint));

        foreach (var (typed, reason) in new[]
        {
            ("", "Type or paste"),
            (" \n", "Type or paste"),
            (ours.ToString(), "our own fingerprint"),
            (Fingerprint.Of(Keys.New().Thumbprint).ToString(), "not the fingerprint"),
            (string.Join(' ', theirs.Words.Take(7)), "not the fingerprint"),
            (string.Join(' ', theirs.Words) + new string(' ', Approval.MaxTypedLength), "not the fingerprint"),
        })
        {
            var refused = Assert.IsType<Transition.Refused>(await Globex.Links.ApproveAsync(peer.Id, new Approval(Globex.Home.PairWith(peer), typed), Ct));
            Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
            Assert.Equal("incoming", await Globex.StateAsync());
        }

        Assert.IsType<Transition.Done>(await Globex.Links.ApproveAsync(peer.Id, new Approval(Globex.Home.PairWith(peer), string.Join(' ', theirs.Digits)), Ct));
    }

    [Fact]
    public async Task A_reject_is_told_and_can_be_thought_over()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        await Globex.OpenAsync();

        await Globex.Links.RejectAsync((await Globex.PeerAsync()).Id, Ct);
        await Globex.DrainAsync();
        Assert.Equal("rejected", await Globex.StateAsync());
        Assert.Equal("rejected", await Acme.StateAsync());

        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();
        Assert.Equal("outgoing", await Acme.StateAsync());
        Assert.Equal("rejected", await Globex.StateAsync());

        await Globex.ApproveAsync();
        await Globex.DrainAsync();
        Assert.Equal("waiting-theirs", await Globex.StateAsync());
        Assert.Equal("waiting-ours", await Acme.StateAsync());
    }

    [Fact]
    public async Task A_request_that_was_rejected_unopened_tells_its_claimed_domain_nothing()
    {
        await Acme.RequestAsync(Globex);
        await Acme.DrainAsync();

        await Globex.Links.RejectAsync((await Globex.PeerAsync()).Id, Ct);

        Assert.Equal("rejected", await Globex.StateAsync());
        Assert.Empty(await Globex.Store.RecentAsync(10, Ct));
    }

    [Fact]
    public async Task Each_side_resumes_what_it_suspended_itself()
    {
        await Acme.LinkWithAsync(Globex);
        await Acme.Links.SuspendAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Equal("suspended", await Acme.StateAsync());
        Assert.Equal("suspended", await Globex.StateAsync());

        Assert.IsType<Transition.Refused>(await Globex.Links.ResumeAsync((await Globex.PeerAsync()).Id, Ct));
        await Globex.Links.SuspendAsync((await Globex.PeerAsync()).Id, Ct);
        await Globex.DrainAsync();
        await Acme.Links.ResumeAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Equal("suspended", await Acme.StateAsync());
        Assert.Equal("suspended", await Globex.StateAsync());

        await Globex.Links.ResumeAsync((await Globex.PeerAsync()).Id, Ct);
        await Globex.DrainAsync();
        Assert.Equal("active", await Acme.StateAsync());
        Assert.Equal("active", await Globex.StateAsync());
    }

    [Fact]
    public async Task A_look_up_changes_nothing_and_names_who_is_there()
    {
        var found = Assert.IsType<LookUpOutcome.Found>(await Acme.Links.LookUpAsync(Globex.Home.Domain, Ct));

        Assert.Equal("globex", found.Installation.Name);
        Assert.Equal(Globex.Home.Key, found.Installation.Key);
        Assert.Empty(await Acme.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task Ourselves_and_who_cannot_be_reached_are_no_peers()
    {
        Assert.IsType<LookUpOutcome.Failed>(await Acme.Links.LookUpAsync(Acme.Home.Domain, Ct));
        Net.Forged["alias.example"] = Internet.Discovery(Acme.Home);
        Assert.IsType<LookUpOutcome.Failed>(await Acme.Links.LookUpAsync(Domain.Parse("alias.example"), Ct));
        Net.IsDown = true;
        Assert.IsType<Transition.Refused>(await Acme.RequestAsync(Globex));
        Assert.Empty(await Acme.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task A_key_that_changed_between_look_up_and_request_is_noticed()
    {
        var refused = await Acme.Links.RequestAsync(Globex.Home.Domain, Keys.New().Thumbprint, Ct);

        Assert.IsType<Transition.Refused>(refused);
        Assert.Empty(await Acme.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task A_test_measures_the_clock_and_notes_the_exchange()
    {
        await Acme.LinkWithAsync(Globex);
        Time.Advance(TimeSpan.FromHours(2));

        var check = await Acme.Links.TestAsync((await Acme.PeerAsync()).Id, Ct);

        Assert.Null(check.Error);
        var peer = await Acme.PeerAsync();
        Assert.Equal(Duration.FromSeconds(2), peer.ClockSkew);
        Assert.Equal(Acme.Now, peer.LastExchange);
    }

    [Fact]
    public async Task A_test_of_an_unreachable_peer_keeps_the_error_and_the_link()
    {
        await Acme.LinkWithAsync(Globex);
        Net.IsDown = true;

        var check = await Acme.Links.TestAsync((await Acme.PeerAsync()).Id, Ct);

        Assert.Equal("It cannot be reached.", check.Error);
        Assert.Equal("It cannot be reached.", (await Acme.PeerAsync()).LastError);
        Assert.Equal("active", await Acme.StateAsync());
    }
}
