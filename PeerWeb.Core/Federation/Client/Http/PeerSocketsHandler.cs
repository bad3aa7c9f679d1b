using System.Net;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Makes the innermost handler of every client of ours.</summary>
public static class PeerSocketsHandler
{
    public static SocketsHttpHandler Create(PeerHttpOptions options) =>
        Create(options, (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));

    internal static SocketsHttpHandler Create(PeerHttpOptions options, HostResolver resolve) => new()
    {
        // A redirect would take the request's signature along, to another origin.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        ConnectCallback = new PeerConnector(options, resolve).ConnectAsync,
        // Names are resolved again, and guarded again, now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 32,
    };
}
