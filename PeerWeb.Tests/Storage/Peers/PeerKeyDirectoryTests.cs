using NodaTime;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Storage.Peers;

public sealed class PeerKeyDirectoryTests : SiteTests
{
    [Fact]
    public async Task A_key_counts_for_what_its_link_allows()
    {
        var directory = new PeerKeyDirectory(Acme.Book, new KnownKeys());
        var keyId = Globex.Home.Key.Thumbprint.Value;
        Assert.Null(await directory.FindAsync(keyId, Ct));

        await Acme.RequestAsync(Globex);
        Assert.Equal(LinkStanding.LinkCallsOnly, (await directory.FindAsync(keyId, Ct))?.Standing);

        await Acme.DrainAsync();
        await Globex.OpenAsync();
        await Globex.ApproveAsync();
        await Globex.DrainAsync();
        await Acme.ApproveAsync();
        var known = await directory.FindAsync(keyId, Ct);
        Assert.Equal(LinkStanding.Active, known?.Standing);
        Assert.Equal(keyId, known?.Key.KeyId);
        Assert.Equal((await Acme.PeerAsync()).Id.Value, known?.PeerId);

        await Acme.Links.SuspendAsync((await Acme.PeerAsync()).Id, Ct);
        Assert.Equal(LinkStanding.LinkCallsOnly, (await directory.FindAsync(keyId, Ct))?.Standing);

        await Acme.Links.RevokeAsync((await Acme.PeerAsync()).Id, Ct);
        Assert.Equal(LinkStanding.RevokedOnly, (await directory.FindAsync(keyId, Ct))?.Standing);
    }

    [Fact]
    public async Task Text_that_is_no_thumbprint_is_nobodys_key() =>
        Assert.Null(await new PeerKeyDirectory(Acme.Book, new KnownKeys()).FindAsync("' OR 1=1 --", Ct));

    [Fact]
    public async Task A_nonce_burns_once_for_each_peer_and_across_restarts()
    {
        var (one, other) = (PeerId.New(), PeerId.New());
        var expires = Acme.Now + Duration.FromSeconds(400);

        Assert.True(await new SqlNonceBook(new GroupCommit(Acme.Contexts), Time).TryBurnAsync(one, "n", expires, Ct));
        Assert.False(await new SqlNonceBook(new GroupCommit(Acme.Contexts), Time).TryBurnAsync(one, "n", expires, Ct));
        Assert.True(await new SqlNonceBook(new GroupCommit(Acme.Contexts), Time).TryBurnAsync(other, "n", expires, Ct));
        Assert.True(await new SqlNonceBook(new GroupCommit(Acme.Contexts), Time).TryBurnAsync(one, "N", expires, Ct));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_burns_a_nonce()
    {
        var ledger = new NonceLedger(new SqlNonceBook(new GroupCommit(Acme.Contexts), Time));
        var peer = Guid.NewGuid();

        var burned = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ledger.TryBurnAsync(peer, "n", Time.GetUtcNow().AddSeconds(400), Ct)));

        Assert.Single(burned, true);
    }

    [Fact]
    public async Task A_nonce_is_forgotten_after_its_time()
    {
        var book = new SqlNonceBook(new GroupCommit(Acme.Contexts), Time);
        var peer = PeerId.New();
        await book.TryBurnAsync(peer, "n", Acme.Now + Duration.FromSeconds(400), Ct);

        Time.Advance(TimeSpan.FromSeconds(400));
        Assert.False(await book.TryBurnAsync(peer, "n", Acme.Now + Duration.FromSeconds(400), Ct));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await book.TryBurnAsync(peer, "n", Acme.Now + Duration.FromSeconds(400), Ct));
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_kept()
    {
        await Acme.LinkWithAsync(Globex);
        var before = await Acme.PeerAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Acme.Links.SuspendAsync(before.Id, Ct);

        Acme.Restart();

        Assert.Equal(before with { Facts = before.Facts with { SuspendedHere = Acme.Now } }, await Acme.PeerAsync());
    }
}
