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
        await run.SayAsync("signed: starting and linking two installations");
        await using var acme = await BenchHost.StartAsync("acme", run.Folder, cancellationToken);
        await using var globex = await BenchHost.StartAsync("globex", run.Folder, cancellationToken);
        var calendar = new BenchCalendar(run.Seed, Entries);
        var id = await BenchDatabase.FillAsync(acme.Services, Ada, calendar, cancellationToken);
        var peer = (await globex.LinkAsync(acme, Ada, Sam, cancellationToken)).StoreFor(Sam);
        await using var bare = await BareKestrel.StartAsync(cancellationToken);
        var (uids, bytes) = (calendar.Texts().Select(entry => entry.Uid).ToList(), calendar.Texts().First().Text.Length + 100);
        var next = 0;
        var figures = new List<Figure>();
        foreach (var clients in new[] { 1, 8, 32 })
        {
            await run.SayAsync($"signed: {clients} clients");
            var signed = await ClosedLoop.RunAsync(clients, Length, async (_, stopping) =>
            {
                var uid = uids[Interlocked.Increment(ref next) % uids.Count];
                if (await peer.ReadAsync(id, uid, stopping) is null)
                    throw new InvalidOperationException("An entry of the data set is not there.");
            }, cancellationToken);
            var plain = await ClosedLoop.RunAsync(clients, Length, (_, stopping) => bare.AskAsync(bytes, stopping), cancellationToken);
            figures.Add(new Figure($"signed: reads of one entry, {clients} clients", signed.ToString(), $"bare Kestrel, {Figure.Count(bytes)} octets: {plain}", string.Empty, IsMet: null));
        }
        return figures;
    }
}
