using System.Globalization;
using System.Text;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Cards;

/// <summary>Reading of vCards of each version on one thread, beside reading the same octets line by line and doing nothing with them.</summary>
internal sealed class CardFigures : IFigures
{
    private const int Count = 10_000;
    private const int WarmUps = 3;
    private const int Rounds = 7;

    /// <summary>Cards a second of core time.</summary>
    private const double Least = 20_000;

    private static readonly TimeRange Horizon = new(NodaTime.Instant.FromUtc(2026, 5, 1, 0, 0), NodaTime.Instant.FromUtc(2028, 5, 1, 0, 0));

    public string Name => "vcards";

    public string Description => "10,000 cards of 600 octets read, split and indexed, beside reading their lines";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var version in (CardVersion[])[CardVersion.V40, CardVersion.V30, CardVersion.V21])
            figures.AddRange(await MeasureAsync(run, version, cancellationToken));
        return figures;
    }

    private static async Task<IEnumerable<Figure>> MeasureAsync(BenchRun run, CardVersion version, CancellationToken cancellationToken)
    {
        var texts = new BenchCards(run.Seed, version).Texts(Count).ToList();
        var file = Encoding.UTF8.GetBytes(string.Concat(texts));
        await run.SayAsync(string.Create(CultureInfo.InvariantCulture, $"vcards: {Count:N0} of {version}, {file.Length / Count} octets each"));
        var samples = await Contest.RunAsync(
            [
                new Contender("lines", _ => Do(() => Lines(file))),
                new Contender("parse", _ => Do(() => texts.ForEach(text => CardText.Read(text)))),
                new Contender("index", _ => Do(() => texts.ForEach(text => Index(text)))),
                new Contender("split", token => SplitAsync(file, token)),
            ],
            WarmUps, Rounds, cancellationToken);
        return
        [
            FigureOf($"vcards: {version} cards parsed a second of one core", samples[1], samples[0], Least),
            FigureOf($"vcards: {version} cards indexed a second of one core", samples[2], samples[0], least: null),
            FigureOf($"vcards: {version} cards split out of a file a second of one core", samples[3], samples[0], least: null),
        ];
    }

    private static Figure FigureOf(string what, Samples samples, Samples lines, double? least)
    {
        var rate = Count / samples.CoreTime.TotalSeconds;
        return new Figure(
            what, $"{Figure.Count(rate)} ({samples})", $"line by line: {Figure.Count(Count / lines.CoreTime.TotalSeconds)} ({lines})",
            least is { } target ? $"at least {Figure.Count(target)}" : string.Empty, least is null ? null : rate >= least);
    }

    private static Task Do(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    private static void Lines(byte[] file)
    {
        using var reader = new StreamReader(new MemoryStream(file));
        var lines = 0;
        while (reader.ReadLine() is not null)
            lines++;
        if (lines < Count)
            throw new InvalidOperationException("There are no lines.");
    }

    private static void Index(string text)
    {
        if (new AddressBookApp().Index(text, Horizon).Title.Length == 0)
            throw new InvalidOperationException("A card has no title.");
    }

    private static async Task SplitAsync(byte[] file, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var entry in new AddressBookApp().SplitAsync(new MemoryStream(file), cancellationToken))
            count += entry is FileEntry.Readable ? 1 : 0;
        if (count != Count)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{count} of {Count} cards were read."));
    }
}
