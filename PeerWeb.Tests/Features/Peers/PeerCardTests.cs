using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Sync;
using PeerWeb.Features.Peers.Components;
using PeerWeb.Features.Peers.State;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Features.Peers;

public sealed class PeerCardTests : IAsyncDisposable
{
    private static readonly Instant T = Instant.FromUtc(2026, 11, 1, 12, 0);
    private static readonly Home Home = new(new InstallationId(Guid.NewGuid()), Domain.Parse("acme.example"), "Acme", Keys.New());
    private readonly BunitContext _context = new();
    private readonly List<PeerCommandAction> _commands = [];

    public PeerCardTests()
    {
        _context.Services.AddMudServices();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public static TheoryData<string, bool, string[]> Buttons => new()
    {
        { "incoming", true, ["reject", "test", "revoke"] },
        { "outgoing", true, ["test", "revoke"] },
        { "both-asked", true, ["reject", "test", "revoke"] },
        { "waiting-ours", true, ["reject", "test", "revoke"] },
        { "approved-here", false, ["test", "revoke"] },
        { "waiting-theirs", false, ["test", "revoke"] },
        { "active", false, ["suspend", "test", "revoke"] },
        { "suspended", false, ["resume", "test", "revoke"] },
        { "rejected", true, ["test", "revoke"] },
        { "blocked", true, ["reject", "test", "revoke"] },
        { "revoked", false, [] },
    };

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Theory]
    [MemberData(nameof(Buttons))]
    public void Each_state_shows_its_name_its_words_and_its_buttons(string state, bool approve, string[] buttons)
    {
        var card = Render(In(state));

        var peer = card.Find("[data-testid=peer]");
        Assert.Equal("globex.example", peer.GetAttribute("data-domain"));
        Assert.Equal(state, peer.GetAttribute("data-state"));
        Assert.NotEmpty(card.Find(".state span").TextContent);
        Assert.NotNull(card.Find(".state svg"));
        Assert.NotNull(card.Find(".state time"));
        Assert.Equal(approve, card.FindAll("form [data-testid=peer-approve]").Count == 1);
        Assert.Equal(buttons, card.FindAll("footer button").Select(button => button.GetAttribute("data-testid")?["peer-".Length..]));
    }

    [Fact]
    public void An_unopened_request_cannot_be_approved_and_says_why()
    {
        var card = Render(In("incoming") with { Verified = null, Endpoint = null });

        Assert.True(card.Find("[data-testid=peer-approve]").HasAttribute("disabled"));
        Assert.Contains("Open the request", card.Find("form").TextContent, StringComparison.Ordinal);
        Assert.NotNull(card.Find("[data-testid=peer-open]"));
    }

    [Fact]
    public void To_approve_names_exactly_the_pair_that_is_shown_and_what_was_typed()
    {
        var peer = In("incoming");
        var card = Render(peer);

        card.Find("[data-testid=peer-fingerprint-typed]").Input("what the phone said");
        card.Find("form").Submit();

        var command = Assert.Single(_commands);
        Assert.Equal(PeerCommandKind.Approve, command.Kind);
        Assert.Equal(
            new Approval(new KeyPair(new(Home.Installation, Home.Key.Thumbprint), new(peer.Installation, peer.Key.Thumbprint)), "what the phone said"),
            command.Approval);
    }

