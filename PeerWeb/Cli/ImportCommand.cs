using System.CommandLine;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;

namespace PeerWeb.Cli;

/// <summary><c>import FILE --user NAME</c>: entries of a file into a user's collection.</summary>
public static class ImportCommand
{
    /// <summary>Failures that are listed; all are counted.</summary>
    private const int MostListed = 1000;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An .ics file of any size" };
        var user = new Option<string>("--user") { Description = "Whose collection", Required = true };
        var name = new Option<string>("--to") { Description = "The collection's name; made where it is missing", DefaultValueFactory = _ => "Calendar" };
        var app = new Option<string>("--app") { Description = "What the file holds", DefaultValueFactory = _ => "calendar" };
        var command = new Command("import", "Import a file; entries that are there already are known by their UID") { file, user, name, app };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var source = run.Parsed.GetRequiredValue(file);
            if (!source.Exists)
                throw new CommandFailedException($"There is no file {source.FullName}.");
            if (!AppId.TryParse(run.Parsed.GetValue(app), out var appId) || run.Services.GetRequiredService<AppRegistry>().Find(appId) is not { } target)
                throw new CommandFailedException($"There is no app {run.Parsed.GetValue(app)}.");
            var owner = await OwnerAsync(run, run.Parsed.GetRequiredValue(user), cancellationToken);
            await ImportAsync(run, source, target, owner, run.Parsed.GetRequiredValue(name), cancellationToken);
        }));
        return command;
    }

    private static async Task<UserName> OwnerAsync(CommandRun run, string name, CancellationToken cancellationToken) =>
        UserName.TryParse(name, out var owner) && await run.Services.GetRequiredService<UserDirectory>().FindAsync(name, cancellationToken) is not null
            ? owner
            : throw new CommandFailedException($"There is no user {name}.");

    private static async Task ImportAsync(CommandRun run, FileInfo source, IApp app, UserName owner, string name, CancellationToken cancellationToken)
    {
        var store = run.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(owner, Groups: []));
        var own = (await store.ListCollectionsAsync(app.Id, cancellationToken)).Where(collection => collection.Owner == owner && collection.Name == name).ToList();
        if (own.Count > 1)
            throw new CommandFailedException($"{owner} has {own.Count} collections named {name}.");
        var collection = own.Count == 1
            ? own[0].Id
            : await run.Services.GetRequiredService<SqlCollections>().CreateAsync(owner, app.Id, name, color: null, cancellationToken);

        var counts = new Dictionary<ImportOutcome, int>();
        var failed = new List<ImportedEntry>();
        await using var stream = source.OpenRead();
        await foreach (var result in EntryImport.RunAsync(store, app, collection, owner.Value, stream, ImportPace.Database, cancellationToken))
        {
            counts[result.Outcome] = counts.GetValueOrDefault(result.Outcome) + 1;
            if (result.Outcome == ImportOutcome.Failed && failed.Count < MostListed)
                failed.Add(result);
        }
        var report = new ImportCounts(
            counts.GetValueOrDefault(ImportOutcome.Added), counts.GetValueOrDefault(ImportOutcome.Updated),
            counts.GetValueOrDefault(ImportOutcome.Unchanged), counts.GetValueOrDefault(ImportOutcome.Failed), failed);
        run.Write(report, shown => shown.ToText());
    }

    private sealed record ImportCounts(int Added, int Updated, int Unchanged, int Failed, IReadOnlyList<ImportedEntry> Failures)
    {
        public IEnumerable<string> ToText()
        {
            foreach (var failure in Failures)
                yield return $"{failure.Number,6}  {failure.Label}: {failure.Reason}{(failure.Line is { } line ? $" (line {line})" : string.Empty)}";
            yield return $"{Added} added, {Updated} updated, {Unchanged} unchanged, {Failed} failed.";
        }
    }
}
