using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;

namespace PeerWeb.Tests.PeerApi.Links;

/// <summary>A whole installation on a free loopback port, with databases of its own.</summary>
internal sealed class InstallationHost : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-host-");
    private readonly WebApplication _app;

    private InstallationHost(string name, int port)
    {
        Domain = $"{name}.localhost:{port}";
        var settings = new Dictionary<string, string?>
        {
            ["PeerWeb:DataDirectory"] = _directory.FullName,
            ["PeerWeb:Name"] = name,
            ["PeerWeb:Endpoint"] = $"http://{Domain}",
            ["PeerWeb:AllowPlainHttp"] = "true",
            ["PeerWeb:AllowPrivateAddresses"] = "true",
        };
        _app = Program.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
        });
    }

    public string Domain { get; }

    public IServiceProvider Services => _app.Services;

    public PeerLinks Links => Services.GetRequiredService<PeerLinks>();

    public MessageOutbox Outbox => Services.GetRequiredService<MessageOutbox>();

    public static async Task<InstallationHost> StartAsync(string name, CancellationToken cancellationToken)
    {
        var host = new InstallationHost(name, FreePort());
        await host._app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>The link once it stands as wanted; told by the book's own announcements, not by waiting.</summary>
    public async Task<Peer> UntilAsync(string state, CancellationToken cancellationToken)
    {
        var changes = Services.GetRequiredService<PeerChanges>();
        using var changed = new SemaphoreSlim(0);
        void Note() => changed.Release();
        changes.Changed += Note;
        try
        {
            using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            guard.CancelAfter(TimeSpan.FromSeconds(60));
            while (true)
            {
                if ((await Links.ListAsync(guard.Token)).FirstOrDefault(peer => peer.State.Name() == state) is { } peer)
                    return peer;
                await changed.WaitAsync(guard.Token);
            }
        }
        finally
        {
            changes.Changed -= Note;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