    [Theory]
    [InlineData("incoming")]
    [InlineData("blocked")]
    public void While_it_is_typed_the_card_says_whether_it_is_their_fingerprint(string state)
    {
        const string Right = "This is the fingerprint that the installation shows.";
        var peer = In(state);
        var card = Render(peer);
        var words = Fingerprint.Of((peer.Seen?.Key ?? peer.Key).Thumbprint).Words;

        card.Find("[data-testid=peer-fingerprint-typed]").Input(string.Join(' ', words.Take(7)));
        card.WaitForAssertion(() => Assert.DoesNotContain(Right, card.Find("form").TextContent, StringComparison.Ordinal));
        card.Find("[data-testid=peer-fingerprint-typed]").Input(string.Join(' ', words));
        card.WaitForAssertion(() => Assert.Contains(Right, card.Find("form").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Our_own_fingerprint_can_be_read_by_a_phone()
    {
        var card = Render(In("incoming"));

        Assert.Equal("Ours: fingerprint as a QR code", card.Find("[data-testid=own-fingerprint-qr] svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Both_fingerprints_are_there_as_words_digits_and_whole()
    {
        var peer = In("incoming");
        var card = Render(peer);

        foreach (var (hook, key) in new[] { ("own-fingerprint", Home.Key), ("peer-fingerprint", peer.Key) })
        {
            var fingerprint = Fingerprint.Of(key.Thumbprint);
            var shown = card.Find($"[data-testid={hook}]");
            Assert.Equal(fingerprint.Words, shown.QuerySelectorAll(".word").Select(word => word.TextContent));
            Assert.Equal(fingerprint.Digits, shown.QuerySelectorAll(".digits").Select(digits => digits.TextContent));
            Assert.Equal(key.Thumbprint.Value, shown.QuerySelector("code")?.TextContent);
        }
    }

    [Fact]
    public void A_blocked_link_shows_the_old_key_and_the_new_one()
    {
        var peer = In("blocked");
        var card = Render(peer);

        var shown = card.FindAll(".fingerprint code").Select(code => code.TextContent);
        Assert.Equal([Home.Key.Thumbprint.Value, peer.Key.Thumbprint.Value, peer.Seen?.Key.Thumbprint.Value], shown);
        Assert.Equal(peer.Seen?.Key.Thumbprint.Value, card.Find("[data-testid=peer-fingerprint] code").TextContent);
        Assert.Equal("Failed", card.Find("[data-step='Key known']").GetAttribute("data-mark"));
    }

    [Fact]
    public void A_revoke_asks_first()
    {
        var card = Render(In("active"));

        card.Find("[data-testid=peer-revoke]").Click();
        Assert.Empty(_commands);
        card.Find("[data-testid=peer-revoke-confirm]").Click();

        Assert.Equal(PeerCommandKind.Revoke, Assert.Single(_commands).Kind);
    }

    [Fact]
    public void What_could_not_be_delivered_is_told_and_can_be_tried_now()
    {
        var peer = In("outgoing");
        var message = new OutboxMessage(
            1, peer.Id, LinkMessageKinds.Request, "{}", "0123456789abcdef", MessageState.Waiting, 2, T, T + Duration.FromMinutes(1), null, "It cannot be reached.");

        var card = Render(peer, message);

        Assert.Contains("It cannot be reached. Tried 2 times, next at 1 Nov 2026, 12:01 UTC.", card.Find(".note").TextContent, StringComparison.Ordinal);
        card.Find("[data-testid=peer-try-now]").Click();
        Assert.Equal(PeerCommandKind.TryNow, Assert.Single(_commands).Kind);
    }

    [Theory]
    [InlineData("active", 0, "Telling them: a change of sharing.")]
    [InlineData("active", 2, "Not delivered yet: a change of sharing. It cannot be reached. Tried 2 times, next at 1 Nov 2026, 12:01 UTC.")]
    [InlineData("suspended", 0, "A change of sharing waits until the link is active.")]
    public void Changes_of_sharing_that_wait_are_told_in_words(string state, int attempts, string words)
    {
        var peer = In(state);
        var message = new OutboxMessage(
            1, peer.Id, GrantMessageKinds.Change, "{}", "0123456789abcdef", MessageState.Waiting, attempts, T, T + Duration.FromMinutes(1), null, "It cannot be reached.");

        Assert.Contains(words, Render(peer, message).Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_later_than_the_last_exchange_is_the_step_that_failed()
    {
        var peer = In("active") with { LastExchange = T, LastError = "It cannot be reached.", LastErrorAt = T + Duration.FromMinutes(5) };

        var step = Render(peer).Find("[data-step=Reachable]");

        Assert.Equal("Failed", step.GetAttribute("data-mark"));
        Assert.Contains("It cannot be reached.", step.TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<PeerCard> Render(Peer peer, params OutboxMessage[] messages) => _context.Render<PeerCard>(card => card
        .Add(c => c.Peer, peer)
        .Add(c => c.Home, Home)
        .Add(c => c.Messages, messages)
        .Add(c => c.Command, EventCallback.Factory.Create<PeerCommandAction>(this, _commands.Add)));

    private static Peer In(string state)
    {
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = new InstallationId(Guid.NewGuid()),
            Domain = Domain.Parse("globex.example"),
            Key = Keys.New(),
            Name = "Globex",
            Endpoint = new Uri("https://globex.example/"),
            FirstSeen = T,
            Verified = T,
        };
        var active = new LinkFacts { AskedHere = T, ApprovedHere = T, AskedThere = T, ApprovedThere = T };
        return state switch
        {
            "incoming" => peer with { Facts = new LinkFacts { AskedThere = T } },
            "outgoing" => peer with { Facts = new LinkFacts { AskedHere = T } },
            "both-asked" => peer with { Facts = new LinkFacts { AskedHere = T, AskedThere = T } },
            "waiting-ours" => peer with { Facts = new LinkFacts { AskedHere = T, ApprovedThere = T } },
            "approved-here" => peer with { Facts = new LinkFacts { ApprovedHere = T } },
            "waiting-theirs" => peer with { Facts = new LinkFacts { ApprovedHere = T, AskedThere = T } },
            "suspended" => peer with { Facts = active with { SuspendedHere = T } },
            "rejected" => peer with { Facts = new LinkFacts { AskedThere = T, RejectedHere = T } },
            "blocked" => peer with
            {
                Facts = new LinkFacts { AskedThere = T, Blocked = T },
                Seen = new OtherKey(peer.Installation, Keys.New(), "The installation at globex.example shows another key."),
            },
            "revoked" => peer with { Facts = active with { Revoked = T, RevokedBy = LinkSide.Here } },
            _ => peer with { Facts = active },
        };
    }
}
