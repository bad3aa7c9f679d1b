using System.Runtime.CompilerServices;
using Bunit;

namespace PeerWeb.Tests;

internal static class BunitWaits
{
    /// <summary>How long a component's test waits for what another thread brings, in seconds: a guard against hangs. The library's own one second is a measurement of the machine.</summary>
    private const int Guard = 60;

    [ModuleInitializer]
    internal static void Lengthen() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(Guard);
}
