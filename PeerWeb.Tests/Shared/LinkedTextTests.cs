using Bunit;
using PeerWeb.Shared;
using Xunit;

namespace PeerWeb.Tests.Shared;

public sealed class LinkedTextTests : BunitContext
{
    [Theory]
    [InlineData("See https://a.example/x?y=1&z=2.", "https://a.example/x?y=1&z=2")]
    [InlineData("(http://a.example/)", "http://a.example/")]
    [InlineData("https://en.example/wiki/A_(b)", "https://en.example/wiki/A_(b)")]
    [InlineData("write mailto:ada@acme.example, please", "mailto:ada@acme.example")]
    [InlineData("call tel:+49-30-123", "tel:+49-30-123")]
    public void Addresses_of_schemes_that_we_open_are_links(string text, string link)
    {
        var pieces = LinkedText.Split(text).ToList();

        Assert.Equal(link, Assert.Single(pieces, piece => piece.Href is not null).Text);
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("nothttps://a.example")]
    [InlineData("")]
    public void Everything_else_is_text(string text) => Assert.All(LinkedText.Split(text), piece => Assert.Null(piece.Href));

    [Fact]
    public void Markup_and_line_ends_stay_text_and_links_tell_nobody_where_they_were()
    {
        var view = Render<LinkedTextView>(parameters => parameters.Add(linked => linked.Text, "One <b>two</b>\nhttps://a.example/ three"));

        Assert.Empty(view.FindAll("b"));
        var link = view.Find("a");
        Assert.Equal("https://a.example/", link.GetAttribute("href"));
        Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
        Assert.Equal("One <b>two</b>\nhttps://a.example/ three", string.Concat(view.Nodes.Select(node => node.TextContent)));
    }

    [Fact]
    public void A_hundred_kilobytes_of_almost_links_are_split_at_once()
    {
        var text = string.Concat(Enumerable.Repeat("https://", 12_800));

        Assert.Equal(text, string.Concat(LinkedText.Split(text).Select(piece => piece.Text)));
    }
}
