using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Signing;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Whoever has a browser, or something like one, sends nonsense to every page and file: a stranger, and one who is signed in.</summary>
public sealed partial class PageFuzzTests : IAsyncLifetime
{
    private const int Strangers = 2_000;
    private const int SignedIn = 1_000;

    /// <summary>Ours to answer; 501 and 505 say that it was no HTTP that we know.</summary>
    private static readonly int[] NotOurFault = [StatusCodes.Status501NotImplemented, StatusCodes.Status505HttpVersionNotsupported];

    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        Assert.IsType<AccountOutcome.Done>(await Acme.Services.GetRequiredService<UserAccounts>().CreateAsync(new("ada", null, TestInstallation.Password, true), Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
    }

    [Fact]
    public async Task Nonsense_of_a_stranger_is_answered_or_hung_up_on()
    {
        var statuses = await SendAsync(new Mutator(4), Strangers, [.. Paths(), .. PeerRoute.Of(Acme).Select(route => Filled(route.Pattern))], "x=y");

        // All they get is a file, a page to sign in at, or a refusal.
        Assert.True(statuses.Count(status => status is >= 300 and < 500) > Strangers / 2, string.Join(' ', statuses.CountBy(status => status ?? 0)));
    }

    [Fact]
    public async Task Nonsense_of_who_is_signed_in_is_answered_or_hung_up_on()
    {
        var exports = new List<string>();
        foreach (var app in AppSamples.All.Select(samples => samples.App))
        {
            var collection = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), app, "Work", null, Cancel);
            var whole = $"/{app}/export?source={Uri.EscapeDataString($"ada@{Acme.Domain}/{app}/{collection}")}&from=2026-11-01&to=2026-11-30";
            exports.AddRange([whole, $"{whole}&uid=one&zone=Europe/Zurich"]);
        }

        var statuses = await SendAsync(new Mutator(6), SignedIn, [.. Paths(), .. exports], await CookieAsync());

        // Part of it must show pages, or nobody was signed in.
        Assert.True(statuses.Count(status => status == StatusCodes.Status200OK) > SignedIn / 20, string.Join(' ', statuses.CountBy(status => status ?? 0)));
    }

    private async Task<List<int?>> SendAsync(Mutator mutator, int inputs, IReadOnlyList<string> paths, string cookie)
    {
        var statuses = new List<int?>(inputs);
        for (var i = 0; i < inputs; i++)
        {
            // The sign-in is limited by address; here it comes from many.
            var from = new IPAddress([127, 0, 2, (byte)(i % 250)]);
            var isFramed = mutator.Next(4) != 0;
            var call = Next(mutator, paths, cookie);
            var bytes = isFramed ? Framed(mutator.Next(6) == 0 ? call : Spoilt(mutator, call)) : mutator.Spoil(Framed(call));

            var status = await RawHttp.StatusAsync(Acme.ListenPort, bytes, from, isAll: !isFramed, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

            Assert.True(
                status is null ? !isFramed : status < 500 || NotOurFault.Contains(status.Value), $"Input {i} was answered {status}.\n{Encoding.UTF8.GetString(bytes)}");
            statuses.Add(status);
        }
        return statuses;
    }

    private static Call Next(Mutator mutator, IReadOnlyList<string> paths, string cookie) => new(
        mutator.Any(["GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"]), mutator.Any(paths), cookie, "application/x-www-form-urlencoded",
        mutator.Any(["Form.User=ada&Form.Password=x&_handler=login", "__RequestVerificationToken=x", "returnUrl=%2F"]));

    private static Call Spoilt(Mutator mutator, Call call) => mutator.Next(6) switch
    {
        0 => call with { Cookie = mutator.Spoil(call.Cookie) },
        1 => call with { Body = mutator.Spoil(call.Body) },
        2 => call with { ContentType = mutator.Any(["multipart/form-data; boundary=x", "application/json", "text/html;;;", mutator.Spoil(call.ContentType)]) },
        3 => call with { Method = mutator.Spoil(call.Method) },
        _ => call with { Path = mutator.Spoil(call.Path) },
    };

    /// <summary>Whatever is in it, where it ends can be told.</summary>
    private byte[] Framed(Call call)
    {
        var head = $"{Line(call.Method)} {Line(call.Path)} HTTP/1.1\r\nHost: {Acme.Domain}\r\nConnection: close\r\nAccept: text/html\r\nCookie: {Line(call.Cookie)}\r\n";
        return Encoding.UTF8.GetBytes($"{head}Content-Type: {Line(call.ContentType)}\r\nContent-Length: {Encoding.UTF8.GetByteCount(call.Body)}\r\n\r\n{call.Body}");
    }

    private static string Line(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private async Task<string> CookieAsync()
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{Acme.ListenPort}"), DefaultRequestHeaders = { Host = Acme.Domain } };
        using var signedIn = await TestInstallation.SignInAsync(browser, "ada");
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        return string.Join("; ", handler.CookieContainer.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }

    /// <summary>Every page and call that the host has for people, and a few of its files.</summary>
    private IEnumerable<string> Paths()
    {
        var routes = Acme.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.Metadata.Any(one => one.GetType().Name == "StaticAssetDescriptor"))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'))
            .Where(pattern => !pattern.StartsWith("/peer/", StringComparison.Ordinal)).Distinct().Select(Filled).ToList();
        Assert.Contains("/account/logout", routes);
        Assert.Contains("/calendar/month/2026-11-23", routes);
        return [.. routes, "/css/app.css", "/_blazor/negotiate?negotiateVersion=1", "/_blazor?id=x", "/account/login?returnUrl=%2Fcalendar"];
    }

    private static string Filled(string pattern) => Parameter.Replace(pattern, one => one.Groups[1].Value.ToUpperInvariant() switch
    {
        "VIEW" => "month",
        "DATE" => "2026-11-23",
        "UID" => Uid.Parse("one").ToPathSegment(),
        "COLLECTION" => CollectionId.New().ToString(),
        _ => "x",
    });

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter { get; }

    private sealed record Call(string Method, string Path, string Cookie, string ContentType, string Body);
}
