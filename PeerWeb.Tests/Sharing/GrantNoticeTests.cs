using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Sharing;

/// <summary>How the changes of a grant at Acme reach Globex, through the outbox, a bad net and restarts.</summary>
public sealed class GrantNoticeTests : SiteTests
{
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    [Fact]
    public async Task A_peer_that_was_away_for_a_day_hears_every_change_in_order_and_once_and_drops_the_source()
    {
        await LinkAsync();
        await SaveAsync(Rights.Read, Rights.None, 0);
        await Acme.DrainAsync();
        var grant = Assert.Single(await Globex.Offers.ListAsync(Sam, Ct)).Notice.Grant;
        Assert.True(await Globex.Offers.AnswerAsync(Sam, await GlobexsPeerAsync(), grant, OfferAnswer.Accepted, Ct));

        Net.IsDown = true;
        await SaveAsync(Rights.Edit, Rights.None, 1);
        await PassAsync(hours: 12);
        Acme.Restart();
        await SaveAsync(Rights.None, Rights.All, 2);
        Assert.Empty(await Acme.Grants.ListAsync(Ada, CalendarApp.AppId, Ct));
        await PassAsync(hours: 12);
        Assert.Null(Assert.Single(await Globex.Offers.ListAsync(Sam, Ct)).Ended);
        (Net.IsDown, Net.LosesAnswers) = (false, true);
        await PassAsync(hours: 1);
        Net.LosesAnswers = false;
        await Acme.DrainToTheEndAsync();

        Assert.Equal([(GrantMessageKinds.Offer, 1), (GrantMessageKinds.Change, 2), (GrantMessageKinds.End, 3)], Heard().Distinct());
        Assert.Equal(Heard().OrderBy(one => one.Version), Heard());
        Assert.True(Heard().Count > 3);
        var offer = Assert.Single(await Globex.Offers.ListAsync(Sam, Ct));
        Assert.Equal((3, true, OfferAnswer.Accepted), (offer.Notice.Version, offer.Notice.IsEnd, offer.Answer));
        Assert.NotNull(offer.Ended);
        Assert.Equal(["Work"], offer.Notice.Covered.Select(named => named.Name));
    }

    [Fact]
    public async Task The_owner_sees_what_was_confirmed_when_and_what_is_tried_again_when()
    {
        await LinkAsync();
        await SaveAsync(Rights.Read, Rights.None, 0);
        await Acme.DrainAsync();
        var confirmed = Acme.Now;
        Net.IsDown = true;
        Time.Advance(TimeSpan.FromHours(1));
        var heard = 0;
        Acme.Changes.Changed += () => heard++;
        await SaveAsync(Rights.Edit, Rights.None, 1);
        await Acme.DrainAsync();

        Assert.Equal(1, heard);
        var deliveries = await Acme.Deliveries.ListAsync(Ada, Ct);
        Assert.Equal([MessageState.Waiting, MessageState.Sent], deliveries.Select(one => one.State));
        Assert.Equal((null, 1, Acme.Now + NodaTime.Duration.FromSeconds(5)), (deliveries[0].Settled, deliveries[0].Attempts, deliveries[0].NextTry));
        Assert.Equal("It cannot be reached.", deliveries[0].Reason);
        Assert.Equal((confirmed, null), (deliveries[1].Settled, deliveries[1].NextTry));
        Assert.Equal([Rights.Read | Rights.Edit, Rights.Read], deliveries.Select(one => one.Notice.Rights));
        Assert.Empty(await Acme.Deliveries.ListAsync(UserName.Parse("bob"), Ct));
    }

    [Fact]
    public async Task What_changes_while_the_link_rests_is_told_when_it_is_active_again()
    {
        await LinkAsync();
        await SaveAsync(Rights.Read, Rights.None, 0);
        await Acme.DrainAsync();
        var peer = (await Acme.PeerAsync()).Id;
        await Acme.Links.SuspendAsync(peer, Ct);
        await Acme.DrainAsync();

        var grants = await Acme.Grants.SaveAsync(
            Ada, [Change(Rights.Edit, Rights.None, 1, await AcmesPeerAsync()), Change(Rights.None, Rights.Read, 1, await AcmesPeerAsync())], Ct);

        Assert.IsType<GrantOutcome.Refused>(grants[0]);
        Assert.Equal(new GrantOutcome.Saved(Rights.None, 0), grants[1]);
        Assert.Null(await Acme.Outbox.DrainAsync(Ct));
        Assert.Equal(0, (await Acme.Deliveries.ListAsync(Ada, Ct))[0].Attempts);
        await Acme.Links.ResumeAsync(peer, Ct);
        await Acme.DrainAsync();
        Assert.Equal((GrantMessageKinds.End, 2), Heard()[^1]);
        Assert.Equal("active", await Globex.StateAsync());
    }

