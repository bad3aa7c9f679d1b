using System.CommandLine;
using Microsoft.Extensions.Options;
using PeerWeb.Cli.Peers;
using PeerWeb.Core.Storage;
using PeerWeb.Demo;
using PeerWeb.Identity.Setup;
using PeerWeb.Shell;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Cli;

/// <summary>The web server, or one of the commands: 0 done, 1 failed, 2 not understood, 3 partly done, 130 cancelled. Errors are one sentence on the error stream.</summary>
/// <param name="terminal">Where it reads and writes.</param>
/// <param name="settings">Below what is typed, above environment and files; null for none.</param>
public sealed class CommandLine(Terminal terminal, IReadOnlyDictionary<string, string?>? settings = null)
{
    /// <summary>After Ctrl-C what was begun is finished and reported.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await terminal.Error.WriteLineAsync(error.Message);
            await terminal.Error.WriteLineAsync("Try --help.");
            return ExitCodes.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(
                new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd }, cancellationToken);
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var failure in wrong.Failures) await terminal.Error.WriteLineAsync(failure);
        }
        catch (Exception failed) when (failed is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync(failed.Message);
        }
        catch (Exception failed) when (StoreFaults.In(failed) is { } unavailable)
        {
            await terminal.Error.WriteLineAsync($"{unavailable.Message} {failed.GetBaseException().Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception failed)
        {
            // Nobody foresaw it, so a sentence would hide what whoever mends it needs.
            await terminal.Error.WriteLineAsync($"PeerWeb failed: {failed}");
        }
        return ExitCodes.Failed;
    }

    /// <summary>A command's output is its own: warnings go to the error stream, the rest nowhere.</summary>
    internal static void Quiet(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // What fails in the database ends the command, with one sentence; whoever looks whether a table is there is no failure at all.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
    }

    private RootCommand Root()
    {
        var options = new GlobalOptions(settings ?? new Dictionary<string, string?>());
        var context = new CommandContext(terminal, options);
        var root = new RootCommand("PeerWeb: groupware whose installations link. Without a command it serves this installation.")
        {
            UserCommand.Create(context),
            ImportCommand.Create(context),
            ExportCommand.Create(context),
            DemoCommand.Create(context),
            DemoCommand.CreateInstallation(context),
            PeerCommand.Create(context),
            ConfigCommand.Create(context),
            DoctorCommand.Create(context),
            BackupCommand.Create(context),
            BackupCommand.CreateRestore(context),
        };
        options.AddTo(root);
        root.SetAction(async (parsed, cancellationToken) =>
        {
            await using var installation = Program.Build(options.Settings(parsed), Serving.Configure);
            await Serving.RunAsync(installation, () => SayHowToBegin(installation.Services), end => Task.Delay(Timeout.InfiniteTimeSpan, end), cancellationToken);
            return ExitCodes.Ok;
        });
        return root;
    }

    /// <summary>Where nobody can sign in yet: the page that makes the first administrator, with the code it asks for. On the terminal, never in the log.</summary>
    private void SayHowToBegin(IServiceProvider services)
    {
        if (services.GetRequiredService<SetupCode>() is not { Value: { } code } setup) return;
        var endpoint = services.GetRequiredService<IOptions<PeerWebOptions>>().Value.Endpoint;
        terminal.Out.WriteLine("Nobody can sign in yet. Make the first administrator:");
        terminal.Out.WriteLine($"  {new Uri(endpoint, FirstRun.Path)}?code={code}");
        terminal.Out.WriteLine($"The setup code is also in {setup.File}.");
    }
}
