using PeerWeb.Core.Storage;
using PeerWeb.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace PeerWeb.Tests.Storage;

/// <summary>The PostgreSQL that all tests share, started where one first asks for it. Who ends or fills a server brings one of its own.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartNewAsync(isDurable: false));
    private int _schemas;

    /// <summary>A schema that nobody else uses; not made yet.</summary>
    public async Task<DatabasePlace.Postgres> NewSchemaAsync()
    {
        var server = await _server.Value;
        return new DatabasePlace.Postgres(server.ConnectionString, $"test_{Interlocked.Increment(ref _schemas)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
