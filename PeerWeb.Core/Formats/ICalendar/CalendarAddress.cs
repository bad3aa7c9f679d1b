namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>The CAL-ADDRESS value type.</summary>
/// <remarks>RFC 5545 3.3.3.</remarks>
internal static class CalendarAddress
{
    private const string Mailto = "mailto:";

    /// <summary>The mail address where it is one, else the URI as it is.</summary>
    public static string Read(string value)
    {
        var address = value.Trim();
        return address.StartsWith(Mailto, StringComparison.OrdinalIgnoreCase) ? address[Mailto.Length..] : address;
    }
}
