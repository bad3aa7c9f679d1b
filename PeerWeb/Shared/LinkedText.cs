using System.Text.RegularExpressions;

namespace PeerWeb.Shared;

/// <summary>A piece of plain text; with an address where it is a link.</summary>
public readonly record struct TextPiece(string Text, string? Href);

/// <summary>Finds the links in plain text: http, https, mailto and tel, nothing else.</summary>
public static partial class LinkedText
{
    private const int LongestLink = 2000;

    /// <summary>The whole text in order; put together, the pieces' texts are the text.</summary>
    public static IEnumerable<TextPiece> Split(string text)
    {
        var done = 0;
        foreach (Match match in Candidate().Matches(text))
        {
            var link = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '"', '*');
            if (link.EndsWith(')') && !link.Contains('('))
                link = link[..^1];
            if (HrefOf(link) is not { } href)
                continue;
            if (match.Index > done)
                yield return new TextPiece(text[done..match.Index], null);
            yield return new TextPiece(link, href);
            done = match.Index + link.Length;
        }
        if (done < text.Length)
            yield return new TextPiece(text[done..], null);
    }

    /// <summary>The address to link to; null for anything but a well-formed address of a scheme that we open.</summary>
    public static string? HrefOf(string? text) =>
        text is { Length: > 0 and <= LongestLink }
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "mailto" or "tel"
        && (uri.Scheme is "mailto" or "tel" || uri.Host.Length > 0)
            ? uri.AbsoluteUri
            : null;

    [GeneratedRegex(@"\b(?:https?://|mailto:|tel:)[^\s<>""\u0000-\u001f]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
