using Microsoft.JSInterop;
using NodaTime;

namespace PeerWeb.Shared;

/// <summary>The zone that the viewer's browser names, asked once a circuit; UTC where it names none that we know.</summary>
public sealed class BrowserZone(IJSRuntime js)
{
    private DateTimeZone? _zone;

    public async Task<DateTimeZone> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _zone ??= Find(await js.InvokeAsync<string?>("peerwebShell.timeZone", cancellationToken));
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, or does not answer; whatever shows now nobody sees.
            return DateTimeZone.Utc;
        }
    }

    private static DateTimeZone Find(string? id) =>
        id is { Length: > 0 and <= 64 } && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? zone : DateTimeZone.Utc;
}
