using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing.Matrix;

namespace PeerWeb.Tests.Features.Sharing.Matrix;

/// <summary>Ada's calendars Work and Home, and people she may share them with.</summary>
internal static class MatrixWorld
{
    public static readonly PeerId Globex = PeerId.New();
    public static readonly CollectionId Work = CollectionId.New();
    public static readonly CollectionId Home = CollectionId.New();
    public static readonly MatrixPrincipal Sam = new(new Principal.RemoteUser(Globex, UserName.Parse("sam")), "sam@globex.example", "Globex", Globex, null);
    public static readonly MatrixPrincipal Bob = new(new Principal.LocalUser(UserName.Parse("bob")), "bob@acme.example", "Acme", null, null);
    public static readonly MatrixPrincipal Everyone = new(new Principal.EveryoneAt(Globex), "everyone@globex.example", "Globex", Globex, null);

    public static MatrixKey Key(MatrixPrincipal who, CollectionId? collection = null) => new(CalendarApp.AppId, who.Principal, collection);

    public static MatrixFacts Facts(params (MatrixPrincipal Who, CollectionId? On, Rights Rights, int Version)[] grants) => new(
        [new MatrixApp(CalendarApp.AppId, "calendar", [new MatrixCollection(Work, "Work", "#0f7bc4"), new MatrixCollection(Home, "Home", null)])],
        [.. grants.Select(grant => grant.Who).Distinct()],
        grants.ToDictionary(grant => Key(grant.Who, grant.On), grant => new StoredRights(grant.Rights, grant.Version, null)));
}
