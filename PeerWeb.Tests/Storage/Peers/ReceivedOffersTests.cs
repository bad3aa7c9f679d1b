using PeerWeb.Core.Calendars;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Storage.Peers;

/// <summary>What Globex makes of the notices that peers send, in whatever order and shape they come.</summary>
public sealed class ReceivedOffersTests : SiteTests
{
    private static readonly UserName Sam = UserName.Parse("sam");
    private static readonly CollectionId Work = CollectionId.New();
    private readonly GrantId _grant = GrantId.New();
    private int _keys;

    [Fact]
    public async Task The_newest_version_counts_in_whatever_order_notices_come()
    {
        var acme = await LinkAsync(Acme);

        await TakeAsync(acme, Notice(3, Rights.Read | Rights.Edit));
        await TakeAsync(acme, Notice(1, Rights.Read));
        await TakeAsync(acme, Notice(3, Rights.All));
        Assert.Equal((3, Rights.Read | Rights.Edit), Told(await OnlyAsync()));
        await TakeAsync(acme, Notice(4, Rights.Read));

        Assert.Equal((4, Rights.Read), Told(await OnlyAsync()));
    }

    [Fact]
    public async Task An_end_that_overtook_its_offer_stays_the_end()
    {
        var acme = await LinkAsync(Acme);

        await TakeAsync(acme, Notice(2, Rights.None));
        await TakeAsync(acme, Notice(1, Rights.Read));

        Assert.Empty(await Globex.Offers.ListAsync(Sam, Ct));
        Assert.IsType<ReceiveOutcome.Refused>(await ReceiveAsync(acme, Notice(3, Rights.Read)));
    }

    [Fact]
    public async Task A_repeat_has_no_second_effect_and_another_body_under_its_key_is_refused()
    {
        var acme = await LinkAsync(Acme);
        var receipt = NewReceipt();
        var told = 0;
        Globex.Offered.Changed += _ => told++;

        for (var i = 0; i < 3; i++)
            Assert.IsType<ReceiveOutcome.Accepted>(await Globex.ReceivedOffers.ReceiveAsync(acme, Notice(1, Rights.Read), receipt, Ct));
        var other = await Globex.ReceivedOffers.ReceiveAsync(acme, Notice(2, Rights.All), receipt with { BodyHash = new string('1', 64) }, Ct);

        Assert.IsType<ReceiveOutcome.KeyReused>(other);
        Assert.Equal((1, Rights.Read), Told(await OnlyAsync()));
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task A_peer_that_uses_another_peers_grant_id_has_an_offer_of_its_own_and_touches_no_other()
    {
        var acme = await LinkAsync(Acme);
        using var initech = new Site("initech.example", Net, Time);
        var other = await LinkAsync(initech);
        await TakeAsync(acme, Notice(1, Rights.Read));

        await TakeAsync(other, Notice(9, Rights.None));
        await TakeAsync(other, Notice(10, Rights.None));

        var offer = await OnlyAsync();
        Assert.Equal((acme, null), (offer.Peer, offer.Ended));
        Assert.Equal((1, Rights.Read), Told(offer));
        Net.Sites.Remove(initech);
    }

    [Fact]
    public async Task A_grant_cannot_become_another_ones()
    {
        var acme = await LinkAsync(Acme);
        await TakeAsync(acme, Notice(1, Rights.Read));
        GrantNotice[] others =
        [
            Notice(2, Rights.Read) with { Owner = UserName.Parse("bob") },
            Notice(2, Rights.Read) with { Recipient = null },
            Notice(2, Rights.Read) with { Recipient = UserName.Parse("grace") },
            Notice(2, Rights.Read) with { Collection = null },
            Notice(2, Rights.Read) with { App = AppId.Parse("other") },
        ];

        foreach (var notice in others)
            Assert.IsType<ReceiveOutcome.Refused>(await ReceiveAsync(acme, notice));

        Assert.Equal((1, Rights.Read), Told(await OnlyAsync()));
    }

    [Fact]
    public async Task There_are_at_most_10000_offers_of_a_peer_and_ends_are_always_taken()
    {
        var acme = await LinkAsync(Acme);
        await using (var db = Globex.Contexts.CreateDbContext())
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i < ReceivedOffers.MostOffers; i++)
                db.Add((Notice(1, Rights.Read) with { Grant = GrantId.New(), Recipient = UserName.Parse("nobody") }).ToRow(acme, now: 0));
            await db.SaveChangesAsync(Ct);
        }

