using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Search;
using PeerWeb.Shared;
using PeerWeb.Tests.Entries;
using PeerWeb.Tests.Federation.Merge;
using Xunit;

namespace PeerWeb.Tests.Features.Search;

public sealed class SearchPageTests : BunitContext
{
    private readonly HandMadeWorld _world = new();

    public SearchPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(NullLoggerFactory.Instance);
        Services.AddSingleton(new MergedSearch(_world.View, new AppRegistry([new NamedApp(HandMadeWorld.App)])));
        Services.AddScoped<SearchQueries>();
        Services.AddSingleton(new EntryPage(HandMadeWorld.App, "Probes", "/probe", "probe", string.Empty, Order: 0, (entry, _) => $"/probe?entry={entry.Summary.Uid}", (_, _) => "today"));
        Services.AddSingleton<AuthenticationStateProvider>(new SignedInAsSam());
        Services.AddSingleton<TimeProvider>(_world.Time);
        Services.AddSingleton<ChosenZone>(_ => Task.FromResult<string?>("Europe/Zurich"));
        Services.AddScoped<ViewerZone>();
    }

    [Fact]
    public void What_is_found_here_shows_before_another_has_answered_and_each_leads_to_its_page()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Own.Add("Tea with Zoé", "Coffee");
        _world.AddPeer("acme").Add("A <b>tea</b>").Before = (_, token) => open.Task.WaitAsync(token);

        var page = Open("tea");

        page.WaitForAssertion(() => Assert.Equal("1 found so far…", page.Find("[data-testid=search-state]").TextContent.Trim()));
        var hit = Assert.Single(page.FindAll("[data-testid=probe]"));
        Assert.Equal($"/probe?entry={hit.GetAttribute("data-uid")}", hit.GetAttribute("href"));
        open.SetResult();
        page.WaitForAssertion(() => Assert.Equal("2 found.", page.Find("[data-testid=search-state]").TextContent.Trim()));
        Assert.Equal(["A <b>tea</b>", "Tea with Zoé"], page.FindAll("[data-testid=probe] .title").Select(title => title.TextContent));
        Assert.Equal(["today · ada@acme.example", "today"], page.FindAll("[data-testid=probe] .about").Select(about => about.TextContent));
    }

    [Fact]
    public void Who_does_not_answer_is_named()
    {
        _world.Own.Add("Tea");
        _world.AddPeer("acme").Add("Tea").Before = (_, _) => throw new PeerUnavailableException(UnavailableReason.NotConnected, "Not there.");

        var page = Open("tea");

        page.WaitForAssertion(() => Assert.StartsWith("acme.example did not answer", page.Find("[data-testid=search-silent]").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("[data-testid=probe]"));
    }

    [Fact]
    public void What_is_typed_is_searched_for_after_a_pause_and_stands_in_the_address()
    {
        _world.Own.Add("Tea", "Coffee");
        var page = Open(string.Empty);
        Assert.Empty(page.FindAll("[data-testid=probe]"));

        page.Find("[data-testid=search-input]").Input("cof");
        page.Find("[data-testid=search-input]").Input("coffee");
        _world.Time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.DoesNotContain("q=", Navigation.Uri, StringComparison.Ordinal);
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));

        page.WaitForAssertion(() => Assert.EndsWith("/search?q=coffee", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_too_long_or_nowhere_is_said()
    {
        var page = Open(new string('x', 300));
        page.WaitForAssertion(() => Assert.Contains("200", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));

        var other = Open("nothing like it");
        other.WaitForAssertion(() => Assert.Equal("Nothing matches “nothing like it”.", other.Find("[data-testid=search-state]").TextContent.Trim()));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<SearchPage> Open(string text)
    {
        Navigation.NavigateTo(SearchAddress.Of(text));
        return Render<SearchPage>();
    }

    private sealed class SignedInAsSam : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "sam")], "test"))));
    }
}
