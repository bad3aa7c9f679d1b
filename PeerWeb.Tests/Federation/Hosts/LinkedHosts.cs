using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.PeerApi.Links;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>Two whole installations, Acme and Globex, with a clock each. They are started once for a class; each test links them anew.</summary>
public class LinkedHosts : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _started = [];
    private InstallationHost? _acme;
    private InstallationHost? _globex;
    private Front? _front;
    private Cable? _cable;
    private int _links;

    internal InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    internal InstallationHost Globex => _globex ?? throw new InvalidOperationException("Not started.");

    /// <summary>What stands at Acme's endpoint.</summary>
    internal Front Front => _front ?? throw new InvalidOperationException("Nothing stands in front of Acme.");

    /// <summary>What carries the bytes to Acme's endpoint and back.</summary>
    internal Cable Cable => _cable ?? throw new InvalidOperationException("Acme is reached without one.");

    internal PatientClock AcmeClock { get; } = new();

    internal PatientClock GlobexClock { get; } = new();

    protected virtual bool HasFront => false;

    protected virtual bool HasCable => false;

    /// <summary>Of the next host.</summary>
    protected virtual Task<IReadOnlyDictionary<string, string?>?> SettingsAsync() => Task.FromResult<IReadOnlyDictionary<string, string?>?>(null);

    /// <summary>What is different about Acme.</summary>
    private protected virtual HostOptions AcmeOptions(HostOptions options) => options;

    /// <summary>An app that both have beside those of the product.</summary>
    protected virtual IApp? Another => null;

    private HostOptions WithApps(HostOptions options) => Another is { } app ? options with { Configure = builder => builder.Services.AddSingleton(app) } : options;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", AcmeOptions(WithApps(new HostOptions(AcmeClock, HasFront || HasCable, await SettingsAsync()))), Cancel);
        _started.Add(_acme);
        _globex = await InstallationHost.StartAsync("globex", WithApps(new HostOptions(GlobexClock, Settings: await SettingsAsync())), Cancel);
        _started.Add(_globex);
        if (HasFront)
        {
            _front = await Front.StartAsync(_acme.Port, new Uri($"http://127.0.0.1:{_acme.ListenPort}"), KeyOf(_acme), AcmeClock, Cancel);
            _started.Add(_front);
        }
        if (HasCable)
        {
            _cable = Cable.Lay(_acme.Port, _acme.ListenPort);
            _started.Add(_cable);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var started in Enumerable.Reverse(_started))
            await started.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static SigningKey KeyOf(InstallationHost host) => host.Services.GetRequiredService<InstallationIdentity>().Own.SigningKey;

    /// <summary>Lets time pass for both.</summary>
    internal void Advance(TimeSpan time)
    {
        AcmeClock.Advance(time);
        GlobexClock.Advance(time);
    }

    /// <summary>A new active link, after the end of the one before, between an owner and a reader of their own.</summary>
    /// <param name="endpoint">Where Globex finds Acme; Acme's own where null.</param>
    /// <param name="domain">What Globex takes Acme's domain to be; Acme's own where null.</param>
    internal async Task<LinkedPair> LinkAsync(Uri? endpoint = null, string? domain = null)
    {
        if (_front is not null)
            _front.Instead = null;
        var acme = await Acme.Links.HomeAsync(Cancel);
        var globex = await Globex.Links.HomeAsync(Cancel);
        var there = await AddPeerAsync(Acme, globex, Globex.Endpoint);
        var here = await AddPeerAsync(Globex, domain is null ? acme : acme with { Domain = Domain.Parse(domain) }, endpoint ?? Acme.Endpoint);
        var number = (++_links).ToString(CultureInfo.InvariantCulture);
        var reader = UserName.Parse("sam" + number);
        var source = (await Globex.Services.GetRequiredService<IPeerSources>().ListActiveAsync(Cancel)).Single(peer => peer.Id == here);
        var world = new ConformanceWorld(
            Acme.Services, UserName.Parse("ada" + number), new Principal.RemoteUser(there, reader), source.StoreFor(reader),
            granted: stored => AcceptAsync(Globex, here, NoticeOf(stored, reader), reader));
        return new LinkedPair(this, here, there, source, reader, world);
    }

    /// <summary>Makes a host know a peer by an active link; links it had with the same installation end.</summary>
    internal static Task<PeerId> AddPeerAsync(InstallationHost host, Home other, Uri endpoint) => AddPeerAsync(host.Services, other, endpoint);

    internal static Task<PeerId> AddPeerAsync(IServiceProvider services, Home other, Uri endpoint)
    {
        var now = Instant.FromDateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = other.Installation,
            Domain = other.Domain,
            Key = other.Key,
            Name = other.Name,
            Endpoint = endpoint,
            FirstSeen = now,
            Verified = now,
            Facts = new LinkFacts { AskedHere = now, ApprovedHere = now, ApprovedThere = now },
        };
        return services.GetRequiredService<IPeerBook>().ChangeAsync(
            peers =>
            {
                var ended = peers.Where(before => before.State != LinkState.Revoked && before.Installation == other.Installation)
                    .Select(before => before with { Facts = before.Facts with { Revoked = now, RevokedBy = LinkSide.Here } });
                return new BookChange<PeerId>(peer.Id, [.. ended, peer], []);
            },
            Cancel);
    }

    /// <summary>What a user accepts of a peer, without waiting for the peer's own message: that one says the same and is passed over.</summary>
    internal static async Task AcceptAsync(InstallationHost host, PeerId peer, GrantNotice notice, UserName viewer)
    {
        var receipt = new Receipt(Guid.NewGuid().ToString("N"), new string('0', 64));
        Assert.IsType<ReceiveOutcome.Accepted>(await host.Services.GetRequiredService<ReceivedOffers>().ReceiveAsync(peer, notice, receipt, Cancel));
        Assert.True(await host.Services.GetRequiredService<IOfferBook>().AnswerAsync(viewer, peer, notice.Grant, OfferAnswer.Accepted, Cancel));
    }

    /// <summary>The first notice of a grant, without the names of what it covers.</summary>
    internal static GrantNotice NoticeOf(StoredGrant stored, UserName recipient) => new(
        stored.Grant.Id, stored.Version, stored.Grant.Owner, stored.Grant.App, stored.Grant.Collection, Covered: [], recipient, stored.Grant.Rights);

    /// <summary>An installation that is nothing but a key.</summary>
    internal static Home Stranger(SigningKey key, string domain) =>
        new(new InstallationId(Guid.NewGuid()), Domain.Parse(domain), domain, PublicKey.Create(key.Public.Jwk.X, key.Public.Jwk.Y));

    /// <summary>Changes a link without telling the other side.</summary>
    internal static Task ChangeLinkAsync(InstallationHost host, PeerId id, Func<LinkFacts, Instant, LinkFacts> change)
    {
        var now = Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        return ChangePeerAsync(host, id, peer => peer with { Facts = change(peer.Facts, now) });
    }

    internal static Task ChangePeerAsync(InstallationHost host, PeerId id, Func<Peer, Peer> change) =>
        host.Services.GetRequiredService<IPeerBook>().ChangeAsync(
            peers => new BookChange<bool>(true, [change(peers.Single(row => row.Id == id))], []), Cancel);
}

/// <summary>With a wire in between that a test can cut at any byte.</summary>
public sealed class CabledHosts : LinkedHosts
{
    protected override bool HasCable => true;
}

/// <summary>With something in between that a test can turn against Globex.</summary>
public sealed class FrontedHosts : LinkedHosts
{
    protected override bool HasFront => true;
}

/// <summary>With schemas of one PostgreSQL server instead of files.</summary>
public sealed class PostgresHosts(PostgresCluster cluster) : LinkedHosts
{
    protected override async Task<IReadOnlyDictionary<string, string?>?> SettingsAsync()
    {
        var (connection, schema) = await cluster.NewSchemaAsync();
        return new Dictionary<string, string?>
        {
            ["PeerWeb:Database"] = "Postgres",
            ["PeerWeb:ConnectionString"] = connection,
            ["PeerWeb:Schema"] = schema,
        };
    }
}
