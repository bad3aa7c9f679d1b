using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using Xunit;

namespace PeerWeb.Tests.Peers;

/// <summary>One installation on a real SQLite file; what it sends goes straight into the other one's receiving side, as far as the wire lets it.</summary>
internal sealed class Site : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-peers-");

    public Site(string domain, Internet internet, FakeTimeProvider time)
    {
        (Internet, Time) = (internet, time);
        Home = new Home(new InstallationId(Guid.NewGuid()), Domain.Parse(domain), domain.Split('.')[0], Keys.New());
        Contexts = new FileContexts(Path.Combine(_directory.FullName, "entries.db"));
        Restart();
        internet.Sites.Add(this);
    }

    public Internet Internet { get; }

    public FakeTimeProvider Time { get; }

    public Home Home { get; set; }

    public FileContexts Contexts { get; }

    public PeerChanges Changes { get; } = new();

    public OutboxSignal Signal { get; } = new();

    public RecordedEnds Ended { get; } = new();

    public OfferChanges Offered { get; } = new();

    public SqlPeerBook Book { get; private set; }

    public PeerLinks Links { get; private set; }

    public ReceivedLinks Received { get; private set; }

    public SqlOutboxStore Store { get; private set; }

    public MessageOutbox Outbox { get; private set; }

    public SqlCollections Collections => new(Contexts, Time);

    public SqlGrants Grants => new(Contexts, GrantWire.Write, Signal, Time);

    public GrantDeliveries Deliveries => new(Contexts, GrantWire.Read);

    public UntoldGrants Untold => new(Contexts, GrantWire.Write, Signal, Time);

    public ReceivedOffers ReceivedOffers => new(Contexts, Offered, Time);

    public SqlOffers Offers => new(Contexts, Offered, Time);

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new process on the same file.</summary>
    [MemberNotNull(nameof(Book), nameof(Links), nameof(Received), nameof(Store), nameof(Outbox))]
    public void Restart()
    {
        Book = new SqlPeerBook(Contexts, [Ended, new GrantsEndWithLink(), ReceivedOffers], Changes, Signal, Time);
        Store = new SqlOutboxStore(Contexts);
        Links = new PeerLinks(Book, Internet, new SteadyProbe(), _ => ValueTask.FromResult(Home), LinkWire.Write, Time);
        Received = new ReceivedLinks(Book, _ => ValueTask.FromResult(Home), Time);
        Outbox = NewOutbox();
    }

    public MessageOutbox NewOutbox() => new(Store, new Wire(this), Book, Signal, Time);

    /// <summary>The one link that still counts.</summary>
    public async Task<Peer> PeerAsync() => (await Book.ListAsync(Ct)).Single(peer => peer.State != LinkState.Revoked);

    /// <summary>The state of the one link there is.</summary>
    public async Task<string> StateAsync() => (await Book.ListAsync(Ct)).Single().State.Name();

    public Task<Transition> RequestAsync(Site other) => Links.RequestAsync(other.Home.Domain, other.Home.Key.Thumbprint, Ct);

    public async Task<Transition> OpenAsync() => await Links.OpenAsync((await PeerAsync()).Id, Ct);

    /// <summary>Approves what the row shows.</summary>
    public async Task<Transition> ApproveAsync() => await ApproveAsync(await PeerAsync());

    public Task<Transition> ApproveAsync(Peer peer) => Links.ApproveAsync(peer.Id, Compared(Home.PairWith(peer)), Ct);

    /// <summary>An approval by somebody to whom exactly the shown fingerprint of the other side was read.</summary>
    public static Approval Compared(KeyPair pair) => new(pair, Fingerprint.Of(pair.Theirs.Thumbprint).ToString());

    /// <summary>Sends what is due.</summary>
    public Task DrainAsync() => Outbox.DrainAsync(Ct);

    /// <summary>Links two sites until both are active.</summary>
    public async Task LinkWithAsync(Site other)
    {
        await LinkWithAgainAsync(other);
        Assert.Equal("active", await StateAsync());
        Assert.Equal("active", await other.StateAsync());
    }

    /// <summary>Links them beside links that are over.</summary>
    public async Task LinkWithAgainAsync(Site other)
    {
        await RequestAsync(other);
        await DrainAsync();
        await other.OpenAsync();
        await other.ApproveAsync();
        await other.DrainAsync();
        await ApproveAsync();
        await DrainAsync();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Signal.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Lets time pass until every message is settled.</summary>
    public async Task DrainToTheEndAsync()
    {
        while (await Outbox.DrainAsync(Ct) is { } due)
            Time.Advance((due - Now).ToTimeSpan());
    }

    private sealed class SteadyProbe : ILinkProbe
    {
        public Task<ProbeAnswer> ProbeAsync(PeerId peer, CancellationToken cancellationToken) =>
            Task.FromResult(new ProbeAnswer(null, "active", Duration.FromSeconds(2)));
    }

    private sealed class Wire(Site from) : IMessageTransport
    {
        public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken) =>
            await from.Book.FindAsync(message.Peer, cancellationToken) is { } peer
                ? await from.Internet.CarryAsync(from.Home, peer.Domain, message, cancellationToken)
                : new SendOutcome.Unavailable("There is no such peer.", null);
    }
}
