using System.Globalization;

namespace PeerWeb.PeerApi.Signing;

/// <summary>RFC 9110 10.2.3, as whole seconds and never 0.</summary>
internal static class RetryAfter
{
    public static void Set(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
