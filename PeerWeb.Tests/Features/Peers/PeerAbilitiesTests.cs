using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;
using PeerWeb.Core.Peers;
using PeerWeb.Features.Peers.Components;
using Xunit;

namespace PeerWeb.Tests.Features.Peers;

public sealed class PeerAbilitiesTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();
    private int _asked;

    public PeerAbilitiesTests()
    {
        _context.Services.AddMudServices();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task Nothing_is_asked_before_it_is_opened_and_once_is_enough()
    {
        var shown = Render(null);
        Assert.Equal(0, _asked);

        await shown.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty);
        Assert.Equal(1, _asked);
        shown.Render(now => now.Add(abilities => abilities.Comparison, new MethodComparison.NotSaid()));
        await shown.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty);
        Assert.Equal(1, _asked);

        await shown.Find("[data-testid=peer-abilities-ask]").ClickAsync(new());
        Assert.Equal(2, _asked);
    }

    [Fact]
    public void Both_differences_are_listed_with_what_of_a_call_it_is()
    {
        var directory = new PeerMethod("GET", "/peer/v1/directory", null, "1", "Users who can be found", []);
        var query = new PeerMethod("POST", "/peer/v1/query", null, "1", "One page of several collections", ["request text?"]);

        var shown = Render(new MethodComparison.Known([new MethodGap(directory, [])], [new MethodGap(query, ["request text?", "answer next?"])]));

        var there = shown.Find("[data-side=there] li");
        Assert.Equal("GET /peer/v1/directory", there.GetAttribute("data-method"));
        Assert.Contains("Users who can be found", there.TextContent, StringComparison.Ordinal);
        Assert.Null(there.QuerySelector(".gap-parts"));
        Assert.Equal("request text?, answer next?", shown.Find("[data-side=here] .gap-parts").TextContent);
    }

    [Fact]
    public void One_side_that_can_do_nothing_more_is_left_out_and_a_text_of_the_peers_is_a_text()
    {
        var odd = new PeerMethod("GET", "/<b>x</b>", null, "1", "<script>alert(1)</script>", []);

        var shown = Render(new MethodComparison.Known([new MethodGap(odd, [])], []));

        Assert.Empty(shown.FindAll("[data-side=here], script, b"));
        Assert.Equal("<script>alert(1)</script>", shown.Find(".gap-what").TextContent);
    }

    [Theory]
    [InlineData("same", "It can do what we can do, and nothing else.")]
    [InlineData("not-said", "It does not say what it can do.")]
    [InlineData("failed", "It cannot be reached.")]
    public void What_came_of_asking_is_a_sentence(string outcome, string sentence)
    {
        MethodComparison comparison = outcome switch
        {
            "same" => new MethodComparison.Known([], []),
            "not-said" => new MethodComparison.NotSaid(),
            _ => new MethodComparison.Failed("It cannot be reached."),
        };

        Assert.StartsWith(sentence, Render(comparison).Find("[role=status] p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void While_it_is_asked_it_says_so()
    {
        var shown = _context.Render<PeerAbilities>(abilities => abilities.Add(one => one.Domain, "globex.example").Add(one => one.IsAsking, true));

        Assert.Equal("true", shown.Find("[role=status]").GetAttribute("aria-busy"));
        Assert.Empty(shown.FindAll("button"));
    }

    private IRenderedComponent<PeerAbilities> Render(MethodComparison? comparison) => _context.Render<PeerAbilities>(abilities => abilities
        .Add(one => one.Domain, "globex.example")
        .Add(one => one.Comparison, comparison)
        .Add(one => one.Ask, EventCallback.Factory.Create(this, () => { _asked++; })));
}
