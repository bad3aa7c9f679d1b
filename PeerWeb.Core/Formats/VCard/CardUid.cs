namespace PeerWeb.Core.Formats.VCard;

/// <summary>The UID property.</summary>
/// <remarks>RFC 6350 6.7.6: a URI, and any other text only where it is said to be one.</remarks>
internal static class CardUid
{
    public static CardLine ToLine(string uid) => CardLine.Parse(
        Uri.TryCreate(uid, UriKind.Absolute, out _) ? $"UID:{TextValue.Escape(uid)}" : $"UID;VALUE=text:{TextValue.Escape(uid)}", 0);
}
