using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.PeerApi.Links;
using Refit;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>The owner is killed while a peer's users save; the moments are counted in answers and come from a seed. Now and then it is the database server that goes down instead.</summary>
internal sealed class KilledSaves(KillPlace place, int seed) : IDisposable
{
    private const string Owner = "owner";
    private const int Writers = 4;

    /// <summary>One kill in so many is the server's, where there is one.</summary>
    private const int ServerEvery = 4;

    private const int MostCalls = 5;

    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    private readonly SigningKey _peer = SigningKey.Create();
    private PeerKey? _owner;

    public async Task<KillTally> RunAsync(int kills, CancellationToken cancellationToken)
    {
        await using var owner = new KilledInstallation(place, Owner);
        var calendar = await owner.AsideAsync(services => PrepareAsync(services, cancellationToken), cancellationToken);
        var random = new Random(seed);
        var writers = Enumerable.Range(0, Writers).Select(number => new KilledWriter(number, calendar, new Random(seed + number))).ToList();
        var tally = new KillTally();
        try
        {
            for (var kill = 0; kill <= kills; kill++)
            {
                if (!owner.IsRunning)
                    await owner.StartAsync(cancellationToken);
                using var connection = Connect(owner);
                var store = StoreOver(connection);
                tally = tally with { Kills = kill };
                await EveryoneResendsAsync(writers, store, cancellationToken);
                tally = tally with { Acknowledged = writers.Sum(writer => writer.Answered) };
                tally = tally.Add(await CompareAsync(calendar, writers, store, cancellationToken));
                await place.CheckAsync(Owner, cancellationToken);
                if (kill < kills)
                    await KillAsync(owner, writers, store, random.Next(1, 6 * Writers), isServers: place.Server is not null && kill % ServerEvery == ServerEvery - 1, cancellationToken);
            }
            return tally;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {seed}, {tally}: {failed.Message} The owner's last words:\n{owner.LastWords}", failed);
        }
    }

    public void Dispose() => _peer.Dispose();

    private async Task<CollectionId> PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var home = new Home(
            new InstallationId(Guid.NewGuid()), Domain.Parse("globex.example"), "globex.example", PublicKey.Create(_peer.Public.Jwk.X, _peer.Public.Jwk.Y));
        var peer = await KilledInstallation.LinkAsync(services, home, new Uri("http://globex.example"), cancellationToken);
        var calendar = await services.GetRequiredService<SqlCollections>().CreateAsync(Ada, CalendarApp.AppId, "Work", null, cancellationToken);
        var change = new GrantChange(
            CalendarApp.AppId, calendar, new Principal.RemoteUser(peer, Sam), Rights.Read | Rights.Add | Rights.Edit, Rights.None, Version: 0);
        if (await services.GetRequiredService<SqlGrants>().SaveAsync(Ada, [change], cancellationToken) is not [GrantOutcome.Saved])
            throw new InvalidOperationException("The grant was not saved.");
        var own = services.GetRequiredService<InstallationIdentity>().Home;
        if (!own.Key.ToWebKey().TryGetKey(out _owner, out _))
            throw new InvalidOperationException("The owner has no key.");
        return calendar;
    }

    private static async Task EveryoneResendsAsync(List<KilledWriter> writers, IEntryStore store, CancellationToken cancellationToken)
    {
        foreach (var writer in writers.Where(writer => writer.HasUnanswered))
        {
            // A machine that has other work may leave a call without an answer; a sender asks again then.
            for (var calls = 1; !await writer.SaveAsync(store, cancellationToken); calls++)
            {
                if (calls == MostCalls)
                    throw new InvalidOperationException($"A repeated write got no answer: {writer.NoAnswer}");
            }
        }
    }

    /// <summary>Everybody writes until nothing answers any more.</summary>
    private static async Task KillAsync(
        KilledInstallation owner, List<KilledWriter> writers, IEntryStore store, int answers, bool isServers, CancellationToken cancellationToken)
    {
        var left = answers;
        Task crashed = Task.CompletedTask;
        await Task.WhenAll(writers.Select(writer => Task.Run(
            async () =>
            {
                while (await writer.SaveAsync(store, cancellationToken))
                {
                    if (Interlocked.Decrement(ref left) != 0)
                        continue;
                    if (isServers && owner.Place.Server is { } server)
                        crashed = server.CrashAsync();
                    else
                        owner.Kill();
                }
            },
            cancellationToken)));
        await crashed;
        // An owner that outlives its database goes on with it.
        if (isServers && owner.Place.Server is { } again)
            await again.StartAsync();
        else
            await owner.UntilEndedAsync(cancellationToken);
        if (writers.Any(writer => !writer.HasUnanswered))
            throw new InvalidOperationException("Somebody's write was answered by nobody.");
    }

    /// <summary>What is there is exactly what was acknowledged, and each write is in the change log once.</summary>
    private async Task<KillTally> CompareAsync(CollectionId calendar, List<KilledWriter> writers, PeerEntryStore store, CancellationToken cancellationToken)
    {
        if (await store.ChangesAsync(calendar, null, EntryQuery.MaxLimit, cancellationToken) is not ChangesAnswer.Page { HasMore: false } listing)
            throw new InvalidOperationException("The calendar cannot be listed in one page.");
        var there = listing.Changes.Select(change => $"{change.Uid} {change.ETag}").ToHashSet(StringComparer.Ordinal);
        var lost = writers.SelectMany(writer => writer.Acknowledged).Count(pair => !there.Contains($"{pair.Key} {pair.Value}"));
        var writes = writers.Sum(writer => writer.Answered);
        var effects = await place.CountAsync(Owner, "SELECT COUNT(*) FROM changes", cancellationToken);
        var keys = await place.CountAsync(Owner, "SELECT COUNT(DISTINCT \"IdempotencyKey\") FROM changes", cancellationToken);
        var kept = await place.CountAsync(Owner, "SELECT COUNT(*) FROM received_writes", cancellationToken);
        return new KillTally(0, 0, Lost: lost + Math.Max(0, writes - Math.Min(keys, kept)), Doubled: effects - keys + Math.Max(0, effects - writes));
    }

    /// <summary>A new connection of the peer's, which knows nothing of earlier failures.</summary>
    private PeerConnection Connect(KilledInstallation owner)
    {
        var options = new PeerHttpOptions { AllowPlainHttp = true, AllowPrivateAddresses = true };
        var target = new PeerTarget(owner.Endpoint, owner.Endpoint.Authority, _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>(_owner is { } key ? [key] : []));
        return new PeerHttpClientFactory(options, TimeProvider.System).Create(target, _peer);
    }

    private static PeerEntryStore StoreOver(PeerConnection connection) => new(
        RestService.For<IPeerApi>(connection.Client, new RefitSettings(new SystemTextJsonContentSerializer(PeerJson.Answers))),
        ActorField.Create(Sam.Value), TimeSpan.FromSeconds(60));
}
