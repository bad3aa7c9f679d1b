using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Bench.Wire;

/// <summary>A user of one installation asks another one over the signed peer API: two whole installations on loopback.</summary>
internal sealed class WireFigures : IFigures
{
    private const int Rounds = 100;

    /// <summary>The runtime compiles what runs once an exchange a second time only after hundreds of them.</summary>
    private const int WarmUps = 800;

    /// <summary>Of what follows on the same code.</summary>
    private const int MoreWarmUps = 100;

    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    public string Name => "wire";

    public string Description => "Queries over the signed peer API on loopback";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync("wire: starting and linking two installations");
        await using var acme = await BenchHost.StartAsync("acme", run.Folder, cancellationToken);
        await using var globex = await BenchHost.StartAsync("globex", run.Folder, cancellationToken);
        var id = await BenchDatabase.FillAsync(acme.Services, Ada, new BenchCalendar(run.Seed), cancellationToken);
        var peer = (await globex.LinkAsync(acme, Ada, Sam, cancellationToken)).StoreFor(Sam);
        var local = acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));
        await using var bare = await BareKestrel.StartAsync(cancellationToken);

        await run.SayAsync("wire: asking");
        var few = await MonthQuery.WindowAsync(local, id, 300, cancellationToken);
        var many = await MonthQuery.WindowAsync(local, id, 3000, cancellationToken);
        var fewBytes = await BytesOfAsync(local, few, cancellationToken);
        return
        [
            await AskAsync(peer, few, fewBytes, bare, WarmUps, TimeSpan.FromMilliseconds(10), cancellationToken),
            await AskAsync(peer, many, await BytesOfAsync(local, many, cancellationToken), bare, MoreWarmUps, TimeSpan.FromMilliseconds(40), cancellationToken),
            await SigningAsync(fewBytes, cancellationToken),
        ];
    }

    private static async Task<Figure> AskAsync(
        IEntryStore peer, EntryQuery query, int bytes, BareKestrel bare, int warmUps, TimeSpan most, CancellationToken cancellationToken)
    {
        var instances = (await peer.QueryAsync(query, cancellationToken)).Entries.Count;
        var samples = await Contest.RunAsync(
            [
                new Contender("peer", stopping => peer.QueryAsync(query, stopping)),
                new Contender($"bare Kestrel, {Figure.Count(bytes / 1024)} KiB", stopping => bare.AskAsync(bytes, stopping)),
            ], warmUps, Rounds, cancellationToken);
        return Figure.OfMedian($"wire: {Figure.Count(instances)} instances from a peer", samples[0], samples[1], most);
    }

    private static async Task<Figure> SigningAsync(int bytes, CancellationToken cancellationToken)
    {
        var most = TimeSpan.FromMilliseconds(0.4);
        var exchange = new SignedExchange(bytes);
        var measured = await exchange.MeasureAsync(2000, cancellationToken);
        var bare = exchange.MeasureBare(2000);
        return new Figure(
            $"wire: signing and checking both ways, answer of {Figure.Count(bytes / 1024)} KiB", $"core time {Samples.Show(measured)}", $"base library alone: {Samples.Show(bare)}",
            $"at most {Samples.Show(most)}", measured <= most);
    }

    /// <summary>What the same answer is on the wire.</summary>
    private static async Task<int> BytesOfAsync(GuardedEntryStore store, EntryQuery query, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeToUtf8Bytes(WireMap.ToWire(await store.QueryAsync(query, cancellationToken)), PeerJson.Answers).Length;
}
