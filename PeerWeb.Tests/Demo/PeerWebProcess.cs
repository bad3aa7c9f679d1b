using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace PeerWeb.Tests.Demo;

/// <summary>PeerWeb as its users run it: a process of its own, started from the build's output.</summary>
internal sealed class PeerWebProcess : IAsyncDisposable
{
    /// <summary>Against a hang only; the machine may be busy with all the other tests.</summary>
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerWebProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>What it wrote so far, on both streams.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    public static PeerWebProcess Start(params IEnumerable<string> arguments) => StartIn(directory: null, new Dictionary<string, string>(), arguments);

    /// <param name="directory">Where it looks for its settings file; this process's own where null.</param>
    public static PeerWebProcess StartIn(string? directory, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? "" };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var started = new PeerWebProcess(new Process { StartInfo = start });
        started._process.OutputDataReceived += (_, line) => started.Hear(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Hear(line.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>The first line that is wanted, written already or still to come.</summary>
    /// <exception cref="InvalidOperationException">The process ended without it, or five minutes passed.</exception>
    public async Task<string> LineAsync(Func<string, bool> isWanted)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Guard);
        var ended = _process.WaitForExitAsync(guard.Token);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_lines.FirstOrDefault(isWanted) is { } line)
                    return line;
                more = _more.Task;
            }
            if (ended.IsCompleted)
                throw new InvalidOperationException($"The line did not come. The process wrote:\n{string.Join('\n', Lines)}");
            await Task.WhenAny(more, ended);
        }
    }

    /// <summary>SIGTERM, as a service manager or Ctrl-C does.</summary>
    public async Task AskToEndAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task UntilEndedAsync()
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Guard);
        await _process.WaitForExitAsync(guard.Token);
    }

    /// <summary>SIGKILL: no time for anything.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await AskToEndAsync();
            await UntilEndedAsync();
        }
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        TaskCompletionSource more;
        lock (_gate)
        {
            _lines.Add(line);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        more.SetResult();
    }
}
