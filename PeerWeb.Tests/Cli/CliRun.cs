using System.Text;
using System.Text.Json;
using PeerWeb.Cli;
using Xunit;

namespace PeerWeb.Tests.Cli;

/// <summary>What a command left behind: exit code and both streams.</summary>
internal sealed record CliRun(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <param name="settings">What a settings file of the installation would say.</param>
    /// <param name="input">What is typed or piped in.</param>
    public static async Task<CliRun> OfAsync(string[] args, IReadOnlyDictionary<string, string?>? settings = null, string input = "")
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        await using var octets = new MemoryStream();
        var terminal = new Terminal(reader, output, error, ReadSecret: null)
        {
            OpenIn = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            OpenOut = () => octets,
        };
        var code = await new CommandLine(terminal, settings).RunAsync(args, TestContext.Current.CancellationToken);
        return new(code, output + Encoding.UTF8.GetString(octets.ToArray()), error.ToString());
    }

    /// <summary>Each line of the output as JSON.</summary>
    public IReadOnlyList<JsonElement> JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Exit code 3: done, but for what the output names; nothing on the error stream.</summary>
    public CliRun SucceededPartly()
    {
        Assert.Equal((3, ""), (Code, Error));
        return this;
    }

    /// <summary>Exit code 0 and nothing on the error stream.</summary>
    public CliRun Succeeded()
    {
        Assert.Equal((0, ""), (Code, Error));
        return this;
    }

    /// <summary>Exit code 1, one sentence on the error stream, nothing else.</summary>
    public void FailedWith(string sentence) => Assert.Equal((1, "", sentence + "\n"), (Code, Out, Error));
}
