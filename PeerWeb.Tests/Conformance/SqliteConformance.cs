using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Tests.Conformance;

/// <summary>This installation's SQLite database, as another local user gets it.</summary>
public sealed class SqliteConformance : EntryStoreConformance
{
    protected override async Task<ConformanceWorld> NewWorldAsync()
    {
        var database = await TestDatabase.CreateAsync(Cancel);
        return new ConformanceWorld(
            database.Services, UserName.Parse("ada"), new Principal.LocalUser(UserName.Parse("bob")), database.StoreOf("bob"), database);
    }
}
