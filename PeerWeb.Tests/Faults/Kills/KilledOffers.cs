using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Demo;
using PeerWeb.Tests.Federation.Hosts;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>The owner's outbox tells another installation of grants that are given, changed and taken back; one of the two is killed at a byte of what they say to each other.</summary>
internal sealed class KilledOffers(KillPlace place, int seed)
{
    private const string Owner = "giver";
    private const string Recipient = "taker";
    private const int ChangesPerRound = 4;

    private static readonly UserName Ada = UserName.Parse("ada");

    private readonly Random _random = new(seed);

    /// <summary>What each reader has by the grants that were committed: version and rights, none where it was taken back.</summary>
    private readonly Dictionary<string, (int Version, Rights Rights)> _given = [];

    private CollectionId _calendar;
    private PeerId _taker;
    private int _committed;
    private int _names;

    public async Task<KillTally> RunAsync(int kills, CancellationToken cancellationToken)
    {
        var port = FreePorts.Two().Second;
        await using var taker = new KilledInstallation(place, Recipient, port);
        await using var giver = new KilledInstallation(place, Owner);
        await using var cable = Cable.Lay(taker.Endpoint.Port, port);
        await LinkAsync(giver, taker, cancellationToken);
        var tally = new KillTally();
        for (var kill = 0; kill <= kills; kill++)
        {
            if (!taker.IsRunning)
                await taker.StartAsync(cancellationToken);
            if (kill == kills)
                break;
            var isGiver = kill % 2 == 0;
            await giver.AsideAsync(services => GiveAsync(services, cancellationToken), cancellationToken);
            await TimePassesAsync(cancellationToken);
            var victim = isGiver ? giver : taker;
            // Four messages are more than 4,000 bytes there, and more than 2,000 back.
            var what = (Carried)_random.Next(2);
            cable.Cut(what, _random.Next(what == Carried.Request ? 4000 : 2000), isReset: _random.Next(2) == 0, then: victim.Kill);
            if (isGiver)
                await giver.StartAsync(cancellationToken);
            else
                await DrainAsync(giver, cancellationToken);
            await victim.UntilEndedAsync(cancellationToken);
            await place.CheckAsync(victim.Name, cancellationToken);
            tally = tally with { Kills = kill + 1 };
        }
        await TimePassesAsync(cancellationToken);
        await DrainAsync(giver, cancellationToken);
        taker.Kill();
        await taker.UntilEndedAsync(cancellationToken);
        return (await CompareAsync(cancellationToken)).Add(tally with { Acknowledged = _committed });
    }

    private async Task LinkAsync(KilledInstallation giver, KilledInstallation taker, CancellationToken cancellationToken)
    {
        var (here, there) = (await giver.HomeAsync(cancellationToken), await taker.HomeAsync(cancellationToken));
        await taker.AsideAsync(services => KilledInstallation.LinkAsync(services, here, giver.Endpoint, cancellationToken), cancellationToken);
        _taker = await giver.AsideAsync(services => KilledInstallation.LinkAsync(services, there, taker.Endpoint, cancellationToken), cancellationToken);
        _calendar = await giver.AsideAsync(
            services => services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Work", null, cancellationToken), cancellationToken);
    }

    /// <summary>Grants that are new, wider, and taken back, each in a commit of its own.</summary>
    private async Task<int> GiveAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var grants = services.GetRequiredService<SqlGrants>();
        for (var change = 0; change < ChangesPerRound; change++)
        {
            var standing = _given.Where(pair => pair.Value.Rights != Rights.None).Select(pair => pair.Key).ToList();
            var reader = standing.Count == 0 || _random.Next(2) == 0
                ? string.Create(CultureInfo.InvariantCulture, $"reader-{++_names}")
                : standing[_random.Next(standing.Count)];
            var (version, rights) = _given.GetValueOrDefault(reader);
            var (add, remove) = rights switch
            {
                Rights.None => (Rights.Read, Rights.None),
                Rights.Read => (Rights.Edit, Rights.None),
                _ => (Rights.None, Rights.All),
            };
            var wanted = new GrantChange(CalendarApp.AppId, _calendar, new Principal.RemoteUser(_taker, UserName.Parse(reader)), add, remove, version);
            if (await grants.SaveAsync(Ada, [wanted], cancellationToken) is not [GrantOutcome.Saved saved])
                throw new InvalidOperationException($"The grant for {reader} is not what was committed before.");
            _given[reader] = (version + 1, saved.Rights);
            _committed++;
        }
        return _committed;
    }

    /// <summary>A killed sender's lease ends after two minutes, and a failed message is sent again after seconds; nobody waits for them here.</summary>
    private async Task TimePassesAsync(CancellationToken cancellationToken)
    {
        await place.RowsAsync(Owner, "UPDATE outbox SET \"NextTry\" = 0", cancellationToken);
        await place.RowsAsync(Owner, "UPDATE outbox_lanes SET \"LeasedUntil\" = 0", cancellationToken);
    }

    /// <summary>Sends what is due, until all is sent or the other side is gone.</summary>
    private static Task<int> DrainAsync(KilledInstallation giver, CancellationToken cancellationToken) => giver.AsideAsync(
        async services =>
        {
            await services.GetRequiredService<MessageOutbox>().DrainAsync(cancellationToken);
            return 0;
        },
        cancellationToken);

    /// <summary>The other side knows of each grant what was committed last, and counts each message once.</summary>
    private async Task<KillTally> CompareAsync(CancellationToken cancellationToken)
    {
        var known = await place.RowsAsync(
            Recipient, "SELECT \"Recipient\" || ' ' || \"Version\" || ' ' || CASE WHEN \"Ended\" IS NULL THEN \"Rights\" ELSE 0 END FROM offers", cancellationToken);
        var committed = _given.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value.Version} {(int)pair.Value.Rights}")).ToList();
        var received = await place.CountAsync(Recipient, "SELECT COUNT(*) FROM received_messages WHERE \"RefusedReason\" IS NULL", cancellationToken);
        var sent = await place.CountAsync(Owner, "SELECT COUNT(*) FROM outbox", cancellationToken);
        var waiting = await place.CountAsync(Owner, string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM outbox WHERE \"State\" <> {(int)MessageState.Sent}"), cancellationToken);
        return new KillTally(
            0, 0, Lost: committed.Except(known, StringComparer.Ordinal).Count() + waiting + Math.Max(0, _committed - sent),
            Doubled: Math.Max(0, known.Count - committed.Count) + Math.Max(0, received - sent) + Math.Max(0, sent - _committed));
    }
}
