using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Files;

namespace PeerWeb.Cli;

/// <summary><c>export FILE --user NAME</c>: a user's collections as one file that <c>import</c> reads back.</summary>
public static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write, or - for standard output", DefaultValueFactory = _ => "-" };
        var user = new Option<string>("--user") { Description = "Whose collections", Required = true };
        var name = new Option<string?>("--calendar") { Description = "Only the collection of this name" };
        var all = new Option<bool>("--all") { Description = "All collections, merged into one file" };
        var app = new Option<string>("--app") { Description = "What to export: calendar, addressbook, todo or notes", DefaultValueFactory = _ => "calendar" };
        var form = new Option<string?>("--form") { Description = "How the file is written, where its ending does not say: ics, vcf, vcf3 (vCard 3.0) or csv" };
        var first = new Option<string?>("--from") { Description = "Only what is on this day or later", HelpName = "YYYY-MM-DD" };
        var last = new Option<string?>("--to") { Description = "Only what is on this day or earlier", HelpName = "YYYY-MM-DD" };
        var zone = new Option<string>("--zone") { Description = "Time zone of these days", DefaultValueFactory = _ => "UTC" };
        var command = new Command("export", "Export collections as one file") { file, user, name, all, app, form, first, last, zone };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is not null == result.GetValue(all))
                result.AddError("Say which: --calendar NAME or --all.");
        });
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var choice = await CollectionChoice.OfAsync(run, run.Parsed.GetRequiredValue(user), run.Parsed.GetRequiredValue(app), cancellationToken);
            IReadOnlyList<Collection> collections = run.Parsed.GetValue(name) is { } one
                ? [choice.Find(one) ?? throw new CommandFailedException($"{choice.Owner} has no collection named {one}.")]
                : choice.Own;
            var target = run.Parsed.GetRequiredValue(file);
            var written = FormOf(run, choice.App.Id, run.Parsed.GetValue(form), target);
            var zoneId = run.Parsed.GetRequiredValue(zone);
            var viewer = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? throw new CommandFailedException($"There is no time zone {zoneId}.");
            var days = DaysOf(run.Parsed.GetValue(first), run.Parsed.GetValue(last), viewer);
            using var bar = new ProgressBar(run.Terminal, run.Services.GetRequiredService<TimeProvider>());
            var entries = EntriesAsync(choice, collections, days, viewer, bar, cancellationToken);
            return await WriteAsync(run.Terminal, choice.App, written, entries, target, bar, cancellationToken);
        }));
        return command;
    }

    private static async IAsyncEnumerable<Entry> EntriesAsync(
        CollectionChoice choice, IReadOnlyList<Collection> collections, TimeRange? days, DateTimeZone zone, ProgressBar bar,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (count, octets, done) = (0, 0L, 0);
        foreach (var collection in collections)
        {
            await foreach (var entry in EntryExport.ReadAsync(choice.Store, choice.App, collection.Id, days, zone, cancellationToken))
            {
                (count, octets) = (count + 1, octets + entry.Text.Length);
                yield return entry;
                bar.Show((double)done / collections.Count, string.Create(CultureInfo.InvariantCulture, $"{collection.Name}: {count:#,0} entries, {octets / 1048576.0:#,0.0} MiB"));
            }
            done++;
        }
    }

    /// <returns>The exit code.</returns>
    private static async Task<int> WriteAsync(Terminal terminal, IApp app, FileForm form, IAsyncEnumerable<Entry> entries, string file, ProgressBar bar, CancellationToken cancellationToken)
    {
        var skipped = 0;
        if (file == "-")
        {
            await using var output = terminal.OpenOut();
            await JoinAsync(output);
        }
        else
        {
            await ExportTarget.WriteAsync(file, JoinAsync);
        }
        bar.Clear();
        if (skipped == 0)
            return ExitCodes.Ok;
        await terminal.Error.WriteLineAsync(skipped == 1 ? "1 entry is not in the file." : string.Create(CultureInfo.InvariantCulture, $"{skipped} entries are not in the file."));
        return ExitCodes.Partly;

        Task JoinAsync(Stream output) => form.JoinAsync(app, entries, output, Tell, cancellationToken);

        void Tell(SkippedEntry entry)
        {
            skipped++;
            bar.Clear();
            terminal.Error.WriteLine($"{DisplayText.Excerpt(entry.Uid.Value, 200)}: {entry.Reason}{(entry.Line is { } line ? $" (line {line})" : string.Empty)}");
        }
    }

    /// <summary>As it was said, or as the file's ending says; else the one that keeps everything.</summary>
    private static FileForm FormOf(CommandRun run, AppId app, string? said, string file)
    {
        var apps = run.Services.GetServices<AppFiles>().ToList();
        var forms = apps.FirstOrDefault(files => files.App == app)?.Forms ?? throw new CommandFailedException($"Nothing is known of files of {app}.");
        if (said is not null)
            return forms.FirstOrDefault(form => form.Id == said) ?? throw new CommandFailedException($"There is no form {said} of {app}. There are: {string.Join(", ", forms.Select(form => form.Id))}.");
        var isOther = apps.SelectMany(files => files.Forms).Any(Ends) && !forms.Any(Ends);
        return isOther
            ? throw new CommandFailedException($"{Path.GetExtension(file)} is no form of {app}. There are: {string.Join(", ", forms.Select(form => form.Ending).Distinct())}.")
            : forms.FirstOrDefault(Ends) ?? forms[0];

        bool Ends(FileForm form) => file.EndsWith(form.Ending, StringComparison.OrdinalIgnoreCase);
    }

    private static TimeRange? DaysOf(string? first, string? last, DateTimeZone zone)
    {
        if (first is null && last is null)
            return null;
        var from = first is null ? TimeRange.Earliest : zone.AtStartOfDay(DayOf(first)).ToInstant();
        var to = last is null ? TimeRange.Latest : zone.AtStartOfDay(DayOf(last).PlusDays(1)).ToInstant();
        return to > from ? new TimeRange(from, to) : throw new CommandFailedException($"{last} is before {first}.");
    }

    private static LocalDate DayOf(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1900 and < 2200 } day }
        ? day
        : throw new CommandFailedException($"{text} is no day; days are written as 2026-12-31.");
}