        Assert.IsType<ReceiveOutcome.Refused>(await ReceiveAsync(acme, Notice(1, Rights.Read)));
        Assert.IsType<ReceiveOutcome.Accepted>(await ReceiveAsync(acme, Notice(2, Rights.None)));
        Assert.Empty(await Globex.Offers.ListAsync(Sam, Ct));
    }

    [Fact]
    public async Task Each_user_answers_an_offer_to_everyone_for_themselves()
    {
        var acme = await LinkAsync(Acme);
        var grace = UserName.Parse("grace");
        await TakeAsync(acme, Notice(1, Rights.Read) with { Recipient = null });

        Assert.True(await AnswerAsync(acme, Sam, OfferAnswer.Accepted));
        Assert.True(await AnswerAsync(acme, grace, OfferAnswer.Declined));

        Assert.Equal(OfferAnswer.Accepted, (await OnlyAsync()).Answer);
        Assert.Equal(OfferAnswer.Declined, Assert.Single(await Globex.Offers.ListAsync(grace, Ct)).Answer);
        Assert.Equal(OfferAnswer.Open, Assert.Single(await Globex.Offers.ListAsync(UserName.Parse("henry"), Ct)).Answer);
    }

    [Fact]
    public async Task What_was_accepted_can_be_left_what_ended_put_away_and_what_is_anothers_not_answered()
    {
        var acme = await LinkAsync(Acme);
        await TakeAsync(acme, Notice(1, Rights.Read));
        Assert.False(await AnswerAsync(acme, UserName.Parse("grace"), OfferAnswer.Accepted));
        Assert.False(await Globex.Offers.DismissAsync(Sam, acme, _grant, Ct));

        Assert.True(await AnswerAsync(acme, Sam, OfferAnswer.Accepted));
        Assert.True(await AnswerAsync(acme, Sam, OfferAnswer.Open));
        Assert.Equal(OfferAnswer.Open, (await OnlyAsync()).Answer);
        Assert.True(await AnswerAsync(acme, Sam, OfferAnswer.Accepted));
        await TakeAsync(acme, Notice(2, Rights.None));

        Assert.NotNull((await OnlyAsync()).Ended);
        Assert.True(await Globex.Offers.DismissAsync(Sam, acme, _grant, Ct));
        Assert.False(await Globex.Offers.DismissAsync(Sam, acme, _grant, Ct));
        Assert.Empty(await Globex.Offers.ListAsync(Sam, Ct));
    }

    [Theory]
    [InlineData(OfferAnswer.Open)]
    [InlineData(OfferAnswer.Declined)]
    public async Task An_ended_offer_that_was_not_accepted_is_gone_and_cannot_be_accepted(OfferAnswer answer)
    {
        var acme = await LinkAsync(Acme);
        await TakeAsync(acme, Notice(1, Rights.Read));
        await AnswerAsync(acme, Sam, answer);
        await TakeAsync(acme, Notice(2, Rights.None));

        Assert.Empty(await Globex.Offers.ListAsync(Sam, Ct));
        Assert.False(await AnswerAsync(acme, Sam, OfferAnswer.Accepted));
    }

    private async Task<PeerId> LinkAsync(Site other)
    {
        await other.RequestAsync(Globex);
        await other.DrainAsync();
        var peer = (await Globex.Book.ListAsync(Ct)).Single(row => row.Domain == other.Home.Domain);
        await Globex.Links.OpenAsync(peer.Id, Ct);
        await Globex.ApproveAsync(peer);
        await Globex.DrainAsync();
        await other.ApproveAsync();
        await other.DrainAsync();
        return peer.Id;
    }

    private GrantNotice Notice(int version, Rights rights) => new(
        _grant, version, UserName.Parse("ada"), CalendarApp.AppId, Work, [new NamedCollection(Work, "Work", null)], Sam, rights);

    private Receipt NewReceipt() => new($"key-{++_keys:D20}", new string('0', 64));

    private Task<ReceiveOutcome> ReceiveAsync(PeerId peer, GrantNotice notice) => Globex.ReceivedOffers.ReceiveAsync(peer, notice, NewReceipt(), Ct);

    private async Task TakeAsync(PeerId peer, GrantNotice notice) => Assert.IsType<ReceiveOutcome.Accepted>(await ReceiveAsync(peer, notice));

    private Task<bool> AnswerAsync(PeerId peer, UserName user, OfferAnswer answer) => Globex.Offers.AnswerAsync(user, peer, _grant, answer, Ct);

    private async Task<Offer> OnlyAsync() => Assert.Single(await Globex.Offers.ListAsync(Sam, Ct));

    private static (int, Rights) Told(Offer offer) => (offer.Notice.Version, offer.Notice.Rights);
}
