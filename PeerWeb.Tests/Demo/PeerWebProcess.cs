using System.Diagnostics;
using System.Globalization;

namespace PeerWeb.Tests.Demo;

/// <summary>PeerWeb as its users run it: a process of its own, started from the build's output.</summary>
/// <remarks>Knows no test framework: <c>bench/</c> runs it too.</remarks>
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

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Its standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    public static PeerWebProcess Start(params IEnumerable<string> arguments) => Start(new Dictionary<string, string?>(), arguments);

    /// <param name="settings">Configuration keys like <c>PeerWeb:Listen</c>, handed over in its environment.</param>
    public static PeerWebProcess Start(IReadOnlyDictionary<string, string?> settings, params IEnumerable<string> arguments) =>
        StartIn(directory: null, settings, arguments);

    /// <param name="directory">Where it looks for its settings file; this process's own where null.</param>
    /// <param name="settings">As <see cref="Start(IReadOnlyDictionary{string, string?}, IEnumerable{string})"/> takes them.</param>
    public static PeerWebProcess StartIn(string? directory, IReadOnlyDictionary<string, string?> settings, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? "" };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
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
    public async Task<string> LineAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
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
    public async Task AskToEndAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async Task UntilEndedAsync(CancellationToken cancellationToken)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
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
            await AskToEndAsync(CancellationToken.None);
            await UntilEndedAsync(CancellationToken.None);
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
