using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PeerWeb.Bench.Circuits;

/// <summary>A page as its first answer describes it to the browser's script.</summary>
/// <param name="Markers">The root components, JSON objects.</param>
/// <param name="State">Of the application, protected.</param>
internal sealed record CircuitPage(Uri Address, IReadOnlyList<string> Markers, string State);

/// <summary>A signed-in user's browser as far as HTTP goes, at an address of its own: the server counts sign-ins by address.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly SocketsHttpHandler _pages;
    private readonly SocketsHttpHandler _sockets;
    private readonly HttpClient _http;
    private readonly Uri _home;

    /// <param name="number">From 0, of its address on loopback.</param>
    private Visitor(Uri home, int number)
    {
        _home = home;
        var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.1.{number / 250}.{1 + (number % 250)}"));
        _pages = HandlerAt(address, home.Port);
        (_pages.CookieContainer, _pages.UseCookies) = (_cookies, true);
        _sockets = HandlerAt(address, home.Port);
        _http = new HttpClient(_pages, disposeHandler: false) { BaseAddress = home, Timeout = CircuitClient.Guard };
    }

    public static async Task<Visitor> SignInAsync(Uri home, int number, string user, string password, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(home, number);
        var form = await visitor._http.GetStringAsync(new Uri("/account/login", UriKind.Relative), cancellationToken);
        using var filled = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            ["Form.User"] = user,
            ["Form.Password"] = password,
        });
        using var answer = await visitor._http.PostAsync(new Uri("/account/login", UriKind.Relative), filled, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Redirect ? visitor : throw new InvalidOperationException($"The sign-in was answered with {answer.StatusCode}.");
    }

    public async Task<CircuitPage> GetPageAsync(string path, CancellationToken cancellationToken)
    {
        var address = new Uri(_home, path);
        var html = await _http.GetStringAsync(address, cancellationToken);
        var markers = Marker().Matches(html).Select(match => match.Groups[1].Value).ToList();
        if (markers.Count == 0)
            throw new InvalidOperationException("The page has no components to be drawn.");
        return new CircuitPage(address, markers, State().Match(html).Groups[1].Value);
    }

    /// <summary>As the browser's script does it: the hub is asked for a connection first.</summary>
    public async Task<HubSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var offered = await _http.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), content: null, cancellationToken);
        offered.EnsureSuccessStatusCode();
        var token = (await offered.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("connectionToken").GetString();
        var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.SetRequestHeader("Origin", _home.GetLeftPart(UriPartial.Authority));
        socket.Options.SetRequestHeader("Cookie", _cookies.GetCookieHeader(_home));
        using var invoker = new HttpMessageInvoker(_sockets, disposeHandler: false);
        await socket.ConnectAsync(new UriBuilder(_home) { Scheme = "ws", Path = "/_blazor", Query = $"id={token}" }.Uri, invoker, cancellationToken);
        var hub = new HubSocket(socket);
        await hub.ShakeHandsAsync(cancellationToken);
        return hub;
    }

    public void Dispose()
    {
        _http.Dispose();
        _pages.Dispose();
        _sockets.Dispose();
    }

    private static SocketsHttpHandler HandlerAt(IPAddress address, int port) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
