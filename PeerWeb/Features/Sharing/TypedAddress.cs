using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Sharing;

/// <summary>Reads an address as people type and paste it: with spaces around, in capitals, as "Sam &lt;sam@globex.example&gt;" or with <c>mailto:</c>.</summary>
public static class TypedAddress
{
    /// <summary>Before the @, it means every user of a peer.</summary>
    public const string Everyone = "everyone";

    /// <summary>What sticks to an address that was copied out of a list or a sentence.</summary>
    private static readonly char[] Wrapping = ['<', '>', '"', '\'', ',', ';', '(', ')', '“', '”', '\u200B', '\uFEFF'];

    private static readonly string[] Prefixes = ["mailto:", "peerweb:"];

    public static bool IsEveryone(Address address) => address.User.Value == Everyone;

    public static Address? Read(string? typed)
    {
        var text = typed?.Trim() ?? string.Empty;
        if (text.LastIndexOf('<') is >= 0 and var open && text.IndexOf('>', open) is >= 0 and var close)
            text = text[(open + 1)..close].Trim();
        foreach (var prefix in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..];
        }
        text = text.Trim(Wrapping);
        var at = text.LastIndexOf('@');
        return at > 0 && UserName.TryParse(text[..at].ToLowerInvariant(), out var user) && DomainInput.TryRead(text[(at + 1)..], out var domain, out _)
            ? new Address(user, domain)
            : null;
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
