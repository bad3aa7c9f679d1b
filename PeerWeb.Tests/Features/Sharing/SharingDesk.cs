using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Features.Sharing;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Tests.Features.Sharing;

/// <summary>What Ada of acme.example shares, on a real database, with peers that the test names.</summary>
internal sealed class SharingDesk : IAsyncDisposable
{
    public static readonly UserName Ada = UserName.Parse("ada");
    private readonly PeersOnly _peers = new();

    private SharingDesk(TestDatabase database)
    {
        Database = database;
        Queries = new SharingQueries(
            database.Grants, database.Stores, new AppRegistry([new CalendarApp()]), _peers, new OwnInstallation(Domain.Parse("acme.example"), "Acme"),
            (name, _) => Task.FromResult(name.Value is "ada" or "bob"), new SignedIn());
    }

    public TestDatabase Database { get; }

    public SharingQueries Queries { get; }

    public static async Task<SharingDesk> OpenAsync(CancellationToken cancellationToken) => new(await TestDatabase.CreateAsync(cancellationToken));

    public PeerId Link(string domain, Func<LinkFacts, LinkFacts> facts)
    {
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = new InstallationId(Guid.NewGuid()),
            Domain = Domain.Parse(domain),
            Name = "Globex",
            Key = PublicKey.Create(new string('A', 43), new string('A', 43)),
            FirstSeen = Instant.FromUtc(2026, 1, 1, 0, 0),
            Facts = facts(new LinkFacts()),
        };
        _peers.Peers.Add(peer);
        using var db = Database.NewContext();
        db.Add(peer.ToNewRow());
        db.SaveChanges();
        return peer.Id;
    }

    public PeerId LinkActive(string domain) => Link(domain, facts => facts with
    {
        AskedHere = Instant.FromUtc(2026, 1, 1, 0, 0),
        ApprovedHere = Instant.FromUtc(2026, 1, 1, 0, 0),
        ApprovedThere = Instant.FromUtc(2026, 1, 1, 0, 0),
    });

    public async Task<SharedCollection> AddCalendarAsync(string name, CancellationToken cancellationToken)
    {
        await Database.Collections.CreateAsync(Ada, CalendarApp.AppId, name, null, cancellationToken);
        return (await Queries.ListAsync(cancellationToken)).Collections.Single(collection => collection.Name == name);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private sealed class SignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "test"))));
    }

    private sealed class PeersOnly : IPeerBook
    {
        public List<Peer> Peers { get; } = [];

        public Task<IReadOnlyList<Peer>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Peer>>([.. Peers]);

        public Task<Peer?> FindAsync(PeerId id, CancellationToken cancellationToken) => Task.FromResult(Peers.Find(peer => peer.Id == id));

        public Task<Peer?> FindByKeyAsync(KeyThumbprint thumbprint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<T> ChangeAsync<T>(Func<IReadOnlyList<Peer>, BookChange<T>> decide, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReceiveOutcome> ReceiveAsync(
            PeerId peer, Receipt receipt, Func<IReadOnlyList<Peer>, BookChange<ReceiveOutcome>> decide, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task RecordContactAsync(PeerId peer, PeerContact contact, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
