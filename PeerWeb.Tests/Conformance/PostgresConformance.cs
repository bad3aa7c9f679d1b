using System.Globalization;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>A schema of PostgreSQL, as another local user gets it; each test has an owner of its own.</summary>
public sealed class PostgresConformance(PostgresEntries entries) : EntryStoreConformance, IClassFixture<PostgresEntries>
{
    protected override Task<ConformanceWorld> NewWorldAsync() => Task.FromResult(entries.NewWorld());
}

/// <summary>One schema, migrated once.</summary>
public sealed class PostgresEntries(PostgresCluster cluster) : IAsyncLifetime
{
    private TestDatabase? _database;
    private int _number;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("Not started.");

    /// <summary>With an owner and a reader whom no other test uses.</summary>
    public ConformanceWorld NewWorld()
    {
        var number = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var reader = "bob" + number;
        return new ConformanceWorld(Database.Services, UserName.Parse("ada" + number), new Principal.LocalUser(UserName.Parse(reader)), Database.StoreOf(reader));
    }

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(cluster, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
