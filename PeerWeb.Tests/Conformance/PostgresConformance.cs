using System.Globalization;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>A schema of PostgreSQL, as another local user gets it; each test has an owner of its own.</summary>
public sealed class PostgresConformance(PostgresEntries entries) : EntryStoreConformance, IClassFixture<PostgresEntries>
{
    protected override Task<ConformanceWorld> CreateWorldAsync()
    {
        var number = entries.NextNumber().ToString(CultureInfo.InvariantCulture);
        var reader = "bob" + number;
        return Task.FromResult(new ConformanceWorld(
            entries.Database.Services, UserName.Parse("ada" + number), new Principal.LocalUser(UserName.Parse(reader)), entries.Database.StoreOf(reader)));
    }
}

/// <summary>One schema, migrated once.</summary>
public sealed class PostgresEntries(PostgresCluster cluster) : IAsyncLifetime
{
    private TestDatabase? _database;
    private int _number;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("Not started.");

    public int NextNumber() => Interlocked.Increment(ref _number);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(cluster, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
