using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Conformance;

// Calendars run these and more in the stores' own classes.

/// <summary>An app in this installation's SQLite database, as another local user gets it.</summary>
public abstract class SqliteAppConformance : AppConformance
{
    protected override async Task<ConformanceWorld> NewWorldAsync()
    {
        var database = await TestDatabase.CreateAsync(Cancel);
        return new ConformanceWorld(
            database.Services, UserName.Parse("ada"), new Principal.LocalUser(UserName.Parse("bob")), database.StoreOf("bob"), database);
    }
}

/// <summary>An app at a linked peer, live.</summary>
public abstract class PeerAppConformance(LinkedHosts hosts) : AppConformance
{
    protected override async Task<ConformanceWorld> NewWorldAsync() => (await hosts.LinkAsync()).Acme;
}

/// <summary>An app in a schema of PostgreSQL, as another local user gets it; each test has an owner of its own.</summary>
public abstract class PostgresAppConformance(PostgresEntries entries) : AppConformance
{
    protected override Task<ConformanceWorld> NewWorldAsync() => Task.FromResult(entries.NewWorld());
}

/// <summary>One schema for all apps.</summary>
[CollectionDefinition(nameof(PostgresApps))]
public sealed class PostgresApps : ICollectionFixture<PostgresEntries>;

/// <summary>One pair of installations for all apps.</summary>
[CollectionDefinition(nameof(LinkedApps))]
public sealed class LinkedApps : ICollectionFixture<LinkedHosts>;

public sealed class SqliteTodosConformance : SqliteAppConformance
{
    protected override AppSamples Samples => AppSamples.Todos;
}

public sealed class SqliteNotesConformance : SqliteAppConformance
{
    protected override AppSamples Samples => AppSamples.Notes;
}

public sealed class SqliteContactsConformance : SqliteAppConformance
{
    protected override AppSamples Samples => AppSamples.Contacts;
}

[Collection(nameof(PostgresApps))]
public sealed class PostgresTodosConformance(PostgresEntries entries) : PostgresAppConformance(entries)
{
    protected override AppSamples Samples => AppSamples.Todos;
}

[Collection(nameof(PostgresApps))]
public sealed class PostgresNotesConformance(PostgresEntries entries) : PostgresAppConformance(entries)
{
    protected override AppSamples Samples => AppSamples.Notes;
}

[Collection(nameof(PostgresApps))]
public sealed class PostgresContactsConformance(PostgresEntries entries) : PostgresAppConformance(entries)
{
    protected override AppSamples Samples => AppSamples.Contacts;
}

[Collection(nameof(LinkedApps))]
public sealed class PeerTodosConformance(LinkedHosts hosts) : PeerAppConformance(hosts)
{
    protected override AppSamples Samples => AppSamples.Todos;
}

[Collection(nameof(LinkedApps))]
public sealed class PeerNotesConformance(LinkedHosts hosts) : PeerAppConformance(hosts)
{
    protected override AppSamples Samples => AppSamples.Notes;
}

[Collection(nameof(LinkedApps))]
public sealed class PeerContactsConformance(LinkedHosts hosts) : PeerAppConformance(hosts)
{
    protected override AppSamples Samples => AppSamples.Contacts;
}
