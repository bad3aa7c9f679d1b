using Microsoft.Extensions.Time.Testing;

namespace PeerWeb.Tests.Peers;

/// <summary>Acme and Globex, each on its own database, and the clock and the net between them.</summary>
public abstract class SiteTests : IDisposable
{
    private protected Internet Net { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    private protected Site Acme { get; }

    private protected Site Globex { get; }

    private protected SiteTests()
    {
        Acme = new Site("acme.example", Net, Time);
        Globex = new Site("globex.example", Net, Time);
    }

    private protected static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var site in Net.Sites)
            site.Dispose();
        GC.SuppressFinalize(this);
    }
}
