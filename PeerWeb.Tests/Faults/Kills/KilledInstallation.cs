using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.PeerApi.Links;
using PeerWeb.Shell;
using PeerWeb.Tests.Demo;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>An installation that runs as a process and is killed; while it is down, its services can be asked in this process.</summary>
internal sealed class KilledInstallation : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private PeerWebProcess? _process;

    /// <param name="listenPort">Where something stands in between; null: it listens at its endpoint.</param>
    public KilledInstallation(KillPlace place, string name, int? listenPort = null)
    {
        (Place, Name) = (place, name);
        Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{name}.localhost:{FreePorts.Two().First}"));
        _settings = place.SettingsOf(name);
        _settings["PeerWeb:Name"] = name;
        _settings["PeerWeb:Endpoint"] = Endpoint.ToString().TrimEnd('/');
        _settings["PeerWeb:Domain"] = Endpoint.Authority;
        _settings["PeerWeb:Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{listenPort ?? Endpoint.Port}");
        _settings["PeerWeb:AllowPlainHttp"] = "true";
        _settings["PeerWeb:AllowPrivateAddresses"] = "true";
        _settings["PeerWeb:PeerRequestsPerMinute"] = "1000000";
        // It lives for seconds: what the runtime learns of it would never pay.
        _settings["DOTNET_TieredPGO"] = "0";
    }

    public KillPlace Place { get; }

    public string Name { get; }

    public Uri Endpoint { get; }

    public bool IsRunning => _process is not null;

    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>What its process wrote about the last call that failed by a defect, or at its end: for whoever looks for what went wrong.</summary>
    public string LastWords
    {
        get
        {
            var lines = _process?.Lines.ToList() ?? [];
            var defect = lines.FindLastIndex(line => line.Contains("A call of a peer failed", StringComparison.Ordinal));
            return string.Join('\n', defect >= 0 ? lines.Skip(defect).Take(40) : lines.TakeLast(40));
        }
    }

    /// <summary>Uses its services in this process, prepared as for a start. Nothing of them is left afterwards, so that a process finds the files as another one left them.</summary>
    public async Task<T> AsideAsync<T>(Func<IServiceProvider, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = Program.Build(_settings, builder => builder.Logging.ClearProviders());
            await host.Services.GetRequiredService<StartupSteps>().RunAsync(cancellationToken);
            return await use(host.Services);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    /// <summary>Makes it know another one by an active link.</summary>
    public static Task<PeerId> LinkAsync(IServiceProvider services, Home other, Uri endpoint, CancellationToken cancellationToken)
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
        return services.GetRequiredService<IPeerBook>().ChangeAsync(_ => new BookChange<PeerId>(peer.Id, [peer], []), cancellationToken);
    }

    /// <summary>What others know it by.</summary>
    public Task<Home> HomeAsync(CancellationToken cancellationToken) =>
        AsideAsync(services => Task.FromResult(services.GetRequiredService<InstallationIdentity>().Home), cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = PeerWebProcess.Start(_settings);
        await _process.LineAsync(line => line.Contains("Now listening on", StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>SIGKILL: no time for anything.</summary>
    public void Kill() => _process?.Kill();

    public async Task UntilEndedAsync(CancellationToken cancellationToken)
    {
        if (_process is null)
            return;
        await _process.UntilEndedAsync(cancellationToken);
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
