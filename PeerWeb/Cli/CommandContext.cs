using System.CommandLine;
using System.Text.Json;
using PeerWeb.Shell;

namespace PeerWeb.Cli;

/// <summary>What a group of commands is made with: <c>static Command Create(CommandContext context)</c>, one class per group, listed in <see cref="CommandLine"/>.</summary>
public sealed class CommandContext(Terminal terminal, GlobalOptions options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Terminal Terminal => terminal;

    public GlobalOptions Options => options;

    /// <summary>An action that runs with the installation's services: those of the web host, prepared as for a start, without a listener or background loops.</summary>
    /// <remarks>A <see cref="CommandFailedException"/> is exit code 1.</remarks>
    public Func<ParseResult, CancellationToken, Task<int>> Action(Func<CommandRun, CancellationToken, Task> run) =>
        async (parsed, cancellationToken) =>
        {
            await using var installation = Program.Build(options.Settings(parsed), CommandLine.Quiet);
            await installation.Services.GetRequiredService<StartupSteps>().RunAsync(cancellationToken);
            await using var scope = installation.Services.CreateAsyncScope();
            await run(new(parsed, scope.ServiceProvider, this), cancellationToken);
            return ExitCodes.Ok;
        };

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
    /// <inheritdoc cref="CommandContext.Write"/>
    public void Write<T>(T value, Func<T, IEnumerable<string>> text) => Context.Write(Parsed, value, text);
}

public static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
