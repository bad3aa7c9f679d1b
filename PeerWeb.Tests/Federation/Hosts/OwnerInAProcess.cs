using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.PeerApi.Links;
using PeerWeb.Tests.Demo;
using PeerWeb.Tests.Shell;
using Refit;
using Xunit;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>An installation as its admin runs it, with a calendar that a user of a linked peer may fill; the peer is nothing but a key and our client.</summary>
internal sealed class OwnerInAProcess : IAsyncDisposable
{
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-killed-");
    private readonly SigningKey _globex = SigningKey.Create();
    private readonly Uri _endpoint = new(string.Create(CultureInfo.InvariantCulture, $"http://acme.localhost:{FreePorts.Two().First}"));
    private PeerKey? _acme;
    private PeerWebProcess? _process;

    public CollectionId Calendar { get; private set; }

    public string DatabaseFile => Path.Combine(_directory.FullName, "entries.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Everything that an installation needs to know, written by one in this process that has ended.</summary>
    public static async Task<OwnerInAProcess> PrepareAsync()
    {
        var owner = new OwnerInAProcess();
        var settings = new Dictionary<string, string?> { ["PeerWeb:Endpoint"] = owner._endpoint.ToString() };
        var installation = await TestInstallation.StartAsync(owner._directory.FullName, settings);
        try
        {
            var services = installation.Services;
            var peer = await LinkedHosts.AddPeerAsync(services, LinkedHosts.Stranger(owner._globex, "globex.example"), new Uri("http://globex.example"));
            owner.Calendar = await services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
            var change = new GrantChange(
                CalendarApp.AppId, owner.Calendar, new Principal.RemoteUser(peer, Sam), Rights.Read | Rights.Add | Rights.Edit, Rights.None, Version: 0);
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await services.GetRequiredService<SqlGrants>().SaveAsync(Ada, [change], Cancel)));
            var home = services.GetRequiredService<InstallationIdentity>().Home;
            Assert.True(home.Key.ToWebKey().TryGetKey(out owner._acme, out _));
        }
        finally
        {
            await installation.StopAsync();
            SqliteConnection.ClearAllPools();
        }
        return owner;
    }

    /// <summary>Runs it, until it is killed.</summary>
    /// <returns>A new connection of the peer's, which knows nothing of earlier failures.</returns>
    public async Task<PeerConnection> StartAsync()
    {
        _process = PeerWebProcess.Start("--data", _directory.FullName, "--endpoint", _endpoint.ToString().TrimEnd('/'), "--domain", _endpoint.Authority);
        await _process.LineAsync(line => line.Contains("Now listening on", StringComparison.Ordinal));
        var options = new PeerHttpOptions { AllowPlainHttp = true, AllowPrivateAddresses = true };
        var target = new PeerTarget(_endpoint, _endpoint.Authority, _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>(_acme is { } key ? [key] : []));
        return new PeerHttpClientFactory(options, TimeProvider.System).Create(target, _globex);
    }

    public static IEntryStore StoreOver(PeerConnection connection) => new PeerEntryStore(
        RestService.For<IPeerApi>(connection.Client, new RefitSettings(new SystemTextJsonContentSerializer(PeerJson.Answers))),
        ActorField.Create(Sam.Value), TimeSpan.FromSeconds(60));

    /// <summary>SIGKILL: no time for anything.</summary>
    public void Kill() => _process?.Kill();

    public async Task UntilEndedAsync()
    {
        if (_process is null)
            return;
        await _process.UntilEndedAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _globex.Dispose();
        _directory.Delete(recursive: true);
    }
}
