using PeerWeb.Tests.Faults.Kills;
using Xunit;

namespace PeerWeb.Tests.Faults;

/// <summary>Processes are killed (SIGKILL) while they save, tell of grants and import; the moments come from a seed. <c>bench/</c> does the same ten times as often.</summary>
public sealed class KillTests
{
    private const int Seed = 20261123;
    private const int Saves = 12;
    private const int Offers = 4;
    private const int Imports = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_twenty_kills_on_sqlite_no_acknowledged_write_is_lost_and_none_happens_twice()
    {
        await using var place = KillPlace.Sqlite();
        await NothingIsLostAsync(place);
    }

    [Fact]
    public async Task Of_twenty_kills_on_postgresql_some_of_the_server_itself_no_acknowledged_write_is_lost_and_none_happens_twice()
    {
        await using var place = await KillPlace.PostgresAsync();
        await NothingIsLostAsync(place);
    }

    private static async Task NothingIsLostAsync(KillPlace place)
    {
        using var saves = new KilledSaves(place, Seed);
        AssertNothingLost(Saves, await saves.RunAsync(Saves, Cancel));
        AssertNothingLost(Offers, await new KilledOffers(place, Seed).RunAsync(Offers, Cancel));
        AssertNothingLost(Imports, await new KilledImports(place, Seed).RunAsync(Imports, Cancel));
    }

    private static void AssertNothingLost(int kills, KillTally tally)
    {
        Assert.True(tally is { Lost: 0, Doubled: 0 } && tally.Kills == kills, $"{tally}, seed {Seed}");
        Assert.InRange(tally.Acknowledged, kills, int.MaxValue);
    }
}
