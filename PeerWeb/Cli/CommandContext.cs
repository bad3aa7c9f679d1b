using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using PeerWeb.Shell;

namespace PeerWeb.Cli;

/// <summary>What a group of commands is made with: <c>static Command Create(CommandContext context)</c>, one class per group, listed in <see cref="CommandLine"/>.</summary>
public sealed class CommandContext(Terminal terminal, GlobalOptions options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly JsonSerializerOptions JsonLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Terminal Terminal => terminal;

    public GlobalOptions Options => options;

    /// <summary>An action that runs with the installation's services: those of the web host, prepared as for a start, without a listener or background loops.</summary>
    /// <remarks>A <see cref="CommandFailedException"/> is exit code 1.</remarks>
    public Func<ParseResult, CancellationToken, Task<int>> Action(Func<CommandRun, CancellationToken, Task> run) =>
        Action(async (command, cancellationToken) =>
        {
            await run(command, cancellationToken);
            return ExitCodes.Ok;
        });

    /// <inheritdoc cref="Action(Func{CommandRun, CancellationToken, Task})"/>
    /// <param name="run">Returns the exit code.</param>
    public Func<ParseResult, CancellationToken, Task<int>> Action(Func<CommandRun, CancellationToken, Task<int>> run) => Action(run, isPrepared: true);

    /// <summary>As <see cref="Action(Func{CommandRun, CancellationToken, Task{int}})"/>, but nothing is made, migrated or looked at before.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> ActionAsItIs(Func<CommandRun, CancellationToken, Task<int>> run) => Action(run, isPrepared: false);

    private Func<ParseResult, CancellationToken, Task<int>> Action(Func<CommandRun, CancellationToken, Task<int>> run, bool isPrepared) =>
        async (parsed, cancellationToken) =>
        {
            await using var installation = Program.Build(options.Settings(parsed), CommandLine.Quiet);
            var steps = installation.Services.GetRequiredService<StartupSteps>();
            if (isPrepared)
                await steps.RunAsync(cancellationToken);
            try
            {
                await using var scope = installation.Services.CreateAsyncScope();
                return await run(new(parsed, scope.ServiceProvider, this), cancellationToken);
            }
            finally
            {
                await steps.StoppedAsync(CancellationToken.None);
            }
        };

    /// <summary>What the settings come to, wrong ones too; nothing is started.</summary>
    public SettingsReport SettingsOf(ParseResult parsed) => SettingsReport.Of(options.Settings(parsed));

    /// <summary>One object, one line.</summary>
    public void WriteLine<T>(T value) => terminal.Out.WriteLine(JsonSerializer.Serialize(value, JsonLine));

    /// <summary>Writes <paramref name="value"/> as JSON where that was asked for, else the lines of text.</summary>
    public void Write<T>(ParseResult parsed, T value, Func<T, IEnumerable<string>> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (options.WantsJson(parsed)) terminal.Out.WriteLine(JsonSerializer.Serialize(value, Json));
        else foreach (var line in text(value)) terminal.Out.WriteLine(line);
    }
}

/// <summary>One run of one command; <c>Services</c> is a scope of the installation's.</summary>
public sealed record CommandRun(ParseResult Parsed, IServiceProvider Services, CommandContext Context)
{
    public Terminal Terminal => Context.Terminal;

    public bool WantsJson => Context.Options.WantsJson(Parsed);

    /// <summary>Writes <paramref name="value"/> as one line of JSON, where the output is many of them.</summary>
    public void WriteLine<T>(T value) => Context.WriteLine(value);

    /// <inheritdoc cref="CommandContext.Write"/>
    public void Write<T>(T value, Func<T, IEnumerable<string>> text) => Context.Write(Parsed, value, text);
}

public static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Done, but for the entries that the report names.</summary>
    public const int Partly = 3;

    /// <summary>Ended by Ctrl-C; the report says how far it came.</summary>
    public const int Cancelled = 130;
}
