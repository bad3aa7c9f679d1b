using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Resolves a host to addresses; any failure is a <see cref="SocketException"/>.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>Opens the connections of our clients: own resolution, and the guard on each address that is connected to.</summary>
internal sealed class PeerConnector(PeerHttpOptions options, HostResolver resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps && !options.AllowPlainHttp)
            throw new PeerUnavailableException(UnavailableReason.AddressRefused, "Peers are asked over https only.");
        var addresses = await AllowedAsync(context.DnsEndPoint.Host, cancellationToken);
        return await OpenAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
    }

    /// <summary>The addresses of <paramref name="host"/> that may be connected to, never none.</summary>
    /// <exception cref="PeerUnavailableException">Every address is private or special.</exception>
    internal async Task<IPAddress[]> AllowedAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, cancellationToken);
        var allowed = options.AllowPrivateAddresses ? addresses : [.. addresses.Where(AddressGuard.IsPublic)];
        return allowed.Length > 0
            ? allowed
            : throw new PeerUnavailableException(UnavailableReason.AddressRefused,
                "The peer's address is private or reserved, and this installation does not connect to such addresses.");
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        var name = host.TrimEnd('.');
        // RFC 6761 6.3: resolvers of servers do not know that these names are loopback, only browsers do.
        var isLocal = name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return isLocal ? [IPAddress.Loopback] : await resolve(host, cancellationToken);
    }

    private static async Task<Stream> OpenAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException problem)
            {
                socket.Dispose();
                last = problem;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}
