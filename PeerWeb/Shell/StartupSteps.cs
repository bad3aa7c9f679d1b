namespace PeerWeb.Shell;

/// <summary>What must hold before the first request or command: a schema, a key, a row. Runs again at every start.</summary>
public interface IStartupStep
{
    /// <exception cref="Exception">The installation cannot run; the start ends with the message.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>What is left in order behind the last request and the last loop.</summary>
public interface IStopStep
{
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Runs the steps in the order of their registration, before the listener opens; commands, which open none, call it themselves.</summary>
public sealed class StartupSteps(IEnumerable<IStartupStep> steps, IEnumerable<IStopStep> ends, DataDirectoryUse use) : IHostedLifecycleService
{
    private bool isStopped;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in steps) await step.RunAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        use.Serve();
        return RunAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Behind everything else, also of a command; once.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isStopped, true)) return;
        // Also where the time to stop is up: it is a moment's work, and what it keeps is worth it.
        foreach (var end in ends) await end.RunAsync(CancellationToken.None);
    }
}
