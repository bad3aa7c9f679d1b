using System.CommandLine;
using System.Globalization;
using PeerWeb.Backups;

namespace PeerWeb.Cli;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: the whole installation as one file, and back.</summary>
public static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        var target = new Argument<string>("FILE") { Description = "The file to write, or a directory for one with domain and time in its name" };
        var force = new Option<bool>("--force") { Description = "Replace the file where it is there" };
        var command = new Command("backup", "Copy databases and keys into one file, while PeerWeb runs or not") { target, force };
        command.SetAction(context.ActionAsItIs(async (run, cancellationToken) =>
        {
            BackupReport report;
            using (var bar = new ProgressBar(run.Terminal, run.Services.GetRequiredService<TimeProvider>()))
                report = await run.Services.GetRequiredService<InstallationBackup>().WriteAsync(run.Parsed.GetRequiredValue(target), run.Parsed.GetValue(force), bar.Show, cancellationToken);
            run.Write(report, shown => [$"{shown.File}: {Size(shown.Length)}, installation {shown.Manifest.Installation}, epoch {shown.Manifest.Epoch}.", "It holds private keys: keep it as you keep the data directory. Settings are not in it."]);
            return ExitCodes.Ok;
        }));
        return command;
    }

    public static Command CreateRestore(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A file that backup wrote" };
        var force = new Option<bool>("--force") { Description = "Move aside what is there; nothing is deleted" };
        var suspend = new Option<bool>("--suspend-links") { Description = "Let every active link rest until it is resumed, to look at the grants first" };
        var command = new Command("restore", "Put a backup back, while PeerWeb does not run") { file, force, suspend };
        command.SetAction(context.ActionAsItIs(async (run, cancellationToken) =>
        {
            RestoreReport report;
            using (var bar = new ProgressBar(run.Terminal, run.Services.GetRequiredService<TimeProvider>()))
            {
                var wish = new RestoreWish(run.Parsed.GetValue(force), run.Parsed.GetValue(suspend));
                report = await run.Services.GetRequiredService<InstallationRestore>().ReadAsync(run.Parsed.GetRequiredValue(file), wish, bar.Show, cancellationToken);
            }
            run.Write(report, ToText);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static IEnumerable<string> ToText(RestoreReport report)
    {
        var taken = report.Manifest.Created.ToString("u", CultureInfo.InvariantCulture);
        yield return $"Installation {report.Manifest.Installation} ({report.Manifest.Domain}) is as it was at {taken}: {report.Counts.Entries} entries, {report.Counts.Grants} grants, {report.Counts.Peers} peers.";
        foreach (var before in report.Before)
            yield return $"What was there before is kept: {before}";
        yield return $"It begins epoch {report.Note.Epoch}. Peers notice by themselves and read everything anew; sessions have ended.";
        yield return $"What was done after {taken} is undone. Look at it before you start PeerWeb, or soon after:";
        yield return "- grants that were taken away since are given again, and links that were revoked, rejected or suspended since stand as they did (--suspend-links lets all rest)";
        yield return "- users who were disabled since can sign in again, with the passwords of then; users who were added since are gone, while peers may still grant to their names";
        yield return "- links that were made since are known to the other side alone, and offers that came since must be given anew there";
        yield return "doctor compares the links with both sides once PeerWeb runs.";
    }

    private static string Size(long octets) => string.Create(CultureInfo.InvariantCulture, $"{octets / 1048576.0:#,0.0} MiB");
}
