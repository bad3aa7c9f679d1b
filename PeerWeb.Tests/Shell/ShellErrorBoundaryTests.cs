using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Shell;
using Xunit;

namespace PeerWeb.Tests.Shell;

public sealed class ShellErrorBoundaryTests
{
    [Fact]
    public async Task A_page_that_throws_shows_an_id_and_can_be_tried_again()
    {
        await using var context = new BunitContext();
        context.Services.AddSingleton(TimeProvider.System);
        var broken = new Switch { On = true };
        context.Services.AddSingleton(broken);
        var shown = context.Render<ShellErrorBoundary>(boundary => boundary.AddChildContent<Page>());
        Assert.Equal(16, shown.Find("[data-testid=page-failure] code").TextContent.Length);

        broken.On = false;
        await shown.Find("button").ClickAsync(new());
        Assert.Equal("fine", shown.Markup);
    }

    private sealed class Switch
    {
        public bool On { get; set; }
    }

    private sealed class Page(Switch broken) : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddContent(0, broken.On ? throw new InvalidOperationException("broken") : "fine");
    }
}
