using System.Globalization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>Reads a domain as people paste it: with scheme, path, user, upper case, umlauts or a trailing dot.</summary>
public static class DomainInput
{
    private static readonly IdnMapping Idn = new();

    /// <param name="problem">One sentence where the answer is false, empty otherwise.</param>
    public static bool TryRead(string? text, out Domain domain, out string problem)
    {
        domain = default;
        var rest = (text ?? string.Empty).Trim();
        if (rest.Length == 0)
        {
            problem = "Type the domain of the other installation, such as globex.example.";
            return false;
        }
        var plain = WithoutScheme(rest);
        plain = plain[..(plain.IndexOfAny(['/', '?', '#']) is >= 0 and var end ? end : plain.Length)];
        plain = plain[(plain.LastIndexOf('@') + 1)..];
        var host = plain.Split(':')[0].TrimEnd('.');
        var port = plain.Contains(':', StringComparison.Ordinal) ? plain[plain.IndexOf(':', StringComparison.Ordinal)..] : string.Empty;
        if (Domain.TryParse(ToAscii(host) + port, out domain))
        {
            problem = string.Empty;
            return true;
        }
        problem = $"\u201C{(rest.Length > 60 ? rest[..60] + "\u2026" : rest)}\u201D is not a domain. Type something like globex.example or globex.example:8443.";
        return false;
    }

    private static string WithoutScheme(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return text;
        var rest = text[(scheme + 3)..];
        // A scheme's own port is not part of a domain.
        var ownPort = text[..scheme].ToUpperInvariant() switch { "HTTPS" => ":443", "HTTP" => ":80", _ => string.Empty };
        var authority = rest.Split('/', '?', '#')[0];
        return ownPort.Length > 0 && authority.EndsWith(ownPort, StringComparison.Ordinal) ? authority[..^ownPort.Length] : rest;
    }

    private static string ToAscii(string host)
    {
        try
        {
            return Idn.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return host.ToLowerInvariant();
        }
    }
}
