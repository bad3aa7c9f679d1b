using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Overhearing;
using PeerWeb.Tests.Shell;

namespace PeerWeb.Tests.PeerApi.Links;

/// <summary>How a host differs from a plain one.</summary>
/// <param name="Time">Its clock; the system's where null.</param>
/// <param name="IsBehindFront">It listens elsewhere than its endpoint says, so that something can stand in between.</param>
/// <param name="Settings">Further settings.</param>
internal sealed record HostOptions(TimeProvider? Time = null, bool IsBehindFront = false, IReadOnlyDictionary<string, string?>? Settings = null)
{
    /// <summary>Where its data are; made by whoever says so, and gone with the host. A directory of its own where null.</summary>
    public string? Directory { get; init; }

    /// <summary>Changes the host before it is built.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}

/// <summary>A whole installation on a free loopback port, with databases of its own.</summary>
internal sealed class InstallationHost : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly WebApplication _app;
    private Overheard? _overheard;

    private InstallationHost(string name, HostOptions options)
    {
        _directory = options.Directory is { } given ? Directory.CreateDirectory(given) : Directory.CreateTempSubdirectory("peerweb-host-");
        Port = FreePort();
        ListenPort = options.IsBehindFront ? FreePort() : Port;
        Domain = $"{name}.localhost:{Port}";
        var settings = new Dictionary<string, string?>(options.Settings ?? new Dictionary<string, string?>())
        {
            ["PeerWeb:DataDirectory"] = _directory.FullName,
            ["PeerWeb:Name"] = options.Settings?.GetValueOrDefault("PeerWeb:Name") ?? name,
            ["PeerWeb:Endpoint"] = $"http://{Domain}",
            ["PeerWeb:Listen"] = $"127.0.0.1:{ListenPort}",
            ["PeerWeb:AllowPlainHttp"] = "true",
            ["PeerWeb:AllowPrivateAddresses"] = "true",
        };
        _app = Program.Build(settings, builder =>
        {
            _overheard = Overheard.On(builder);
            if (options.Time is { } time)
                builder.Services.AddSingleton(time);
            options.Configure?.Invoke(builder);
        });
    }

    public string Domain { get; }

    public Uri Endpoint => new($"http://{Domain}");

    /// <summary>Its data directory.</summary>
    public string PathOf(string file) => Path.Combine(_directory.FullName, file);

    /// <summary>Of its endpoint.</summary>
    public int Port { get; }

    /// <summary>Where it really listens.</summary>
    public int ListenPort { get; }

    public IServiceProvider Services => _app.Services;

    public Overheard Overheard => _overheard ?? throw new InvalidOperationException("The installation was built without being configured.");

    public PeerLinks Links => Services.GetRequiredService<PeerLinks>();

    public MessageOutbox Outbox => Services.GetRequiredService<MessageOutbox>();

    public static Task<InstallationHost> StartAsync(string name, CancellationToken cancellationToken) => StartAsync(name, new HostOptions(), cancellationToken);

    public static async Task<InstallationHost> StartAsync(string name, HostOptions options, CancellationToken cancellationToken)
    {
        var host = new InstallationHost(name, options);
        await host._app.StartAsync(cancellationToken);
        await host.Overheard.LearnAsync(host.Services, cancellationToken);
        return host;
    }

    /// <summary>The link once it stands as wanted; told by the book's own announcements, not by waiting.</summary>
    public Task<Peer> UntilAsync(string state, CancellationToken cancellationToken) => UntilAsync(id: null, state, cancellationToken);

    /// <param name="id">The one link that is meant, or any.</param>
    public async Task<Peer> UntilAsync(PeerId? id, string state, CancellationToken cancellationToken)
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
                if ((await Links.ListAsync(guard.Token)).FirstOrDefault(peer => peer.State.Name() == state && (id is null || peer.Id == id)) is { } peer)
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
        await Stopping.StopAsync(_app);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
        Overheard.AssertNothing();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
