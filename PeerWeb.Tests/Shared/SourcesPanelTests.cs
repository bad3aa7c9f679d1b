using Bunit;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared;
using PeerWeb.Tests.Features.Calendars;
using Xunit;

namespace PeerWeb.Tests.Shared;

public sealed class SourcesPanelTests : BunitContext
{
    private static readonly Instant At = Instant.FromUtc(2025, 3, 14, 13, 2);

    [Theory]
    [InlineData(SourceState.Loading, "loading", "loading")]
    [InlineData(SourceState.Live, "live", "live")]
    [InlineData(SourceState.Stale, "stale", "as of 14:02. It does not answer.")]
    [InlineData(SourceState.Offline, "offline", "offline since 14:02. It does not answer.")]
    [InlineData(SourceState.Refused, "refused", "refused since 14:02. It does not answer.")]
    public void Every_state_has_a_hook_an_icon_and_words_with_the_time(SourceState state, string name, string words)
    {
        var since = state == SourceState.Loading ? (Instant?)null : At;
        var reason = state is SourceState.Loading or SourceState.Live ? null : "It does not answer.";

        var source = Panel([Merged.Home, Merged.Peer()], [Merged.Sams with { Status = new SourceStatus(state, since, reason) }]).Find("[data-testid=source]");

        Assert.Equal(name, source.GetAttribute("data-state"));
        Assert.Equal(Merged.Sams.Id.ToString(), source.GetAttribute("data-source"));
        Assert.NotNull(source.QuerySelector(".state svg path"));
        Assert.Equal(words, source.QuerySelector(".state span")?.TextContent);
    }

    [Fact]
    public void A_time_of_another_day_names_the_day()
    {
        var status = new SourceStatus(SourceState.Stale, At, null);

        Assert.Equal("as of 14 Mar, 14:02", SourceStateWords.Brief(status, Merged.Berlin, At + Duration.FromDays(2)));
    }

    [Fact]
    public void Sources_stand_in_groups_mine_then_this_installation_then_each_peer()
    {
        var bobs = Merged.NewSource("bob@acme.example", "Team", 3);

        var groups = SourceGroup.Of([Merged.Home, Merged.Peer()], [Merged.Sams, bobs, Merged.Mine], "My calendars");

        Assert.Equal(["My calendars", "Acme", "Globex"], groups.Select(group => group.Title));
        Assert.Equal([Merged.Mine, bobs, Merged.Sams], groups.SelectMany(group => group.Sources));
    }

    [Fact]
    public void An_installation_that_failed_without_sources_shows_its_reason()
    {
        var panel = Panel([Merged.Home, Merged.Peer(SourceState.Offline, "It does not answer.")], [Merged.Mine]);

        Assert.Contains("It does not answer.", panel.Find("[data-installation='globex.example']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_peer_that_shares_nothing_says_so() =>
        Assert.Contains(
            "Nothing is shared with you",
            Panel([Merged.Home, Merged.Peer()], [Merged.Mine]).Find("[data-installation='globex.example']").TextContent,
            StringComparison.Ordinal);

    [Fact]
    public void Who_owns_nothing_reads_what_to_do() =>
        Assert.Contains("You have none.", Panel([Merged.Home], []).Markup, StringComparison.Ordinal);

    [Fact]
    public void The_switch_and_only_this_name_their_source()
    {
        var toggled = new List<SourceId>();
        var alone = new List<SourceId>();
        var panel = Panel([Merged.Home, Merged.Peer()], [Merged.Mine, Merged.Sams], toggled.Add, alone.Add);

        panel.Find($"[data-source='{Merged.Sams.Id}'] input").Change(false);
        panel.Find($"[data-source='{Merged.Mine.Id}'] .only").Click();

        Assert.Equal([Merged.Sams.Id], toggled);
        Assert.Equal([Merged.Mine.Id], alone);
    }

    [Fact]
    public void A_hidden_source_is_unticked()
    {
        var panel = Panel([Merged.Home], [Merged.Mine], hidden: new HashSet<SourceId> { Merged.Mine.Id });

        Assert.False(panel.Find("[data-testid=source] input").HasAttribute("checked"));
    }

    private IRenderedComponent<SourcesPanel> Panel(
        IReadOnlyList<Installation> installations, IReadOnlyList<Source> sources,
        Action<SourceId>? onToggle = null, Action<SourceId>? onOnly = null, IReadOnlySet<SourceId>? hidden = null) => Render<SourcesPanel>(parameters => parameters
            .Add(panel => panel.Installations, installations)
            .Add(panel => panel.Sources, sources)
            .Add(panel => panel.Hidden, hidden ?? new HashSet<SourceId>())
            .Add(panel => panel.Colors, SourceColor.Of(sources))
            .Add(panel => panel.Zone, Merged.Berlin)
            .Add(panel => panel.Now, At)
            .Add(panel => panel.OwnTitle, "My calendars")
            .Add(panel => panel.NoneOwned, "You have none.")
            .Add(panel => panel.OnToggle, onToggle ?? (_ => { }))
            .Add(panel => panel.OnOnly, onOnly ?? (_ => { })));
}
