using System.CommandLine;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using PeerWeb.Doctor;

namespace PeerWeb.Cli;

/// <summary><c>doctor</c>: looks at everything an installation needs, while it runs or not, and changes nothing.</summary>
public static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var offline = new Option<bool>("--offline") { Description = "Ask nobody over the network: neither peers nor the own public address" };
        var command = new Command("doctor", "Look at settings, data, keys, peers and clocks, and say what to do; changes nothing") { offline };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = context.SettingsOf(parsed);
            List<Finding> findings =
            [
                .. settings.Errors.Select(error => Finding.Error("settings", error, "See config check.")),
                .. settings.Warnings.Select(risk => Finding.Warning("settings", risk, "See config check.")),
            ];
            if (settings.Errors.Count == 0)
                findings = [.. findings.DefaultIfEmpty(Finding.Ok("settings", "all right")), .. await LookAsync(context, parsed, parsed.GetValue(offline), cancellationToken)];
            else
                findings.Add(Finding.Warning("data", "Not looked at.", "Mend the settings first."));
            var report = new DoctorReport(findings.Count(finding => finding.Level == FindingLevel.Error), findings.Count(finding => finding.Level == FindingLevel.Warning), findings);
            context.Write(parsed, report, ToText);
            return report.Errors == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(CommandContext context, ParseResult parsed, bool offline, CancellationToken cancellationToken)
    {
        await using var installation = Program.Build(context.Options.Settings(parsed), builder =>
        {
            CommandLine.Quiet(builder);
            // What an examination finds it says itself; a key ring that is old makes no new key.
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.Services.Configure<KeyManagementOptions>(ring => ring.AutoGenerateKeys = false);
            builder.Services.AddDoctor();
        });
        using var bar = new ProgressBar(context.Terminal, installation.Services.GetRequiredService<TimeProvider>());
        return await installation.Services.GetRequiredService<Checkup>().RunAsync(offline, subject => bar.Show(null, $"looking at {subject}"), cancellationToken);
    }

    private static IEnumerable<string> ToText(DoctorReport report)
    {
        foreach (var finding in report.Findings)
        {
            yield return $"{finding.Level.ToString().ToLowerInvariant(),-8} {finding.Subject}: {finding.Text}";
            if (finding.Advice is { } advice)
                yield return $"         -> {advice}";
        }
        yield return $"{report.Errors} errors, {report.Warnings} warnings.";
    }

    /// <summary>With <c>--output json</c> these are the members.</summary>
    private sealed record DoctorReport(int Errors, int Warnings, IReadOnlyList<Finding> Findings);
}
