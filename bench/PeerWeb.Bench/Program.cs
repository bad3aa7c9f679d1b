using System.CommandLine;
using PeerWeb.Bench.Cards;
using PeerWeb.Bench.Circuits;
using PeerWeb.Bench.Harness;
using PeerWeb.Bench.Import;
using PeerWeb.Bench.Kills;
using PeerWeb.Bench.Lists;
using PeerWeb.Bench.Load;
using PeerWeb.Bench.Merge;
using PeerWeb.Bench.Page;
using PeerWeb.Bench.Store;
using PeerWeb.Bench.Wire;

namespace PeerWeb.Bench;

/// <summary><c>dotnet run -c Release --project bench/PeerWeb.Bench -- NAME --seed 1</c>: one group of figures, or <c>all</c>.</summary>
public static class Program
{
    /// <summary>In the order in which <c>all</c> runs them.</summary>
    private static readonly IReadOnlyList<IFigures> Groups =
    [
        new StoreFigures(), new ListFigures(), new WireFigures(), new MergeFigures(), new PageFigures(), new ImportFigures(), new CardFigures(), new ContactImportFigures(), new SaveFigures(), new SignedReadFigures(), new LiveFigures(),
    ];

    /// <summary>Take minutes and much of the disk; only by name.</summary>
    private static readonly IReadOnlyList<IFigures> Long =
        [new CircuitFigures(100, TimeSpan.FromMilliseconds(200)), new CircuitFigures(500, most: null), new ImportMemoryFigures(), new ContactMemoryFigures(), new KillFigures()];

    public static Task<int> Main(string[] args)
    {
        var seed = new Option<int>("--seed") { Description = "Of the data set; the same seed makes the same calendar", DefaultValueFactory = _ => 1, Recursive = true };
        var root = new RootCommand("Measures PeerWeb: each figure beside its base line, as a Markdown table.");
        root.Options.Add(seed);
        foreach (var group in Groups.Concat(Long))
            root.Subcommands.Add(CommandOf(group.Name, group.Description, seed, [group]));
        root.Subcommands.Add(CircuitServer.CommandOf(seed));
        root.Subcommands.Add(CommandOf("all", "Every group, one after the other", seed, Groups));
        return root.Parse(args).InvokeAsync();
    }

    private static Command CommandOf(string name, string description, Option<int> seed, IReadOnlyList<IFigures> groups)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellationToken) => RunAsync(groups, parsed.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<IFigures> groups, int seed, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(Machine.Describe());
        var figures = new List<Figure>();
        foreach (var group in groups)
        {
            using var folder = new BenchFolder();
            try
            {
                figures.AddRange(await group.MeasureAsync(new BenchRun(seed, folder, Console.Error), cancellationToken));
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // The other groups have their figures; this one has none, and says so.
                await Console.Error.WriteLineAsync(failed.ToString());
                figures.Add(new Figure($"{group.Name}: not measured, {failed.Message.ReplaceLineEndings(" ")}", string.Empty, string.Empty, string.Empty, IsMet: false));
            }
        }
        foreach (var line in FigureTable.Of(figures))
            await Console.Out.WriteLineAsync(line);
        await Console.Out.WriteLineAsync(Machine.Describe());
        return 0;
    }
}
