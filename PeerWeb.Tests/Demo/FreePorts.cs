using System.Net;
using System.Net.Sockets;

namespace PeerWeb.Tests.Demo;

/// <summary>Ports for processes that bind them some seconds later, and again after they were ended.</summary>
/// <remarks>Below the range that the system gives to outgoing connections, of which the other tests make thousands.</remarks>
internal static class FreePorts
{
    private static int last = 15_000 + (Environment.ProcessId * 7 % 10_000);

    public static (int First, int Second) Two() => (Next(), Next());

    private static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref last);
            if (IsFree(port))
                return port;
        }
    }

    public static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
