using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Bench.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Load;

/// <summary>Many signed reads at once, each of one entry, beside Kestrel that hands out as many bytes; client and server on this machine.</summary>
internal sealed class SignedReadFigures : IFigures
{
    private const int Entries = 500;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    public string Name => "signed";

    public string Description => "Signed reads of one entry, by 1, 8 and 32 clients";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var bare = await BareKestrel.StartAsync(cancellationToken);
        var figures = new List<Figure>();
        foreach (var clients in new[] { 1, 8, 32 })
            figures.Add(await MeasureAsync(run, clients, bare, cancellationToken));
        return figures;
    }

    /// <summary>With a link of its own: of one peer the nonces of some minutes are remembered, and no more than so many.</summary>
    private static async Task<Figure> MeasureAsync(BenchRun run, int clients, BareKestrel bare, CancellationToken cancellationToken)
    {
        await run.SayAsync($"signed: {clients} clients of two linked installations");
        await using var acme = await BenchHost.StartAsync($"acme{clients}", run.Folder, cancellationToken);
        await using var globex = await BenchHost.StartAsync($"globex{clients}", run.Folder, cancellationToken);
        var calendar = new BenchCalendar(run.Seed, Entries);
        var id = await BenchDatabase.FillAsync(acme.Services, Ada, calendar, cancellationToken);
        var peer = (await globex.LinkAsync(acme, Ada, Sam, cancellationToken)).StoreFor(Sam);
        var (uids, bytes) = (calendar.Texts().Select(entry => entry.Uid).ToList(), calendar.Texts().First().Text.Length + 100);
        var next = 0;
        var signed = await ClosedLoop.RunAsync(clients, Length, async (_, stopping) =>
        {
            var uid = uids[Interlocked.Increment(ref next) % uids.Count];
            if (await peer.ReadAsync(id, uid, stopping) is null)
                throw new InvalidOperationException("An entry of the data set is not there.");
        }, cancellationToken);
        var plain = await ClosedLoop.RunAsync(clients, Length, (_, stopping) => bare.AskAsync(bytes, stopping), cancellationToken);
        return new Figure($"signed: reads of one entry, {clients} clients", signed.ToString(), $"bare Kestrel, {Figure.Count(bytes)} octets: {plain}", string.Empty, IsMet: null);
    }
}
