namespace PeerWeb.Core.Formats.VCard;

/// <summary>A <c>data:</c> URI, which is how vCard 4.0 holds what is no text.</summary>
/// <param name="MediaType">Lower case, as it says; empty where it says nothing.</param>
/// <param name="Base64">Without white space.</param>
/// <remarks>RFC 2397, base64 only; RFC 6350 5.1 and 6.2.4.</remarks>
public sealed record InlineData(string MediaType, string Base64)
{
    private const string Scheme = "data:";
    private const string Encoding = ";base64";

    /// <summary>Null where it is no base64.</summary>
    public byte[]? Octets
    {
        get
        {
            var octets = new byte[(Base64.Length / 4 * 3) + 3];
            return Convert.TryFromBase64String(Base64, octets, out var length) ? octets[..length] : null;
        }
    }

    public static bool IsInline(string value) => value.AsSpan().TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where it is no data URI in base64.</summary>
    public static InlineData? Read(string value)
    {
        var trimmed = value.AsSpan().Trim();
        var comma = trimmed.IndexOf(',');
        if (!IsInline(value) || comma < 0)
            return null;
        var head = trimmed[Scheme.Length..comma];
        // Values of the URI type have no escapes, but some write them.
        head = head.TrimEnd('\\');
        if (!head.EndsWith(Encoding, StringComparison.OrdinalIgnoreCase))
            return null;
        var media = head[..^Encoding.Length];
        var parameters = media.IndexOf(';');
        return new InlineData((parameters < 0 ? media : media[..parameters]).ToString().ToLowerInvariant().TrimEnd('\\'), Clean(trimmed[(comma + 1)..]));
    }

    /// <param name="base64">As a file has it: with white space, and without the padding that some leave out.</param>
    public static InlineData Of(string mediaType, string base64) => new(mediaType, Clean(base64));

    public override string ToString() => $"{Scheme}{MediaType}{Encoding},{Base64}";

    private static string Clean(ReadOnlySpan<char> base64)
    {
        var cleaned = base64.ContainsAny(" \t\r\n\\") ? string.Concat(base64.ToString().Where(c => c is not (' ' or '\t' or '\r' or '\n' or '\\'))) : base64.ToString();
        var unpadded = cleaned.TrimEnd('=');
        return unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
    }
}
