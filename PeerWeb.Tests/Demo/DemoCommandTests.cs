using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-demo-");

    private string Data => _directory.FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("5101")]
    [InlineData("5101,5101")]
    [InlineData("5101,http")]
    [InlineData("0,5102")]
    [InlineData("5101,65536")]
    [InlineData("5101,5102,5103")]
    public async Task Ports_that_are_not_two_ports_are_refused_before_anything_is_made(string ports)
    {
        (await CliRun.OfAsync(["demo", "--data", Data, "--ports", ports])).FailedWith("--ports takes two different ports, like 5101,5102.");
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await CliRun.OfAsync(["demo", "--data", Data, "--ports", string.Create(CultureInfo.InvariantCulture, $"{FreePorts.Two().First},{taken}")]);

        run.FailedWith($"Port {taken} is taken; give two free ones with --ports.");
    }

    [Fact]
    public async Task A_folder_that_is_not_the_demos_is_left_as_it_is()
    {
        var file = Path.Combine(Data, "thesis.txt");
        await File.WriteAllTextAsync(file, "years of work", Cancellation);

        foreach (var options in (string[][])[[], ["--fresh"], ["--blank"]])
        {
            (await CliRun.OfAsync(["demo", "--data", Data, .. options]))
                .FailedWith($"{Data} is not a folder of the demo; give an empty or a new one with --data.");
        }

        Assert.Equal([file], Directory.GetFileSystemEntries(Data));
    }

    [Fact]
    public async Task The_demos_password_is_refused_outside_of_the_demo() =>
        (await CliRun.OfAsync(["user", "add", "ada", "--password-stdin", "--data", Data], input: "peerweb-demo\n"))
            .FailedWith("That password is known to everyone who has seen the demo; choose another.");

    [Fact]
    public async Task A_second_start_keeps_data_and_link_until_fresh_is_asked_for_and_the_end_ends_both()
    {
        var ports = FreePorts.Two();
        string link;
        await using (var first = await RunningDemo.StartAsync(Data, ports))
        {
            Assert.Equal("ada (admin), bob, carol", first.Acme.SignIns);
            Assert.Equal("sam (admin), grace, henry", first.Globex.SignIns);
            link = await LinkAsync(first);
            var offers = await SamsOffersAsync(first);
            Assert.Equal(
                [("ada", Rights.Read | Rights.Add | Rights.Edit, OfferAnswer.Accepted), ("bob", Rights.Read, OfferAnswer.Accepted)],
                offers.Select(offer => (offer.Notice.Owner.Value, offer.Notice.Rights, offer.Answer)));
            await ChangeSharingAsync(first, declined: offers[0], revoked: "bob");
            (await OnAcmeAsync(first, "user", "disable", "bob")).Succeeded();
            using var connections = await Connections.OpenAsync(ports);
            await first.Process.AskToEndAsync(TestContext.Current.CancellationToken);
            await first.Process.UntilEndedAsync(TestContext.Current.CancellationToken);
            await connections.UntilClosedAsync();
            Assert.Empty(first.Errors);
        }
        (await CliRun.OfAsync(["demo", "--data", Data, "--blank"])).FailedWith($"{Data} holds the demo's other kind; start over with --fresh.");

        await using (var second = await RunningDemo.StartAsync(Data, ports))
        {
            Assert.Equal(link, await LinkAsync(second));
            var offers = await SamsOffersAsync(second);
            Assert.Equal(OfferAnswer.Declined, offers.Single(offer => offer.Notice.Owner.Value == "ada").Answer);
            Assert.Empty(await GrantsAsync(second, "bob"));
            var users = (await OnAcmeAsync(second, "user", "list", "--output", "json")).Succeeded().Json;
            Assert.Equal(["bob"], users.EnumerateArray().Where(user => user.GetProperty("disabled").GetBoolean()).Select(user => user.GetProperty("name").GetString()));
            Assert.Empty(second.Errors);
        }

        await using var fresh = await RunningDemo.StartAsync(Data, ports, "--fresh");
        // This process still holds the files that were deleted under it; a command of its own would not.
        SqliteConnection.ClearAllPools();
        Assert.NotEqual(link, await LinkAsync(fresh));
    }

    [Fact]
    public async Task When_the_demo_is_killed_its_installations_end_by_themselves()
    {
        await using var demo = await RunningDemo.StartAsync(Data, options: "--blank");
        using var connections = await Connections.OpenAsync(demo.Ports);

        demo.Process.Kill();

        await connections.UntilClosedAsync();
    }

    /// <summary>By owner.</summary>
    private static async Task<IReadOnlyList<Offer>> SamsOffersAsync(RunningDemo demo)
    {
        var offers = new SqlOffers(Entries(demo, "globex"), new OfferChanges(), TimeProvider.System);
        return [.. (await offers.ListAsync(UserName.Parse("sam"), Cancellation)).OrderBy(offer => offer.Notice.Owner)];
    }

    /// <summary>What Sam and an owner at Acme do on their pages.</summary>
    private static async Task ChangeSharingAsync(RunningDemo demo, Offer declined, string revoked)
    {
        Assert.True(await new SqlOffers(Entries(demo, "globex"), new OfferChanges(), TimeProvider.System)
            .AnswerAsync(UserName.Parse("sam"), declined.Peer, declined.Notice.Grant, OfferAnswer.Declined, Cancellation));
        var given = Assert.Single(await GrantsAsync(demo, revoked));
        var change = new GrantChange(CalendarApp.AppId, given.Grant.Collection, given.Grant.Principal, Rights.None, Rights.All, given.Version);
        using var signal = new OutboxSignal();
        var grants = new SqlGrants(Entries(demo, "acme"), GrantWire.Write, signal, TimeProvider.System);
        Assert.Equal([new GrantOutcome.Saved(Rights.None, 0)], await grants.SaveAsync(UserName.Parse(revoked), [change], Cancellation));
    }

    private static async Task<IReadOnlyList<StoredGrant>> GrantsAsync(RunningDemo demo, string owner)
    {
        using var signal = new OutboxSignal();
        return await new SqlGrants(Entries(demo, "acme"), GrantWire.Write, signal, TimeProvider.System)
            .ListAsync(UserName.Parse(owner), CalendarApp.AppId, Cancellation);
    }

    private static FileContexts Entries(RunningDemo demo, string side) => new(Path.Combine(demo.Data, side, "entries.db"));

    /// <summary>The id of the one link, which is active.</summary>
    private static async Task<string> LinkAsync(RunningDemo demo)
    {
        var list = (await OnAcmeAsync(demo, "peer", "list", "--output", "json")).Succeeded().Json;
        var peer = Assert.Single(list.GetProperty("peers").EnumerateArray());
        Assert.Equal(("active", demo.Globex.Domain), (peer.GetProperty("state").GetString(), peer.GetProperty("domain").GetString()));
        return peer.GetProperty("id").GetString() ?? string.Empty;
    }

    private static Task<CliRun> OnAcmeAsync(RunningDemo demo, params string[] args) =>
        CliRun.OfAsync([.. args, "--data", Path.Combine(demo.Data, "acme"), "--endpoint", demo.Acme.Endpoint.ToString()]);

    /// <summary>Told by the connections themselves when the listeners behind them are gone; a process id could be anybody's by then.</summary>
    private sealed class Connections : IDisposable
    {
        private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
        private readonly List<TcpClient> _clients = [];
        private readonly List<int> _ports = [];

        public static async Task<Connections> OpenAsync((int Acme, int Globex) ports)
        {
            var opened = new Connections();
            foreach (var port in (int[])[ports.Acme, ports.Globex])
            {
                var client = new TcpClient();
                opened._clients.Add(client);
                opened._ports.Add(port);
                await client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            }
            return opened;
        }

        public async Task UntilClosedAsync()
        {
            foreach (var client in _clients)
                await EndAsync(client.GetStream()).WaitAsync(Guard, Cancellation);
            Assert.All(_ports, port => Assert.True(FreePorts.IsFree(port)));
        }

        public void Dispose() => _clients.ForEach(client => client.Dispose());

        private static async Task<string> EndAsync(NetworkStream stream)
        {
            try
            {
                return await stream.ReadAsync(new byte[1], Cancellation) == 0 ? "closed" : throw new InvalidOperationException("Nobody asked for an answer.");
            }
            catch (IOException)
            {
                return "reset";
            }
        }
    }
}
