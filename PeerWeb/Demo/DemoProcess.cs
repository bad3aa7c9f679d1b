using System.Diagnostics;

namespace PeerWeb.Demo;

/// <summary>One installation of the demo as a child process. It ends when its standard input closes, so it never outlives its parent.</summary>
internal sealed class DemoProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoProcess(DemoSide side, Process process) => (Side, _process) = (side, process);

    public DemoSide Side { get; }

    public int ProcessId => _process.Id;

    /// <summary>Ends when the installation listens, and is linked where it is to be; fails where the process ended before.</summary>
    public Task Ready => _ready.Task;

    /// <param name="say">Receives each line that the child writes.</param>
    public static DemoProcess Start(DemoSide side, string data, bool isBlank, Action<string> say)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started as `dotnet PeerWeb.dll`, the process is dotnet and wants the assembly again.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(DemoProcess).Assembly.Location);
        foreach (var argument in DemoCommand.ChildArguments(side, data, isBlank))
            start.ArgumentList.Add(argument);

        var child = new DemoProcess(side, new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, line) => child.Hear(line.Data, say);
        child._process.ErrorDataReceived += (_, line) => child.Hear(line.Data, say);
        child._process.Exited += (_, _) => child._ready.TrySetException(new CommandEndedException(side.Name));
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process.HasExited)
            return;
        _process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
    }

    public void Dispose() => _process.Dispose();

    private void Hear(string? line, Action<string> say)
    {
        if (line == DemoLink.Ready)
            _ready.TrySetResult();
        else if (line is not null)
            say(line);
    }
}

/// <summary>An installation of the demo ended before it was ready; what it wrote says why.</summary>
internal sealed class CommandEndedException(string name) : Cli.CommandFailedException($"{name} ended before it was ready.");
