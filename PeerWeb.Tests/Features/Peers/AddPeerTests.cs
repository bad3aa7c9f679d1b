using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Peers.Components;
using PeerWeb.Features.Peers.State;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Features.Peers;

public sealed class AddPeerTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();
    private readonly List<object> _raised = [];

    public AddPeerTests()
    {
        _context.Services.AddMudServices();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Enter_looks_the_typed_domain_up_and_sends_nothing()
    {
        var form = Render(new AddPeerState());

        form.Find("input[data-testid=peer-add-domain]").Input("Globex.Example");
        form.Find("form").Submit();

        Assert.Equal("Globex.Example", Assert.Single(_raised));
    }

    [Fact]
    public void What_was_found_is_shown_with_its_fingerprint_before_it_is_asked()
    {
        var found = new DiscoveredInstallation(
            Domain.Parse("globex.example"), new InstallationId(Guid.NewGuid()), "Globex", new Uri("https://globex.example/"), Keys.New(), ["1"], [], []);
        var form = Render(new AddPeerState { Found = found });

        Assert.Equal(Fingerprint.Of(found.Key.Thumbprint).Words, form.FindAll(".word").Select(word => word.TextContent));
        form.Find("input[data-testid=peer-add-domain]").Input("https://Globex.example/");
        form.Find("[data-testid=peer-request]").Click();

        Assert.Same(found, Assert.IsType<RequestPeerAction>(Assert.Single(_raised)).Found);

        form.Find("input[data-testid=peer-add-domain]").Input("initech.example");
        form.Find("[data-testid=peer-request]").Click();

        Assert.Equal(new RequestPeerAction("initech.example", null), _raised[^1]);
    }

    [Fact]
    public void A_domain_can_be_asked_without_looking_it_up_first()
    {
        var form = Render(new AddPeerState());

        form.Find("input[data-testid=peer-add-domain]").Input("globex.example");
        form.Find("[data-testid=peer-request]").Click();

        Assert.Equal(new RequestPeerAction("globex.example", null), Assert.Single(_raised));
    }

    [Fact]
    public void A_problem_stands_beside_the_field() =>
        Assert.Contains("is not a domain", Render(new AddPeerState { Problem = "\u201Cx y\u201D is not a domain." }).Markup, StringComparison.Ordinal);

    [Fact]
    public void While_it_asks_the_button_cannot_be_pressed_again() =>
        Assert.True(Render(new AddPeerState { IsBusy = true }).Find("[data-testid=peer-look-up]").HasAttribute("disabled"));

    private IRenderedComponent<AddPeer> Render(AddPeerState state) => _context.Render<AddPeer>(form => form
        .Add(f => f.State, state)
        .Add(f => f.LookUp, EventCallback.Factory.Create<string>(this, _raised.Add))
        .Add(f => f.Request, EventCallback.Factory.Create<RequestPeerAction>(this, _raised.Add)));
}
