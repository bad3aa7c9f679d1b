using NodaTime;
using PeerWeb.Core.Peers;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class LinkStateTests
{
    private static readonly Instant T = Instant.FromUtc(2026, 11, 1, 12, 0);

    public static TheoryData<string, string, string> Table => new()
    {
        { "nothing", "asked", "incoming" },
        { "nothing", "approved", "waiting-ours" },
        { "asked", "nothing", "outgoing" },
        { "asked", "asked", "both-asked" },
        { "asked", "approved", "waiting-ours" },
        { "approved", "nothing", "approved-here" },
        { "approved", "asked", "waiting-theirs" },
        { "approved", "approved", "active" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_table_gives_the_state(string here, string there, string expected) =>
        Assert.Equal(expected, Facts(here, there).State.Name());

    [Theory]
    [MemberData(nameof(Table))]
    public void Who_approves_without_having_asked_counts_like_who_asked_first(string here, string there, string expected)
    {
        var facts = Facts(here, there);

        Assert.Equal(expected, (facts with
        {
            AskedHere = here == "approved" ? null : facts.AskedHere,
            AskedThere = there == "approved" ? null : facts.AskedThere,
        }).State.Name());
    }

    [Fact]
    public void A_link_with_which_nothing_happened_is_a_broken_invariant() =>
        Assert.Throws<InvalidOperationException>(() => new LinkFacts().State);

    [Fact]
    public void Revoked_stands_over_blocked_over_rejected_over_suspended()
    {
        var active = Facts("approved", "approved");

        Assert.Equal("suspended", (active with { SuspendedHere = T }).State.Name());
        Assert.Equal("suspended", (active with { SuspendedThere = T }).State.Name());
        Assert.Equal("rejected", (active with { SuspendedHere = T, RejectedThere = T }).State.Name());
        Assert.Equal("rejected", (active with { RejectedHere = T }).State.Name());
        Assert.Equal("blocked", (active with { RejectedHere = T, Blocked = T }).State.Name());
        Assert.Equal("revoked", (active with { RejectedHere = T, Blocked = T, Revoked = T }).State.Name());
    }

    [Fact]
    public void A_link_that_one_side_never_approved_is_not_suspended() =>
        Assert.Equal("waiting-theirs", (Facts("approved", "asked") with { SuspendedThere = T }).State.Name());

    private static LinkFacts Facts(string here, string there) => new()
    {
        AskedHere = here == "nothing" ? null : T,
        AskedThere = there == "nothing" ? null : T,
        ApprovedHere = here == "approved" ? T : null,
        ApprovedThere = there == "approved" ? T : null,
    };
}
