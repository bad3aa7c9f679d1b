using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>Grants change by version: what somebody saw is what they change.</summary>
public sealed class SqlGrantsTests : SiteTests
{
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Bob = UserName.Parse("bob");
    private static readonly Principal Carol = new Principal.LocalUser(UserName.Parse("carol"));

    [Fact]
    public async Task Two_tabs_cannot_undo_each_other_and_the_other_changes_of_a_save_still_happen()
    {
        var (work, home) = (await CalendarAsync("Work"), await CalendarAsync("Home"));
        Assert.Equal(new GrantOutcome.Saved(Rights.Read, 1), await SaveAsync(Change(work, Rights.Read, Rights.None, 0)));
        Assert.Equal(new GrantOutcome.Saved(Rights.Read | Rights.Edit, 2), await SaveAsync(Change(work, Rights.Edit, Rights.None, 1)));

        var late = await Acme.Grants.SaveAsync(Ada, [Change(work, Rights.Delete, Rights.None, 1), Change(home, Rights.Read, Rights.None, 0)], Ct);

        Assert.Equal([new GrantOutcome.Stale(Rights.Read | Rights.Edit, 2), new GrantOutcome.Saved(Rights.Read, 1)], late);
        Assert.Equal([(Rights.Read | Rights.Edit, 2), (Rights.Read, 1)], (await ListAsync()).OrderByDescending(one => one.Version).Select(one => (one.Grant.Rights, one.Version)));
    }

    [Fact]
    public async Task A_tab_that_saw_no_grant_does_not_overwrite_the_one_that_came_and_the_reverse()
    {
        var work = await CalendarAsync("Work");
        await SaveAsync(Change(work, Rights.Read, Rights.None, 0));

        Assert.Equal(new GrantOutcome.Stale(Rights.Read, 1), await SaveAsync(Change(work, Rights.All, Rights.None, 0)));
        Assert.Equal(new GrantOutcome.Saved(Rights.None, 0), await SaveAsync(Change(work, Rights.None, Rights.All, 1)));
        Assert.Equal(new GrantOutcome.Stale(Rights.None, 0), await SaveAsync(Change(work, Rights.Edit, Rights.None, 1)));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task All_six_rights_are_kept_as_ticked_and_single_ones_come_and_go()
    {
        var work = await CalendarAsync("Work");

        Assert.Equal(new GrantOutcome.Saved(Rights.Private | Rights.Delete, 1), await SaveAsync(Change(work, Rights.Private | Rights.Delete, Rights.None, 0)));
        Assert.Equal(new GrantOutcome.Saved(Rights.Private | Rights.FreeBusy, 2), await SaveAsync(Change(work, Rights.FreeBusy, Rights.Delete, 1)));
        Assert.Equal(new GrantOutcome.Saved(Rights.All, 3), await SaveAsync(Change(work, Rights.All, Rights.None, 2)));
        Assert.Equal(new GrantOutcome.Saved(Rights.All, 3), await SaveAsync(Change(work, Rights.Edit, Rights.None, 3)));
    }

    [Fact]
    public async Task Given_anew_after_its_end_it_is_another_grant()
    {
        var work = await CalendarAsync("Work");
        await SaveAsync(Change(work, Rights.Read, Rights.None, 0));
        var first = Assert.Single(await ListAsync()).Grant.Id;
        await SaveAsync(Change(work, Rights.None, Rights.All, 1));

        await SaveAsync(Change(work, Rights.Read, Rights.None, 0));

        var second = Assert.Single(await ListAsync());
        Assert.NotEqual(first, second.Grant.Id);
        Assert.Equal(1, second.Version);
    }

    [Fact]
    public async Task Only_the_owner_grants_nobody_needs_a_grant_of_their_own_and_no_link_means_no_grant()
    {
        var work = await CalendarAsync("Work");
        GrantChange[] wrong =
        [
            Change(CollectionId.New(), Rights.Read, Rights.None, 0),
            Change(work, Rights.Read, Rights.None, 0) with { Principal = new Principal.LocalUser(Ada) },
            Change(work, Rights.Read, Rights.None, 0) with { Principal = new Principal.RemoteUser(PeerId.New(), Bob) },
            Change(work, Rights.Read, Rights.None, 0) with { Principal = new Principal.EveryoneAt(PeerId.New()) },
        ];

        Assert.All(await Acme.Grants.SaveAsync(Ada, wrong, Ct), outcome => Assert.IsType<GrantOutcome.Refused>(outcome));
        Assert.IsType<GrantOutcome.Refused>(Assert.Single(await Acme.Grants.SaveAsync(Bob, [Change(work, Rights.Read, Rights.None, 0)], Ct)));
        Assert.Empty(await ListAsync());
    }

    private Task<CollectionId> CalendarAsync(string name) => Acme.Collections.CreateAsync(Ada, CalendarApp.AppId, name, null, Ct);

    private static GrantChange Change(CollectionId collection, Rights add, Rights remove, int version) =>
        new(CalendarApp.AppId, collection, Carol, add, remove, version);

    private async Task<GrantOutcome> SaveAsync(GrantChange change) => Assert.Single(await Acme.Grants.SaveAsync(Ada, [change], Ct));

    private Task<IReadOnlyList<StoredGrant>> ListAsync() => Acme.Grants.ListAsync(Ada, CalendarApp.AppId, Ct);
}
