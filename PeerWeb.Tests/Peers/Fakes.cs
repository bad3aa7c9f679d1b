using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Tests.Peers;

internal static class Keys
{
    public static PublicKey New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        return PublicKey.Create(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }
}

internal static class Names
{
    /// <summary>Of a link that the other side has never heard of.</summary>
    public static LinkNames New() => new(new LinkId(Guid.NewGuid()), null);

    /// <summary>Of the sender's row, as its messages say them.</summary>
    public static async Task<LinkNames> OfAsync(Site sender) =>
        (await sender.Book.ListAsync(Xunit.TestContext.Current.CancellationToken))[^1].Names;
}

internal sealed class RecordedEnds : ILinkEnded
{
    public List<PeerId> Peers { get; } = [];

    public bool Fails { get; set; }

    public Task EndAsync(PeerWebContext context, PeerId peer, Instant now, CancellationToken cancellationToken)
    {
        if (Fails)
            throw new InvalidOperationException("The grants cannot be ended.");
        Peers.Add(peer);
        return Task.CompletedTask;
    }
}

internal sealed class FileContexts : IDbContextFactory<PeerWebContext>
{
    private readonly DbContextOptions<SqliteContext> _options;

    public FileContexts(string file)
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, new DatabasePlace.Sqlite(file));
        _options = options.Options;
        using var context = CreateDbContext();
        context.Database.EnsureCreated();
    }

    public PeerWebContext CreateDbContext() => new SqliteContext(_options);
}
