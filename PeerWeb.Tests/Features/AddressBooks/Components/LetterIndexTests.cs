using Bunit;
using Microsoft.AspNetCore.Components.Web;
using PeerWeb.Features.AddressBooks.Components;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Components;

public sealed class LetterIndexTests : BunitContext
{
    private readonly List<string> _begun = [];

    [Fact]
    public void Every_letter_and_all_begin_the_list_and_one_is_pressed()
    {
        var index = Index("C");

        Assert.Equal("C", Assert.Single(index.FindAll("[aria-pressed=true]")).TextContent);
        foreach (var number in Enumerable.Range(0, index.FindAll("button").Count))
            index.FindAll("button")[number].Click();

        Assert.Equal(["", "A", "B"], _begun[..3]);
        Assert.Equal((27, "Z"), (_begun.Count, _begun[^1]));
    }

    [Theory]
    [InlineData("ArrowDown", "B")]
    [InlineData("ArrowUp", "")]
    [InlineData("Home", "")]
    [InlineData("End", "Z")]
    [InlineData("x", "A")]
    public void The_tab_key_stops_once_and_arrows_go_on_from_there(string key, string reached)
    {
        var index = Index(string.Empty);
        index.Find("[data-letter=A]").Click();

        index.Find("[data-testid=letters]").KeyDown(new KeyboardEventArgs { Key = key });

        Assert.Equal(reached, Assert.Single(index.FindAll("[tabindex='0']")).GetAttribute("data-letter"));
        Assert.Equal(key == "x" ? 0 : 1, JSInterop.Invocations.Count);
        Assert.Equal(["A"], _begun);
    }

    [Fact]
    public async Task Who_types_faster_than_the_focus_comes_gets_the_letter_that_the_arrows_led_to()
    {
        var focus = JSInterop.SetupVoid("Blazor._internal.domWrapper.focus", _ => true);
        var index = Index(string.Empty);

        var pressed = Press(index, "ArrowDown", "ArrowDown");
        index.Find("[data-letter='']").Click(new MouseEventArgs { Detail = 0 });
        Assert.Equal(["B"], _begun);

        focus.SetVoidResult();
        await pressed;
        Assert.Equal("0", index.Find("[data-letter=B]").GetAttribute("tabindex"));
        index.Find("[data-letter=D]").Click(new MouseEventArgs { Detail = 0 });
        Assert.Equal(["B", "D"], _begun);
    }

    [Fact]
    public void What_is_clicked_is_meant_wherever_the_focus_is()
    {
        JSInterop.SetupVoid("Blazor._internal.domWrapper.focus", _ => true);
        var index = Index(string.Empty);

        _ = Press(index, "End");
        index.Find("[data-letter=K]").Click(new MouseEventArgs { Detail = 1 });

        Assert.Equal(["K"], _begun);
    }

    /// <summary>Ends when the browser has moved the focus.</summary>
    private static Task Press(IRenderedComponent<LetterIndex> index, params string[] keys) =>
        Task.WhenAll([.. keys.Select(key => index.Find("[data-testid=letters]").KeyDownAsync(new KeyboardEventArgs { Key = key }))]);

    private IRenderedComponent<LetterIndex> Index(string from)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        return Render<LetterIndex>(parameters => parameters.Add(index => index.From, from).Add(index => index.OnBegin, _begun.Add));
    }
}
