using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PeerWeb.Cli;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Demo;

/// <summary><c>demo</c>: two linked installations, each its own process, with people, entries and grants.</summary>
public static class DemoCommand
{
    private const string InstallationName = "demo-installation";

    private static readonly string[] Folders = ["acme", "globex"];

    public static Command Create(CommandContext context)
    {
        var fresh = new Option<bool>("--fresh") { Description = "Start over: delete what the demo kept from before" };
        var blank = new Option<bool>("--blank") { Description = "Leave out links and grants, to try linking" };
        var ports = new Option<string>("--ports") { Description = "Ports of Acme and Globex", HelpName = "A,B", DefaultValueFactory = _ => "5101,5102" };
        var command = new Command("demo", "Run two installations, Acme and Globex, filled with people and their calendars") { fresh, blank, ports };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (acme, globex) = SidesOf(parsed.GetRequiredValue(ports));
            var data = Path.GetFullPath(context.Options.DataOf(parsed) ?? "demo-data");
            Prepare(data, parsed.GetValue(fresh), parsed.GetValue(blank));
            await RunAsync(context.Terminal, [acme, globex], data, parsed.GetValue(blank), cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>What the demo starts for each side; ends when its standard input closes.</summary>
    public static Command CreateInstallation(CommandContext context)
    {
        var side = new Argument<string>("SIDE");
        var ports = new Option<string>("--ports") { Required = true };
        var blank = new Option<bool>("--blank");
        var command = new Command(InstallationName, "One installation of the demo") { side, ports, blank };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (acme, globex) = SidesOf(parsed.GetRequiredValue(ports));
            var own = parsed.GetRequiredValue(side) == acme.Key ? acme : globex;
            var data = context.Options.DataOf(parsed) ?? throw new CommandFailedException("--data is missing.");
            await using var installation = Program.Build(own.Settings(data), builder =>
            {
                Serving.Configure(builder);
                builder.Services.AddDemo(own, parsed.GetValue(blank));
            });
            await Serving.RunAsync(installation, () => { }, end => UntilClosedAsync(context.Terminal.In, end), cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }

    internal static IReadOnlyList<string> ChildArguments(DemoSide side, string data, bool isBlank)
    {
        var (acme, globex) = side.AsksForLink ? (side.Port, PortOf(side.Peer.Value)) : (PortOf(side.Peer.Value), side.Port);
        List<string> arguments = [InstallationName, side.Key, "--data", data, "--ports", string.Create(CultureInfo.InvariantCulture, $"{acme},{globex}")];
        if (isBlank)
            arguments.Add("--blank");
        return arguments;
    }

    private static async Task RunAsync(Terminal terminal, IReadOnlyList<DemoSide> sides, string data, bool isBlank, CancellationToken cancellationToken)
    {
        foreach (var side in sides)
            RefuseTakenPort(side);
        await terminal.Out.WriteLineAsync("Starting Acme and Globex ...");
        List<DemoProcess> children = [];
        try
        {
            foreach (var side in sides)
                children.Add(DemoProcess.Start(side, data, isBlank, line => terminal.Error.WriteLine($"[{side.Key}] {line}")));
            await foreach (var ready in Task.WhenEach(children.Select(child => child.Ready)).WithCancellation(cancellationToken))
                await ready;
            foreach (var line in Announcement(children, isBlank))
                await terminal.Out.WriteLineAsync(line);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await terminal.Out.WriteLineAsync("Stopping ...");
        }
        finally
        {
            await Task.WhenAll(children.Select(child => child.StopAsync(CancellationToken.None)));
            children.ForEach(child => child.Dispose());
        }
    }

    private static IEnumerable<string> Announcement(IReadOnlyList<DemoProcess> children, bool isBlank)
    {
        yield return string.Empty;
        foreach (var child in children)
        {
            var people = string.Join(", ", child.Side.People.Select(person => person == child.Side.Admin ? $"{person.User} (admin)" : person.User));
            yield return $"  {child.Side.Name,-8}{child.Side.Endpoint.ToString().TrimEnd('/')}   sign in as {people}   process {child.ProcessId}";
        }
        yield return $"  Password for all: {DemoSide.Password}";
        yield return string.Empty;
        yield return isBlank
            ? "The two are not linked. Sign in as ada and as sam, open Peers, and link them."
            : "The two are linked. Sign in at Globex as sam: Ada's and Bob's calendars show beside his own.";
        yield return "Ctrl-C ends both.";
    }

    private static void Prepare(string data, bool fresh, bool blank)
    {
        // What tells one demo from another is kept in a file, so that --blank after a linked run does not show old links.
        var mark = Path.Combine(data, "demo");
        var kind = blank ? "blank" : "linked";
        if (!Directory.Exists(data))
        {
            Directory.CreateDirectory(data);
        }
        else if (!File.Exists(mark))
        {
            if (Directory.EnumerateFileSystemEntries(data).Any())
                throw new CommandFailedException($"{data} is not a folder of the demo; give an empty or a new one with --data.");
        }
        else if (fresh)
        {
            foreach (var side in Folders.Select(side => Path.Combine(data, side)).Where(Directory.Exists))
                Directory.Delete(side, recursive: true);
        }
        else if (File.ReadAllText(mark).Trim() != kind)
        {
            throw new CommandFailedException($"{data} holds the demo's other kind; start over with --fresh.");
        }
        File.WriteAllText(mark, kind + "\n");
    }

    private static (DemoSide Acme, DemoSide Globex) SidesOf(string ports)
    {
        if (ports.Split(',') is not [var first, var second] || !IsPort(first, out var acme) || !IsPort(second, out var globex) || acme == globex)
            throw new CommandFailedException("--ports takes two different ports, like 5101,5102.");
        return (DemoSide.Acme(acme, globex), DemoSide.Globex(globex, acme));
    }

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;

    private static int PortOf(string domain) => int.Parse(domain.Split(':')[1], CultureInfo.InvariantCulture);

    private static void RefuseTakenPort(DemoSide side)
    {
        using var probe = new TcpListener(IPAddress.Loopback, side.Port);
        try
        {
            probe.Start();
        }
        catch (SocketException)
        {
            throw new CommandFailedException($"Port {side.Port} is taken; give two free ones with --ports.");
        }
    }

    /// <remarks>The console's reader never hears of a cancellation: it is left behind, on a thread of its own that ends with the process. One of the pool would be missing to those who stop.</remarks>
    private static Task UntilClosedAsync(TextReader input, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            while (input.ReadLine() is not null)
            {
                // Nothing that is typed means anything; only the end does.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).WaitAsync(cancellationToken);
}
