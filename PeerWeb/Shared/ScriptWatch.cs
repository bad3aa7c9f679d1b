using Microsoft.JSInterop;

namespace PeerWeb.Shared;

/// <summary>What a script watches for a component until it is stopped.</summary>
internal static class ScriptWatch
{
    /// <summary>The browser left, does not answer, or does not allow it.</summary>
    public static bool IsGone(Exception exception) => exception is JSException or JSDisconnectedException or OperationCanceledException;

    /// <param name="gone">Told where the browser is gone, and the watch with it.</param>
    public static async Task StopAsync(IJSObjectReference? watch, Action<Exception> gone)
    {
        if (watch is null)
            return;
        try
        {
            await watch.InvokeVoidAsync("stop");
            await watch.DisposeAsync();
        }
        catch (Exception exception) when (IsGone(exception))
        {
            gone(exception);
        }
    }
}
