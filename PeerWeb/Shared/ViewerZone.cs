using Microsoft.JSInterop;
using NodaTime;

namespace PeerWeb.Shared;

/// <summary>The zone that the viewer has chosen, an IANA id; null where it is to be their browser's. Registered by the feature that has the setting.</summary>
public delegate Task<string?> ChosenZone(CancellationToken cancellationToken);

/// <summary>The zone in which a viewer sees times: the one they chose, or the one their browser names; UTC where that is none that we know.</summary>
/// <remarks>The browser is asked once a circuit, the choice each time.</remarks>
public sealed class ViewerZone(IJSRuntime js, ChosenZone chosen)
{
    private const int LongestId = 64;

    private DateTimeZone? _browser;

    public async Task<DateTimeZone> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Known(await chosen(cancellationToken)) ?? (_browser ??= OrUtc(await js.InvokeAsync<string?>("peerwebShell.timeZone", cancellationToken)));
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, or does not answer; whatever shows now nobody sees.
            return DateTimeZone.Utc;
        }
    }

    public static DateTimeZone? Known(string? id) => id is { Length: > 0 and <= LongestId } ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;

    public static DateTimeZone OrUtc(string? id) => Known(id) ?? DateTimeZone.Utc;
}
