using Microsoft.AspNetCore.Builder;

namespace PeerWeb.Tests.Shell;

internal static class Stopping
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Ends an installation with its background loops, which disposing alone leaves running: nothing writes to its folder afterwards.</summary>
    public static async Task StopAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await app.StopAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // A call that hangs on purpose holds the listener up; disposing cuts it off.
            await app.DisposeAsync();
            return;
        }
        await app.DisposeAsync();
    }
}
