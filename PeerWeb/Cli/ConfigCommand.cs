using System.CommandLine;
using PeerWeb.Shell;

namespace PeerWeb.Cli;

/// <summary><c>config check</c>: what the settings come to, before anything is started with them.</summary>
public static class ConfigCommand
{
    public static Command Create(CommandContext context)
    {
        var check = new Command("check", "Show each setting with where it comes from, and everything that is wrong or risky");
        check.SetAction(parsed =>
        {
            var report = context.SettingsOf(parsed);
            var shown = new ConfigReport(report.Environment, report.Settings, report.Errors, report.Warnings);
            context.Write(parsed, shown, ToText);
            return report.Errors.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return new Command("config", "Settings") { check };
    }

    private static IEnumerable<string> ToText(ConfigReport report) =>
    [
        $"Environment {report.Environment}. The later wins: settings files, environment, command line.",
        .. report.Settings.Select(setting => $"{setting.Key,-32} {(string.IsNullOrEmpty(setting.Value) ? "-" : setting.Value),-40} {setting.Source}"),
        .. report.Errors.Select(error => $"error    {error}"),
        .. report.Warnings.Select(warning => $"warning  {warning}"),
        report.Errors.Count == 0 ? "These settings are right." : "These settings are not right.",
    ];

    /// <summary>With <c>--output json</c> these are the members.</summary>
    private sealed record ConfigReport(string Environment, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);
}
