using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Shell;

/// <summary>Who counts as one caller where callers are limited by their address.</summary>
internal static class ClientAddress
{
    /// <summary>An IPv6 caller has a whole /64 to choose addresses from, so that counts as one.</summary>
    public static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
            return UInt128.Zero;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
