using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Doctor;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Doctor;

public sealed class PeerExaminationTests
{
    private static readonly Instant Then = Instant.FromUtc(2026, 11, 1, 12, 0);

    private static readonly LinkFacts Active = new() { AskedHere = Then, ApprovedHere = Then, ApprovedThere = Then };

    private readonly Peer _peer = new()
    {
        Id = PeerId.New(),
        Installation = new InstallationId(Guid.NewGuid()),
        Domain = Domain.Parse("globex.example"),
        Key = Keys.New(),
        FirstSeen = Then,
        Verified = Then,
        Facts = Active,
    };

    [Theory]
    [InlineData("active", 0, FindingLevel.Ok, FindingLevel.Ok)]
    [InlineData("active", -29, FindingLevel.Ok, FindingLevel.Ok)]
    [InlineData("active", 30, FindingLevel.Ok, FindingLevel.Warning)]
    [InlineData("active", 60, FindingLevel.Ok, FindingLevel.Error)]
    [InlineData("active", -400, FindingLevel.Ok, FindingLevel.Error)]
    [InlineData("revoked", 0, FindingLevel.Error, FindingLevel.Ok)]
    [InlineData("suspended", 0, FindingLevel.Error, FindingLevel.Ok)]
    [InlineData(null, 0, FindingLevel.Error, FindingLevel.Ok)]
    public async Task A_link_must_stand_the_same_on_both_sides_and_the_clocks_close(string? there, int skew, FindingLevel standing, FindingLevel clock)
    {
        var findings = await LookAsync(_peer, Found(), new ProbeAnswer(null, there, Duration.FromSeconds(skew)));

        Assert.Equal([standing, clock], findings.Select(finding => finding.Level));
        Assert.All(findings, finding => Assert.Equal(finding.Level == FindingLevel.Ok, finding.Advice is null));
    }

    [Theory]
    [InlineData("waiting-ours", FindingLevel.Ok)]
    [InlineData("approved-here", FindingLevel.Error)]
    [InlineData("active", FindingLevel.Error)]
    public async Task A_link_that_waits_for_the_other_side_is_named_otherwise_there(string there, FindingLevel standing)
    {
        var waiting = _peer with { Facts = new LinkFacts { AskedThere = Then, ApprovedHere = Then } };

        Assert.Equal([standing], (await LookAsync(waiting, Found(), new ProbeAnswer(null, there, null))).Select(finding => finding.Level));
    }

    [Fact]
    public async Task Another_key_another_installation_and_silence_are_errors()
    {
        Assert.Contains("another key", await ErrorAsync(Found() with { Key = Keys.New() }, null), StringComparison.Ordinal);
        Assert.Contains("another installation", await ErrorAsync(Found() with { Installation = new InstallationId(Guid.NewGuid()) }, null), StringComparison.Ordinal);
        Assert.Contains("It cannot be reached.", await ErrorAsync(null, null), StringComparison.Ordinal);
        Assert.Contains("It is busy.", await ErrorAsync(Found(), new ProbeAnswer("It is busy.", null, null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_over_or_was_never_opened_is_not_asked()
    {
        foreach (var peer in new[] { _peer with { Facts = Active with { Revoked = Then, RevokedBy = LinkSide.Here } }, _peer with { Verified = null } })
            Assert.Equal(Finding.Ok("peers", "none to ask"), Assert.Single(await LookAsync(peer, null, null)));
    }

    private DiscoveredInstallation Found() => new(_peer.Domain, _peer.Installation, "Globex", new Uri("https://globex.example"), _peer.Key, ["1"], [], []);

    private async Task<string> ErrorAsync(DiscoveredInstallation? found, ProbeAnswer? answer)
    {
        var finding = Assert.Single(await LookAsync(_peer, found, answer));
        Assert.Equal((FindingLevel.Error, "globex.example"), (finding.Level, finding.Subject));
        return finding.Text;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(Peer peer, DiscoveredInstallation? found, ProbeAnswer? answer)
    {
        var world = new World(peer, found, answer);
        await using var services = new ServiceCollection().AddSingleton<ILinkProbe>(world).BuildServiceProvider();
        return await new PeerExamination(world, world, services).LookAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One peer, what its domain shows and what it answers. Whatever would write fails.</summary>
    private sealed class World(Peer peer, DiscoveredInstallation? found, ProbeAnswer? answer) : IPeerBook, IDiscoveryClient, ILinkProbe
    {
        public Task<IReadOnlyList<Peer>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Peer>>([peer]);

        public Task<DiscoveredInstallation> FetchAsync(Domain domain, CancellationToken cancellationToken) =>
            Task.FromResult(found ?? throw new DiscoveryFailedException("It cannot be reached."));

        public Task<ProbeAnswer> ProbeAsync(PeerId id, CancellationToken cancellationToken) => Task.FromResult(answer ?? throw new InvalidOperationException("It was not to be asked."));

        public Task<Peer?> FindAsync(PeerId id, CancellationToken cancellationToken) => Task.FromResult<Peer?>(peer);

        public Task<Peer?> FindByKeyAsync(KeyThumbprint thumbprint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<T> ChangeAsync<T>(Func<IReadOnlyList<Peer>, BookChange<T>> decide, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReceiveOutcome> ReceiveAsync(
            PeerId peer, Receipt receipt, Func<IReadOnlyList<Peer>, BookChange<ReceiveOutcome>> decide, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RecordContactAsync(PeerId peer, PeerContact contact, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
