using CsCheck;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Sharing;

public sealed class EffectiveRightsTests
{
    private static readonly AppId Calendar = AppId.Parse("calendar");
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");
    private static readonly PeerId Globex = PeerId.New();
    private static readonly PeerId Initech = PeerId.New();
    private static readonly CollectionFact Work = new(CollectionId.New(), Calendar, Ada, HasBusyTime: true);
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);
    private static readonly Actor SamAtGlobex = new Actor.Remote(Globex, Sam, ["sales"]);

    private static Grant To(Principal principal, Rights rights, CollectionId? collection = null, Instant? expires = null, AppId? app = null, UserName? owner = null) =>
        new(GrantId.New(), owner ?? Ada, app ?? Calendar, collection, principal, rights, expires, string.Empty);

    private static Rights Of(Actor actor, IEnumerable<Grant> grants, IEnumerable<Ceiling>? ceilings = null, bool linkIsActive = true) =>
        EffectiveRights.Of(actor, Work, grants, ceilings ?? [], linkIsActive, Now).Rights;

    [Fact]
    public void The_owner_may_everything_and_nobody_else_anything_without_a_grant()
    {
        Assert.Equal(Rights.All, Of(new Actor.Local(Ada, []), []));
        Assert.Equal(Rights.None, Of(new Actor.Local(Sam, []), []));
        Assert.Equal(Rights.None, Of(SamAtGlobex, []));
    }

    [Fact]
    public void A_remote_user_of_the_owners_name_is_not_the_owner() =>
        Assert.Equal(Rights.None, Of(new Actor.Remote(Globex, Ada, []), []));

    public static TheoryData<Principal, bool> Principals => new()
    {
        { new Principal.RemoteUser(Globex, Sam), true },
        { new Principal.RemoteUser(Initech, Sam), false },
        { new Principal.RemoteUser(Globex, Ada), false },
        { new Principal.RemoteGroup(Globex, "sales"), true },
        { new Principal.RemoteGroup(Globex, "Sales"), false },
        { new Principal.RemoteGroup(Initech, "sales"), false },
        { new Principal.EveryoneAt(Globex), true },
        { new Principal.EveryoneAt(Initech), false },
        { new Principal.LocalUser(Sam), false },
        { new Principal.LocalGroup("sales"), false },
    };

    [Theory]
    [MemberData(nameof(Principals))]
    public void A_grant_reaches_whom_it_names_at_the_peer_it_names(Principal principal, bool reaches) =>
        Assert.Equal(reaches ? Rights.Read | Rights.FreeBusy : Rights.None, Of(SamAtGlobex, [To(principal, Rights.Read)]));

    [Fact]
    public void Grants_of_others_apps_and_collections_give_nothing()
    {
        var sam = new Principal.RemoteUser(Globex, Sam);
        Assert.Equal(Rights.None, Of(SamAtGlobex, [To(sam, Rights.All, owner: UserName.Parse("bob"))]));
        Assert.Equal(Rights.None, Of(SamAtGlobex, [To(sam, Rights.All, app: AppId.Parse("todo"))]));
        Assert.Equal(Rights.None, Of(SamAtGlobex, [To(sam, Rights.All, collection: CollectionId.New())]));
        Assert.NotEqual(Rights.None, Of(SamAtGlobex, [To(sam, Rights.All, collection: Work.Id)]));
    }

    [Fact]
    public void A_grant_ends_with_the_second_it_expires()
    {
        var sam = new Principal.RemoteUser(Globex, Sam);
        Assert.Equal(Rights.None, Of(SamAtGlobex, [To(sam, Rights.Read, expires: Now)]));
        Assert.NotEqual(Rights.None, Of(SamAtGlobex, [To(sam, Rights.Read, expires: Now + Duration.FromSeconds(1))]));
    }

    [Fact]
    public void Without_an_active_link_no_grant_gives_anything() =>
        Assert.Equal(Rights.None, Of(SamAtGlobex, [To(new Principal.RemoteUser(Globex, Sam), Rights.All)], linkIsActive: false));

    [Theory]
    [InlineData(Rights.FreeBusy, Rights.FreeBusy)]
    [InlineData(Rights.Private, Rights.None)]
    [InlineData(Rights.Private | Rights.FreeBusy, Rights.FreeBusy)]
    [InlineData(Rights.Read | Rights.Private, Rights.Read | Rights.FreeBusy | Rights.Private)]
    public void Busy_times_need_nothing_else_and_private_entries_need_read(Rights given, Rights effective) =>
        Assert.Equal(effective, Of(SamAtGlobex, [To(new Principal.RemoteUser(Globex, Sam), given)]));

    [Fact]
    public void The_union_of_grants_is_cut_by_the_ceiling_of_the_peer_and_app_alone()
    {
        Grant[] grants = [To(new Principal.RemoteUser(Globex, Sam), Rights.Read | Rights.Edit), To(new Principal.EveryoneAt(Globex), Rights.Add)];
        Assert.Equal(Rights.FreeBusy | Rights.Read | Rights.Add | Rights.Edit, Of(SamAtGlobex, grants));
        Assert.Equal(Rights.FreeBusy | Rights.Read, Of(SamAtGlobex, grants, [new Ceiling(Globex, Calendar, Rights.Read | Rights.FreeBusy)]));
        Assert.Equal(Rights.FreeBusy | Rights.Read | Rights.Add | Rights.Edit, Of(SamAtGlobex, grants, [new Ceiling(Initech, Calendar, Rights.None)]));
        Assert.Equal(Rights.FreeBusy | Rights.Read | Rights.Add | Rights.Edit, Of(SamAtGlobex, grants, [new Ceiling(Globex, AppId.Parse("todo"), Rights.None)]));
    }

    [Fact]
    public void Of_read_a_ceiling_of_busy_times_leaves_busy_times() =>
        Assert.Equal(Rights.FreeBusy, Of(SamAtGlobex, [To(new Principal.RemoteUser(Globex, Sam), Rights.Read)], [new Ceiling(Globex, Calendar, Rights.FreeBusy)]));

    [Fact]
    public void A_ceiling_without_read_takes_what_needs_read_with_it() =>
        Assert.Equal(Rights.FreeBusy | Rights.Add, Of(SamAtGlobex, [To(new Principal.RemoteUser(Globex, Sam), Rights.All)], [new Ceiling(Globex, Calendar, Rights.All & ~Rights.Read)]));

    [Fact]
    public void More_grants_never_give_less_and_the_version_changes_exactly_with_the_rights()
    {
        var grant = Gen.Int[0, 63].Select(bits => To(new Principal.RemoteUser(Globex, Sam), (Rights)bits));
        Gen.Select(grant.List[0, 4], grant, Gen.Int[0, 63]).ForAll((grants, more, ceiling) =>
        {
            Ceiling[] ceilings = [new(Globex, Calendar, (Rights)ceiling)];
            var before = EffectiveRights.Of(SamAtGlobex, Work, grants, ceilings, true, Now);
            var after = EffectiveRights.Of(SamAtGlobex, Work, [.. grants, more], ceilings, true, Now);
            Assert.True(after.Rights.Allows(before.Rights));
            Assert.Equal(Rights.None, after.Rights & ~(Rights)ceiling & ~Rights.FreeBusy);
            Assert.Equal(before.Rights == after.Rights, before.Version == after.Version);
        });
    }
}
