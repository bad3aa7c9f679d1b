using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Features.Sharing;
using PeerWeb.Features.Sharing.State;
using PeerWeb.Shared;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Tests.Features.Sharing;

/// <summary>What Ada of acme.example shares and is offered, on a real database, with peers that the test names.</summary>
internal sealed class SharingDesk : IAsyncDisposable
{
    public static readonly UserName Ada = UserName.Parse("ada");
    private static readonly AppRegistry Apps = new([new CalendarApp()]);
    private readonly PeersOnly _peers = new();

    private SharingDesk(TestDatabase database)
    {
        Database = database;
        Queries = new SharingQueries(
            database.Grants, database.Services.GetRequiredService<GrantDeliveries>(), database.Stores, Apps, _peers,
            new OwnInstallation(Domain.Parse("acme.example"), "Acme"), Sources, (name, _) => Task.FromResult(name.Value is "ada" or "bob"), new SignedIn("ada"));
    }

    public TestDatabase Database { get; }

    public SharingQueries Queries { get; }

    public PeerChanges Changes { get; } = new();

    public SourceChanges Sources { get; } = new();

    public static async Task<SharingDesk> OpenAsync(CancellationToken cancellationToken) => new(await TestDatabase.CreateAsync(cancellationToken));

    /// <summary>What the pages need, with a store of their own: one tab.</summary>
    public void Serve(IServiceCollection services)
    {
        services.AddFluxor(flux => flux.ScanTypes(
            typeof(SharingState), typeof(SharingReducers), typeof(SharingEffects), typeof(OffersState), typeof(OffersReducers), typeof(OffersEffects)));
        services.AddSingleton(NullLoggerFactory.Instance);
        services.AddSingleton(Queries);
        services.AddSingleton(Database.Time);
        services.AddSingleton(Changes);
        services.AddSingleton<IPeerBook>(_peers);
        services.AddSingleton<IOfferBook>(Database.Services.GetRequiredService<SqlOffers>());
        services.AddSingleton(Database.Services.GetRequiredService<OfferChanges>());
        services.AddSingleton(Apps);
        services.AddSingleton<ChosenZone>(_ => Task.FromResult<string?>(null));
        services.AddScoped<ViewerZone>();
    }

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

    /// <summary>The link as Ada's pages see it is suspended from now on.</summary>
    public void Suspend(PeerId id)
    {
        var index = _peers.Peers.FindIndex(peer => peer.Id == id);
        _peers.Peers[index] = _peers.Peers[index] with { Facts = _peers.Peers[index].Facts with { SuspendedThere = Instant.FromUtc(2026, 2, 1, 0, 0) } };
    }

    public Task<CollectionId> AddCalendarAsync(string name, CancellationToken cancellationToken) =>
        Database.Collections.CreateAsync(Ada, CalendarApp.AppId, name, null, cancellationToken);

    /// <summary>What is stored: for each principal and collection the rights.</summary>
    public async Task<IReadOnlyList<(Principal, CollectionId?, Rights)>> StoredAsync(CancellationToken cancellationToken) =>
        [.. (await Database.Grants.ListAsync(Ada, CalendarApp.AppId, cancellationToken)).Select(one => (one.Grant.Principal, one.Grant.Collection, one.Grant.Rights))];

    /// <summary>A peer's owner tells of a grant; a later version of it with the same <paramref name="grant"/>.</summary>
    public Task TellAsync(PeerId peer, GrantId grant, int version, Rights rights, CancellationToken cancellationToken, params string[] names) =>
        TellAsync(peer, grant, version, rights, Ada, names, cancellationToken);

    /// <param name="recipient">Null: everyone here.</param>
    public async Task TellAsync(
        PeerId peer, GrantId grant, int version, Rights rights, UserName? recipient, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var covered = names.Select((name, i) => new NamedCollection(new CollectionId(new Guid(i + 1, 0, 0, new byte[8])), name, null)).ToList();
        var notice = new GrantNotice(
            grant, version, UserName.Parse("sam"), CalendarApp.AppId, covered.Count == 1 ? covered[0].Id : null, covered, recipient, rights);
        await Database.Services.GetRequiredService<ReceivedOffers>().ReceiveAsync(
            peer, notice, new Receipt(Guid.NewGuid().ToString("N"), new string('0', 64)), cancellationToken);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

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
