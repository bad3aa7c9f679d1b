using System.CommandLine;
using PeerWeb.Shell;

namespace PeerWeb.Cli;

/// <summary>Options that every command understands, and the settings they stand for.</summary>
/// <param name="given">Settings below what is typed, above environment and files.</param>
public sealed class GlobalOptions(IReadOnlyDictionary<string, string?> given)
{
    private readonly Option<string?> data = new("--data") { Description = "The data directory", HelpName = "DIR", Recursive = true };
    private readonly Option<string?> domain = new("--domain") { Description = "The domain of this installation's addresses, like acme.example", Recursive = true };
    private readonly Option<string?> endpoint = new("--endpoint") { Description = "The public base URL, like https://acme.example", Recursive = true };
    private readonly Option<string?> name = new("--name") { Description = "What people call this installation", Recursive = true };
    private readonly Option<string> output =
        new Option<string>("--output") { Description = "text or json", HelpName = "FORMAT", Recursive = true, DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");

    public void AddTo(Command root)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (Option option in new Option[] { data, domain, endpoint, name, output }) root.Options.Add(option);
    }

    /// <summary>The data directory as it was typed, or null.</summary>
    public string? DataOf(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(data);
    }

    public bool WantsJson(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(output) == "json";
    }

    /// <summary>Only what was given, so that environment and files decide the rest.</summary>
    public IReadOnlyDictionary<string, string?> Settings(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var settings = new Dictionary<string, string?>(given);
        // `dotnet run` is a developer's. Not in launchSettings.json: that file is announced on the standard output of every command.
        if (HostSetup.IsBuildOutput && Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null) settings.TryAdd("environment", Environments.Development);
        // Typed in a shell, a relative directory means the shell's.
        if (parsed.GetValue(data) is { Length: > 0 } directory) settings["PeerWeb:DataDirectory"] = Path.GetFullPath(directory);
        if (parsed.GetValue(domain) is { } itsDomain) settings["PeerWeb:Domain"] = itsDomain;
        if (parsed.GetValue(endpoint) is { } url) settings["PeerWeb:Endpoint"] = url;
        if (parsed.GetValue(name) is { } itsName) settings["PeerWeb:Name"] = itsName;
        return settings;
    }
}
