using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Files;
using PeerWeb.Shared.Import;

namespace PeerWeb.Cli;

/// <summary><c>import FILE --user NAME</c>: entries of a file of any size into a user's collection, or with <c>--dry-run</c> what that would do.</summary>
public static class ImportCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A file of any size (.ics; for an address book .vcf or .csv), or - for standard input" };
        var user = new Option<string>("--user") { Description = "Whose collection", Required = true };
        var name = new Option<string?>("--calendar", "--to") { Description = "The collection's name; made where it is missing, and named after what it is where nothing is said" };
        var app = new Option<string>("--app") { Description = "What the file holds: calendar, addressbook, todo or notes", DefaultValueFactory = _ => "calendar" };
        var map = new Option<string[]>("--map") { Description = "Of a .csv file: what a column is, \"Column=field\"; again for each that was not recognised", HelpName = "Column=field", DefaultValueFactory = _ => [] };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what an import would do, and write nothing" };
        var command = new Command("import", "Import a file; entries that are there already are known by their UID") { file, user, name, app, map, dryRun };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var source = run.Parsed.GetRequiredValue(file);
            if (source != "-" && !File.Exists(source))
                throw new CommandFailedException($"There is no file {Path.GetFullPath(source)}.");
            var choice = await CollectionChoice.OfAsync(run, run.Parsed.GetRequiredValue(user), run.Parsed.GetRequiredValue(app), cancellationToken);
            using var report = new ImportReporter(run);
            await using var stream = source == "-" ? run.Terminal.OpenIn() : File.OpenRead(source);
            await using var counted = new CountingStream(stream, read => report.ShowReading(read, stream.CanSeek ? stream.Length : null));
            var into = run.Parsed.GetValue(name) ?? EntryNouns.Capital(choice.App.CollectionNoun);
            var (maps, isDryRun) = (run.Parsed.GetRequiredValue(map), run.Parsed.GetValue(dryRun));
            Task<ImportedFile> FindAsync() =>
                FileColumns.FindAsync(run.Services.GetServices<AppFiles>().FirstOrDefault(files => files.App == choice.App.Id), counted, maps, cancellationToken);
            // What is said of columns is looked at before anything is done or reported.
            var known = maps.Length > 0 ? await FindAsync() : null;
            var results = isDryRun
                ? PreviewAsync(choice, into, async () => report.WriteColumns(known ?? await FindAsync()), cancellationToken)
                : ImportAsync(run, choice, into, async () => known ?? await FindAsync(), cancellationToken);
            return await report.WriteAsync(results, isDryRun, cancellationToken);
        }));
        return command;
    }

    private static async IAsyncEnumerable<ImportedEntry> PreviewAsync(
        CollectionChoice choice, string name, Func<Task<ImportedFile>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await open();
        await foreach (var entry in EntryPreview.RunAsync(
            choice.Store, choice.App, choice.Find(name)?.Id, Rights.All, file.SplitAsync(choice.App, cancellationToken), cancellationToken))
            yield return entry.Result;
    }

    private static async IAsyncEnumerable<ImportedEntry> ImportAsync(
        CommandRun run, CollectionChoice choice, string name, Func<Task<ImportedFile>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await open();
        var collection = choice.Find(name)?.Id ?? await run.Services.GetRequiredService<SqlCollections>().CreateAsync(
            choice.Owner, choice.App.Id, name, SourceColor.Next(choice.Own.Select(own => own.Color)), cancellationToken);
        await foreach (var result in EntryImport.RunAsync(
            choice.Store, choice.App, collection, choice.Owner.Value, token => file.SplitAsync(choice.App, token), ImportPace.Database, cancellationToken))
            yield return result;
    }
}

/// <summary>Writes results as they come, so that a file of millions needs no memory for them: what failed as text, all as lines of JSON, the counts last.</summary>
internal sealed class ImportReporter(CommandRun run) : IDisposable
{
    private readonly Dictionary<ImportOutcome, int> _counts = [];
    private readonly ProgressBar _bar = new(run.Terminal, run.Services.GetRequiredService<TimeProvider>());

    public void ShowReading(long octets, long? length) =>
        _bar.Show(length is > 0 ? (double)octets / length : null, string.Create(CultureInfo.InvariantCulture, $"Reading, {octets / 1048576.0:#,0.0} MiB"));

