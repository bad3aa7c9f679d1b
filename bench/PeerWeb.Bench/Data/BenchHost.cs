using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Bench.Data;

/// <summary>A whole installation in this process: real Kestrel on loopback, real files, and no limit on what a peer may ask.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchHost(WebApplication app, Uri endpoint) => (_app, Endpoint) = (app, endpoint);

    public Uri Endpoint { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="listenPort">Where something stands at its endpoint and hands on what comes; null: it listens there itself.</param>
    public static async Task<BenchHost> StartAsync(string name, BenchFolder folder, CancellationToken cancellationToken, int? listenPort = null)
    {
        var endpoint = new Uri($"http://{name}.localhost:{FreePort()}");
        var settings = new Dictionary<string, string?>
        {
            ["PeerWeb:DataDirectory"] = folder.PathOf(name),
            ["PeerWeb:Name"] = name,
            ["PeerWeb:Endpoint"] = endpoint.ToString(),
            ["PeerWeb:Listen"] = $"127.0.0.1:{listenPort ?? endpoint.Port}",
            ["PeerWeb:AllowPlainHttp"] = "true",
            ["PeerWeb:AllowPrivateAddresses"] = "true",
            ["PeerWeb:PeerRequestsPerMinute"] = "10000000",
            ["PeerWeb:PeerMegabytesPerMinute"] = "10000000",
        };
        var app = PeerWeb.Program.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider, BenchClock>();
        });
        await app.StartAsync(cancellationToken);
        return new BenchHost(app, endpoint);
    }

    /// <summary>An active link with the owner's installation, and everything of the owner's calendars granted to the reader and accepted.</summary>
    /// <returns>The owner's installation as ours asks it.</returns>
    public async Task<PeerSource> LinkAsync(BenchHost other, UserName owner, UserName reader, CancellationToken cancellationToken, Rights rights = Rights.Read)
    {
        var there = await other.AddPeerAsync(this, cancellationToken);
        var here = await AddPeerAsync(other, cancellationToken);
        var grants = other.Services.GetRequiredService<SqlGrants>();
        var grant = new GrantChange(CalendarApp.AppId, Collection: null, new Principal.RemoteUser(there, reader), rights, Rights.None, Version: 0);
        if (await grants.SaveAsync(owner, [grant], cancellationToken) is not [GrantOutcome.Saved])
            throw new InvalidOperationException("The grant was not saved.");
        var stored = (await grants.ListAsync(owner, CalendarApp.AppId, cancellationToken)).Single(one => one.Grant.Principal == grant.Principal);
        var notice = new GrantNotice(stored.Grant.Id, stored.Version, owner, CalendarApp.AppId, Collection: null, Covered: [], reader, stored.Grant.Rights);
        await Services.GetRequiredService<ReceivedOffers>().ReceiveAsync(here, notice, new Receipt(Guid.NewGuid().ToString("N"), new string('0', 64)), cancellationToken);
        await Services.GetRequiredService<IOfferBook>().AnswerAsync(reader, here, stored.Grant.Id, OfferAnswer.Accepted, cancellationToken);
        return (await Services.GetRequiredService<IPeerSources>().ListActiveAsync(cancellationToken)).Single(peer => peer.Id == here);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<PeerId> AddPeerAsync(BenchHost other, CancellationToken cancellationToken)
    {
        var home = await other.Services.GetRequiredService<PeerLinks>().HomeAsync(cancellationToken);
        var now = Instant.FromDateTimeOffset(Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = home.Installation,
            Domain = home.Domain,
            Key = home.Key,
            Name = home.Name,
            Endpoint = other.Endpoint,
            FirstSeen = now,
            Verified = now,
            Facts = new LinkFacts { AskedHere = now, ApprovedHere = now, ApprovedThere = now },
        };
        return await Services.GetRequiredService<IPeerBook>().ChangeAsync(_ => new BookChange<PeerId>(peer.Id, [peer], []), cancellationToken);
    }
}
