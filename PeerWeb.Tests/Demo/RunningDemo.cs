using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PeerWeb.Tests.Overhearing;
using Xunit;

namespace PeerWeb.Tests.Demo;

/// <summary>One installation of a running demo, as its announcement has it.</summary>
internal sealed record DemoInstallation(Uri Endpoint, string SignIns, int ProcessId)
{
    public string Domain => Endpoint.Authority;

    /// <summary>Its process dies as if the power had failed.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(ProcessId);
        process.Kill();
    }
}

/// <summary>The <c>demo</c> command in a process, on free ports and a data directory of its own.</summary>
internal sealed partial class RunningDemo : IAsyncDisposable
{
    private const int LinesOfError = 12;

    private readonly PeerWebProcess _process;
    private readonly bool _ownsData;

    private RunningDemo(PeerWebProcess process, string data, bool ownsData, (int, int) ports, DemoInstallation acme, DemoInstallation globex) =>
        (_process, Data, _ownsData, Ports, Acme, Globex) = (process, data, ownsData, ports, acme, globex);

    public string Data { get; }

    public (int Acme, int Globex) Ports { get; }

    public string PortsOption => Option(Ports);

    public DemoInstallation Acme { get; }

    public DemoInstallation Globex { get; }

    public PeerWebProcess Process => _process;

    /// <summary>Both installations' log lines of level error or worse, each with what follows it.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            string[] lines = [.. _process.Lines];
            return [.. Enumerable.Range(0, lines.Length).Where(at => IsError(lines[at])).Select(at => string.Join('\n', lines.Skip(at).Take(LinesOfError)))];
        }
    }

    /// <param name="data">An existing data directory, which stays; without one it has its own and deletes it.</param>
    public static async Task<RunningDemo> StartAsync(string? data = null, (int, int)? ports = null, params string[] options)
    {
        var (directory, two) = (data ?? Directory.CreateTempSubdirectory("peerweb-demo-").FullName, ports ?? FreePorts.Two());
        var process = PeerWebProcess.Start(["demo", "--data", directory, "--ports", Option(two), .. options]);
        try
        {
            await process.LineAsync(line => line.StartsWith("Ctrl-C", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            return new RunningDemo(process, directory, data is null, two, Announced(process, "Acme"), Announced(process, "Globex"));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public static bool IsError(string line) => ErrorPattern.IsMatch(line);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        if (_ownsData)
            Directory.Delete(Data, recursive: true);
        // What the two log carries their name in front; the rest is said to whoever started the demo.
        Assert.Empty(_process.Lines.Where(line => line.StartsWith('[')).SelectMany(line => Secrets.InLog(line).Select(kind => $"{kind}: {line}")));
    }

    private static string Option((int, int) ports) => string.Create(CultureInfo.InvariantCulture, $"{ports.Item1},{ports.Item2}");

    private static DemoInstallation Announced(PeerWebProcess process, string name)
    {
        var match = process.Lines.Select(line => AnnouncementPattern.Match(line)).Single(match => match.Success && match.Groups[1].Value == name);
        return new(new Uri(match.Groups[2].Value), match.Groups[3].Value, int.Parse(match.Groups[4].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^ +(\w+) +(http://\S+) +sign in as (.+?) +process (\d+)$")]
    private static partial Regex AnnouncementPattern { get; }

    [GeneratedRegex(@"\b(fail|crit): |Unhandled exception")]
    private static partial Regex ErrorPattern { get; }
}