    /// <summary>Says what the columns of a table are taken for.</summary>
    public ImportedFile WriteColumns(ImportedFile file)
    {
        if (file.Columns is not { } columns || run.WantsJson)
            return file;
        var fields = columns.Fields.ToDictionary(field => field.Id);
        foreach (var column in columns.Columns.Where(column => fields[column.Field].IsRead))
            _bar.ClearFor(() => run.Terminal.Out.WriteLine($"{column.Header.Trim()} = {column.Field}"));
        if (columns.Columns.Where(column => !fields[column.Field].IsRead).Select(column => column.Header.Trim()).ToList() is { Count: > 0 } others)
            _bar.ClearFor(() => run.Terminal.Out.WriteLine($"Not imported: {string.Join(", ", others)}"));
        return file;
    }

    public void Dispose() => _bar.Dispose();

    /// <returns>The exit code.</returns>
    public async Task<int> WriteAsync(IAsyncEnumerable<ImportedEntry> results, bool isDryRun, CancellationToken cancellationToken)
    {
        var end = ImportEnd.Whole;
        try
        {
            await foreach (var result in results)
            {
                _counts[result.Outcome] = Of(result.Outcome) + 1;
                Write(result, isDryRun);
                _bar.Show(result.Total is > 0 ? (double)result.Number / result.Total : null, Text(result));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = ImportEnd.Cancelled;
        }
        catch
        {
            WriteCounts(isDryRun, ImportEnd.Failed);
            throw;
        }
        WriteCounts(isDryRun, end);
        if (end == ImportEnd.Cancelled)
            return ExitCodes.Cancelled;
        return Of(ImportOutcome.Failed) > 0 ? ExitCodes.Partly : ExitCodes.Ok;
    }

    private void Write(ImportedEntry result, bool isDryRun)
    {
        if (run.WantsJson)
        {
            run.WriteLine(new { result.Number, result.Label, Outcome = Name(result.Outcome), result.Reason, result.Line });
            return;
        }
        if (result.Outcome != ImportOutcome.Failed && !(isDryRun && result.Outcome == ImportOutcome.Updated))
            return;
        var what = result.Reason is null ? Name(result.Outcome) : result.Reason;
        _bar.ClearFor(() => run.Terminal.Out.WriteLine($"{result.Number,6}  {result.Label}: {what}{(result.Line is { } line ? $" (line {line})" : string.Empty)}"));
    }

    private void WriteCounts(bool isDryRun, ImportEnd end)
    {
        _bar.Clear();
        var (added, updated, unchanged, failed) = (Of(ImportOutcome.Added), Of(ImportOutcome.Updated), Of(ImportOutcome.Unchanged), Of(ImportOutcome.Failed));
        if (run.WantsJson)
        {
            run.WriteLine(new { added, updated, unchanged, failed, isDryRun, isCancelled = end == ImportEnd.Cancelled, isFailed = end == ImportEnd.Failed });
            return;
        }
        if (end != ImportEnd.Whole && !isDryRun)
            run.Terminal.Out.WriteLine($"{(end == ImportEnd.Cancelled ? "Cancelled" : "It broke off")}. What is counted here is done and stays; the same import goes on from there.");
        run.Terminal.Out.WriteLine(isDryRun
            ? $"{added} would be added, {updated} updated, {unchanged} unchanged, {failed} cannot be imported. Nothing was written."
            : $"{added} added, {updated} updated, {unchanged} unchanged, {failed} failed.");
    }

    private int Of(ImportOutcome outcome) => _counts.GetValueOrDefault(outcome);

    private static string Text(ImportedEntry result) =>
        result.Number.ToString("#,0", CultureInfo.InvariantCulture) + (result.Total is { } total ? " of " + total.ToString("#,0", CultureInfo.InvariantCulture) : string.Empty);

    private static string Name(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => "added",
        ImportOutcome.Updated => "updated",
        ImportOutcome.Unchanged => "unchanged",
        ImportOutcome.Failed => "failed",
    };
}

/// <summary>How an import came to its end.</summary>
internal enum ImportEnd
{
    Whole,
    Cancelled,
    Failed,
}
