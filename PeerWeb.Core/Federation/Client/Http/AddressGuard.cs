using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Which addresses are of the public internet; asked of the address that is connected to, never of a name.</summary>
/// <remarks>IANA special-purpose address registries (RFC 6890 and later).</remarks>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Special = [.. new[]
    {
        "0.0.0.0/8",          // this network
        "10.0.0.0/8",         // private
        "100.64.0.0/10",      // carrier-grade NAT
        "127.0.0.0/8",        // loopback
        "169.254.0.0/16",     // link-local, cloud metadata
        "172.16.0.0/12",      // private
        "192.0.0.0/24",       // protocol assignments
        "192.0.2.0/24",       // documentation
        "192.31.196.0/24",    // AS112
        "192.52.193.0/24",    // AMT
        "192.88.99.0/24",     // 6to4 relay
        "192.168.0.0/16",     // private
        "192.175.48.0/24",    // AS112
        "198.18.0.0/15",      // benchmarking
        "198.51.100.0/24",    // documentation
        "203.0.113.0/24",     // documentation
        "224.0.0.0/4",        // multicast
        "240.0.0.0/4",        // reserved, broadcast
    }.Select(text => IPNetwork.Parse(text))];

    // Only 2000::/3 is assigned to the public internet; these are the parts of it that are not.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialGlobal = [.. new[]
    {
        "2001::/23",          // Teredo, ORCHID, benchmarking and other protocol assignments
        "2001:db8::/32",      // documentation
        "2002::/16",          // 6to4
        "2620:4f:8000::/48",  // AS112
        "3fff::/20",          // documentation
    }.Select(text => IPNetwork.Parse(text))];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Special.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !SpecialGlobal.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
