using PeerWeb.Shared;
using Xunit;

namespace PeerWeb.Tests.Shared;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;")]
    [InlineData("[a](https://example.org/x)", "<a href=\"https://example.org/x\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>")]
    public void What_one_writes_shows_and_html_shows_as_it_was_typed(string markdown, string html) =>
        Assert.Contains(html, MarkdownText.ToHtml(markdown).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](data:text/html,x)")]
    [InlineData("[a](//example.org/x)")]
    [InlineData("![a](https://example.org/x.png)")]
    [InlineData("<img src=x onerror=alert(1)>")]
    public void Nothing_is_fetched_run_or_linked_but_what_we_open(string markdown)
    {
        var html = MarkdownText.ToHtml(markdown).Value;

        Assert.DoesNotContain("href=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(">", "&gt;")]
    [InlineData("[", "[")]
    [InlineData("1) ", "1)")]
    [InlineData("*a ", "a")]
    public void What_is_nested_without_end_shows_all_the_same(string mark, string shown)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 20_000));

        Assert.Contains(shown, MarkdownText.ToHtml(text).Value, StringComparison.Ordinal);
    }
}
