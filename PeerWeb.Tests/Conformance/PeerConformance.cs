using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>A linked peer, live: Acme's calendars as a user of Globex gets them, over signed HTTP between two whole installations.</summary>
public sealed class PeerConformance(LinkedHosts hosts) : EntryStoreConformance, IClassFixture<LinkedHosts>
{
    protected override async Task<ConformanceWorld> NewWorldAsync() => (await hosts.LinkAsync()).Acme;
}

/// <summary>The same where both installations keep what they have in PostgreSQL, as two schemas of one server.</summary>
public sealed class PeerOnPostgresConformance(PostgresHosts hosts) : EntryStoreConformance, IClassFixture<PostgresHosts>
{
    protected override async Task<ConformanceWorld> NewWorldAsync() => (await hosts.LinkAsync()).Acme;
}
