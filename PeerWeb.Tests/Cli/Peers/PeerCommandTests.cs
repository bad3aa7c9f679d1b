using PeerWeb.Cli;
using PeerWeb.Cli.Peers;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Cli.Peers;

public sealed class PeerCommandTests
{
    [Theory]
    [InlineData("peer")]
    [InlineData("peer request")]
    [InlineData("peer approve globex.example")]
    [InlineData("peer approve --fingerprint x")]
    [InlineData("peer revoke")]
    [InlineData("peer list surplus")]
    [InlineData("peer list --output xml")]
    public async Task What_is_not_a_command_is_exit_code_2_and_a_sentence(string line)
    {
        using var error = new StringWriter();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, error, null);

        var code = await new CommandLine(terminal).RunAsync(line.Split(' '), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public async Task A_peer_is_found_by_id_or_by_a_domain_that_only_one_link_claims()
    {
        var ct = TestContext.Current.CancellationToken;
        var net = new Internet();
        using var acme = new Site("acme.example", net, new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero)));
        using var globex = new Site("globex.example", net, acme.Time);
        await acme.RequestAsync(globex);
        var peer = await acme.PeerAsync();

        Assert.Equal(peer.Id, (await PeerChoice.FindAsync(acme.Links, peer.Id.ToString(), ct)).Id);
        Assert.Equal(peer.Id, (await PeerChoice.FindAsync(acme.Links, "https://Globex.example/", ct)).Id);
        await Assert.ThrowsAsync<CommandFailedException>(() => PeerChoice.FindAsync(acme.Links, "initech.example", ct));

        await acme.Received.RequestAsync(new LinkMessage.Request(new LinkNames(new LinkId(Guid.NewGuid()), null), globex.Home.Domain, new InstallationId(Guid.NewGuid()), Keys.New()), ct);
        var both = await Assert.ThrowsAsync<CommandFailedException>(() => PeerChoice.FindAsync(acme.Links, "globex.example", ct));
        Assert.Contains(peer.Id.ToString(), both.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_the_list_says_state_fingerprint_and_what_is_wrong()
    {
        var key = Keys.New();
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = new InstallationId(Guid.NewGuid()),
            Domain = Domain.Parse("globex.example"),
            Key = key,
            FirstSeen = NodaTime.Instant.FromUnixTimeSeconds(0),
            Facts = new LinkFacts { AskedHere = NodaTime.Instant.FromUnixTimeSeconds(0) },
            LastError = "It cannot be reached.",
        };

        var text = string.Join('\n', PeerLine.Of(peer, [peer]).ToText());

        Assert.Contains("globex.example", text, StringComparison.Ordinal);
        Assert.Contains("outgoing", text, StringComparison.Ordinal);
        Assert.Contains(Fingerprint.Of(key.Thumbprint).ToString(), text, StringComparison.Ordinal);
        Assert.Contains("It cannot be reached.", text, StringComparison.Ordinal);
    }
}
