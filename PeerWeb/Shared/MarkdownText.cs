using System.Net;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace PeerWeb.Shared;

/// <summary>Markdown as HTML that may stand in a page: text of others never becomes more than words, lists, tables and links.</summary>
/// <remarks>HTML in the source shows as it was typed. What comes out is sanitised once more: no images (they tell their server who reads), no styles, links as <see cref="LinkedText"/> allows them.</remarks>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "ins", "mark", "sub", "sup",
        "table", "thead", "tbody", "tr", "th", "td", "a",
    ];

    private static readonly HtmlSanitizerOptions Allowed = new()
    {
        AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = new HashSet<string>(["href", "start"], StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = new HashSet<string>(["http", "https", "mailto", "tel"], StringComparer.OrdinalIgnoreCase),
        UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>What is nested deeper than anybody writes shows as it was typed.</summary>
    public static MarkupString ToHtml(string markdown)
    {
        string html;
        try
        {
            html = Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // How the parser says that its depth limit is exceeded.
            return new MarkupString($"<pre>{WebUtility.HtmlEncode(markdown)}</pre>");
        }
        var sanitizer = new HtmlSanitizer(Allowed);
        sanitizer.PostProcessNode += (_, args) => Check(args.Node);
        return new MarkupString(sanitizer.Sanitize(html));
    }

    private static void Check(INode node)
    {
        if (node is not IElement { LocalName: "a" } link)
            return;
        if (LinkedText.HrefOf(link.GetAttribute("href")) is not { } href)
        {
            link.RemoveAttribute("href");
            return;
        }
        link.SetAttribute("href", href);
        link.SetAttribute("target", "_blank");
        link.SetAttribute("rel", "noopener noreferrer nofollow");
    }
}
