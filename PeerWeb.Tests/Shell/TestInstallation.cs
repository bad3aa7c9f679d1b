using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Identity;
using PeerWeb.Tests.Overhearing;
using Xunit;

namespace PeerWeb.Tests.Shell;

/// <summary>A whole installation in this process, on Kestrel and a data directory of its own.</summary>
public sealed partial class TestInstallation : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly WebApplication app;

    private readonly Overheard overheard;

    private TestInstallation(WebApplication app, string directory, Uri endpoint, Overheard overheard) =>
        (this.app, Directory, Endpoint, this.overheard) = (app, directory, endpoint, overheard);

    public string Directory { get; }

    public Uri Endpoint { get; }

    public IServiceProvider Services => app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="directory">An existing installation's, to start it again.</param>
    /// <param name="settings">Beside directory and endpoint, which are chosen here unless they are given.</param>
    /// <param name="configure">Changes the host before it is built.</param>
    /// <param name="map">Adds endpoints to probe with.</param>
    public static async Task<TestInstallation> StartAsync(
        string? directory = null, Dictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var endpoint = new Uri(settings?.GetValueOrDefault("PeerWeb:Endpoint") ?? $"http://localhost:{FreePort()}");
        directory ??= Path.Combine(Path.GetTempPath(), $"peerweb-{Guid.NewGuid():N}");
        var all = new Dictionary<string, string?>(settings ?? []) { ["PeerWeb:DataDirectory"] = directory, ["PeerWeb:Endpoint"] = endpoint.ToString() };
        Overheard? overheard = null;
        var app = Program.Build(all, builder =>
        {
            overheard = Overheard.On(builder);
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync(Cancellation);
        var heard = overheard ?? throw new InvalidOperationException("The installation was built without being configured.");
        await heard.LearnAsync(app.Services, Cancellation);
        return new(app, directory, endpoint, heard);
    }

    public async Task AddUserAsync(string name, bool isAdmin = false) =>
        Assert.IsType<AccountOutcome.Done>(await Services.GetRequiredService<UserAccounts>().CreateAsync(new(name, null, Password, isAdmin), Cancellation));

    /// <summary>A browser without scripts: keeps cookies, shows redirects.</summary>
    public HttpClient Browser() => new(new HeardAnswers(overheard, new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }))
    {
        BaseAddress = Endpoint,
        DefaultRequestHeaders = { { "Accept", "text/html" } },
    };

    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password = Password, string query = "")
    {
        var page = await browser.GetStringAsync(new Uri("/account/login" + query, UriKind.Relative), Cancellation);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token(page),
            ["_handler"] = "login",
            ["Form.User"] = name,
            ["Form.Password"] = password,
        });
        return await browser.PostAsync(new Uri("/account/login" + query, UriKind.Relative), form, Cancellation);
    }

    public static string Token(string page) => TokenPattern.Match(page).Groups[1].Value;

    /// <summary>Stops without deleting anything.</summary>
    public async ValueTask StopAsync() => await Stopping.StopAsync(app);

    public async ValueTask DisposeAsync()
    {
        await Stopping.StopAsync(app);
        System.IO.Directory.Delete(Directory, recursive: true);
        overheard.AssertNothing();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern { get; }
}
