using System.CommandLine;
using System.Globalization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shared;

namespace PeerWeb.Cli;

/// <summary><c>import FILE --user NAME</c>: entries of a file of any size into a user's collection, or with <c>--dry-run</c> what that would do.</summary>
public static class ImportCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "An .ics file of any size, or - for standard input" };
        var user = new Option<string>("--user") { Description = "Whose collection", Required = true };
        var name = new Option<string>("--calendar", "--to") { Description = "The collection's name; made where it is missing", DefaultValueFactory = _ => "Calendar" };
        var app = new Option<string>("--app") { Description = "What the file holds", DefaultValueFactory = _ => "calendar" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what an import would do, and write nothing" };
        var command = new Command("import", "Import a file; entries that are there already are known by their UID") { file, user, name, app, dryRun };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var source = run.Parsed.GetRequiredValue(file);
            if (source != "-" && !File.Exists(source))
                throw new CommandFailedException($"There is no file {Path.GetFullPath(source)}.");
            var choice = await CollectionChoice.OfAsync(run, run.Parsed.GetRequiredValue(user), run.Parsed.GetRequiredValue(app), cancellationToken);
            using var report = new ImportReporter(run);
            await using var stream = source == "-" ? run.Terminal.OpenIn() : File.OpenRead(source);
            await using var counted = new CountingStream(stream, read => report.ShowReading(read, stream.CanSeek ? stream.Length : null));
            var results = run.Parsed.GetValue(dryRun)
                ? PreviewAsync(choice, run.Parsed.GetRequiredValue(name), counted, cancellationToken)
                : ImportAsync(run, choice, run.Parsed.GetRequiredValue(name), counted, cancellationToken);
            return await report.WriteAsync(results, run.Parsed.GetValue(dryRun), cancellationToken);
        }));
        return command;
    }

    private static async IAsyncEnumerable<ImportedEntry> PreviewAsync(
        CollectionChoice choice, string name, Stream file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntryPreview.RunAsync(choice.Store, choice.App, choice.Find(name)?.Id, Rights.All, file, cancellationToken))
            yield return entry.Result;
    }

    private static async IAsyncEnumerable<ImportedEntry> ImportAsync(
        CommandRun run, CollectionChoice choice, string name, Stream file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var collection = choice.Find(name)?.Id ?? await run.Services.GetRequiredService<SqlCollections>().CreateAsync(
            choice.Owner, choice.App.Id, name, SourceColor.Next(choice.Own.Select(own => own.Color)), cancellationToken);
        await foreach (var result in EntryImport.RunAsync(
            choice.Store, choice.App, collection, choice.Owner.Value, file, ImportPace.Database, cancellationToken))
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
