using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Sharing;

/// <summary>Reads an address as people type and paste it: with spaces around, in capitals, as "Sam &lt;sam@globex.example&gt;" or with <c>mailto:</c>.</summary>
public static class TypedAddress
{
    private static readonly string[] Prefixes = ["mailto:", "peerweb:"];

    public static Address? Read(string? typed)
    {
        var text = typed?.Trim() ?? string.Empty;
        if (text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var open)
            text = text[(open + 1)..^1].Trim();
        foreach (var prefix in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..];
        }
        return Address.TryParse(text.ToLowerInvariant(), out var address) ? address : null;
    }

    /// <summary>Why what was typed is no address.</summary>
    public static string Explain(string? typed)
    {
        var text = typed?.Trim() ?? string.Empty;
        if (text.Length == 0)
            return "Type the address of the person, such as sam@globex.example.";
        var shown = text.Length <= 80 ? text : $"{text[..80]}…";
        return text.Contains('@', StringComparison.Ordinal)
            ? $"“{shown}” is not an address: it is a user name, an @ and the domain of an installation, such as sam@globex.example."
            : $"“{shown}” has no domain: an address is like sam@globex.example, also for people of this installation.";
    }
}