    [Fact]
    public async Task With_the_link_end_its_waiting_notices_and_its_offers_on_the_other_side()
    {
        await LinkAsync();
        await SaveAsync(Rights.Read, Rights.None, 0);
        await Acme.DrainAsync();
        var theirs = await GlobexsPeerAsync();
        await Globex.Offers.AnswerAsync(Sam, theirs, Assert.Single(await Globex.Offers.ListAsync(Sam, Ct)).Notice.Grant, OfferAnswer.Accepted, Ct);
        Net.IsDown = true;
        await SaveAsync(Rights.Edit, Rights.None, 1);
        await Acme.DrainAsync();
        var told = new List<OfferChange>();
        Globex.Offered.Changed += told.Add;

        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        Net.IsDown = false;
        await Acme.DrainToTheEndAsync();

        Assert.Equal([MessageState.Withdrawn, MessageState.Sent], (await Acme.Deliveries.ListAsync(Ada, Ct)).Select(one => one.State));
        Assert.Empty(await Acme.Grants.ListAsync(Ada, CalendarApp.AppId, Ct));
        Assert.NotNull(Assert.Single(await Globex.Offers.ListAsync(Sam, Ct)).Ended);
        Assert.Equal(new OfferChange(theirs, Domain.Parse("acme.example"), null, null, IsGone: true), Assert.Single(told));
    }

    [Fact]
    public async Task Grants_from_before_there_were_notices_are_told_once()
    {
        await LinkAsync();
        await using (var db = Acme.Contexts.CreateDbContext())
        {
            db.Grants.Add(Row(PrincipalKind.RemoteUser, (await Acme.PeerAsync()).Id.Value, "sam"));
            db.Grants.Add(Row(PrincipalKind.EveryoneAt, (await Acme.PeerAsync()).Id.Value, ""));
            db.Grants.Add(Row(PrincipalKind.LocalUser, Guid.Empty, "bob"));
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal(2, await Acme.Untold.TellAsync(Ct));
        Assert.Equal(0, await Acme.Untold.TellAsync(Ct));

        await Acme.DrainAsync();
        Assert.Equal(0, await Acme.Untold.TellAsync(Ct));
        Assert.Equal([null, Sam], (await Globex.Offers.ListAsync(Sam, Ct)).Select(offer => offer.Notice.Recipient).OrderBy(name => name?.Value));
        Assert.Null(Assert.Single(await Globex.Offers.ListAsync(UserName.Parse("grace"), Ct)).Notice.Recipient);
    }

    private static GrantRow Row(PrincipalKind kind, Guid peer, string name) => new()
    {
        Id = Guid.NewGuid(),
        Owner = Ada.Value,
        App = CalendarApp.AppId.Value,
        CollectionId = string.Empty,
        Kind = kind,
        PeerId = peer,
        Name = name,
        Rights = (int)Rights.Read,
        Version = 4,
        CreatedAt = 0,
    };

    private async Task LinkAsync()
    {
        await Acme.LinkWithAsync(Globex);
        Net.Carried.Clear();
        await Acme.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", "#336699", Ct);
    }

    private async Task<Principal> AcmesPeerAsync() => new Principal.RemoteUser((await Acme.PeerAsync()).Id, Sam);

    private async Task<PeerId> GlobexsPeerAsync() => (await Globex.PeerAsync()).Id;

    private static GrantChange Change(Rights add, Rights remove, int version, Principal principal) =>
        new(CalendarApp.AppId, Collection: null, principal, add, remove, version);

    private async Task SaveAsync(Rights add, Rights remove, int version) => Assert.IsType<GrantOutcome.Saved>(
        Assert.Single(await Acme.Grants.SaveAsync(Ada, [Change(add, remove, version, await AcmesPeerAsync())], Ct)));

    /// <summary>Sends whatever is due, as it becomes due.</summary>
    private async Task PassAsync(int hours)
    {
        var end = Acme.Now + NodaTime.Duration.FromHours(hours);
        while (await Acme.Outbox.DrainAsync(Ct) is { } due && due < end)
            Time.Advance((due - Acme.Now).ToTimeSpan());
        Time.Advance((end - Acme.Now).ToTimeSpan());
    }

    /// <summary>What arrived at Globex, repeats included.</summary>
    private List<(string Kind, int Version)> Heard() =>
        [.. from message in Net.Carried
            where GrantMessageKinds.All.Contains(message.Kind)
            let notice = GrantWire.Read(new MessageDraft(message.Kind, message.Body))
            where notice is not null
            select (message.Kind, notice.Version)];
}
