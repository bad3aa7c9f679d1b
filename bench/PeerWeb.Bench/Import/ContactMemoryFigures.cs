using System.Diagnostics;
using System.Globalization;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Bench.Import;

/// <summary>The import command on files of contacts of up to 1 GiB, cards and tables: its memory at most, as the system counts it.</summary>
/// <remarks>As <see cref="ImportMemoryFigures"/>: 1 GiB with <c>--dry-run</c>.</remarks>
internal sealed class ContactMemoryFigures : IFigures
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly (string Ending, int Mebibytes, bool IsDryRun)[] Runs =
        [("vcf", 10, false), ("vcf", 100, false), ("vcf", 1024, true), ("csv", 10, false), ("csv", 100, false), ("csv", 1024, true)];

    public string Name => "contacts-memory";

    public string Description => "Peak memory of the import command on vCard files and tables of up to 1 GiB; takes minutes";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (ending, mebibytes, isDryRun) in Runs)
        {
            var file = run.Folder.PathOf($"large.{ending}");
            var contacts = await WriteAsync(file, ending, (long)mebibytes * Mebibyte, run.Seed, cancellationToken);
            await run.SayAsync($"contacts-memory: {mebibytes} MiB of {ending}, {contacts:N0} contacts{(isDryRun ? ", dry run" : string.Empty)}");
            var data = run.Folder.PathOf($"data-{ending}-{mebibytes}");
            await MeasuredCommand.RunAsync(["user", "add", "ada", "--password-stdin", "--data", data], "correct horse battery\n", cancellationToken);
            var start = Stopwatch.GetTimestamp();
            string[] command = ["import", file, "--app", "addressbook", "--user", "ada", "--data", data];
            var peak = await MeasuredCommand.RunAsync([.. command, .. isDryRun ? ["--dry-run"] : Array.Empty<string>()], "", cancellationToken);
            figures.Add(new Figure(
                string.Create(CultureInfo.InvariantCulture, $"peak memory, {mebibytes:N0} MiB of .{ending}, {contacts:N0} contacts, {(isDryRun ? "--dry-run" : "into SQLite")}"),
                string.Create(CultureInfo.InvariantCulture, $"{peak / 1024:N0} MiB in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"),
                string.Empty, "the same for every size", IsMet: null));
            File.Delete(file);
        }
        return figures;
    }

    private static async Task<int> WriteAsync(string file, string ending, long octets, int seed, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var writer = new StreamWriter(file);
        if (ending == "csv")
            await writer.WriteLineAsync("UID,Name,E-mail 1 - Value,Phone 1 - Value,Organization Name,Notes");
        // About 1 kB each, as a contact with a long note has it.
        var note = new string('x', 400);
        foreach (var card in new BenchCards(seed, CardVersion.V30).Texts(int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteAsync(ending == "csv"
                ? string.Create(CultureInfo.InvariantCulture, $"contact-{count},Contact {count},contact{count}@acme.example,+41 79 {count},Acme,{note}{note}\r\n")
                : card.Replace("END:VCARD", $"X-PADDING:{note}\r\nEND:VCARD", StringComparison.Ordinal));
            if (++count % 1000 == 0 && writer.BaseStream.Position >= octets)
                break;
        }
        return count;
    }
}
