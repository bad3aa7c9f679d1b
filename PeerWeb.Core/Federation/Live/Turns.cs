namespace PeerWeb.Core.Federation.Live;

/// <summary>Runs one job at a time, beside whoever asks for it. Asked for while it runs, however often, it runs once more.</summary>
/// <param name="failed">Told what the job threw; it runs again when asked for.</param>
internal sealed class Turns(Func<CancellationToken, Task> job, Action<Exception> failed) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isAskedAgain;

    public void Ask()
    {
        lock (_gate)
        {
            _isAskedAgain = true;
            if (_isRunning || _end.IsCancellationRequested)
                return;
            _isRunning = true;
            // Not on the asker's thread, which may be a circuit's and end with it.
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Ends the job that runs, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task running;
        lock (_gate)
            running = _running;
        await running;
    }

    private async Task RunAsync()
    {
        while (TryBegin())
        {
            try
            {
                await job(_end.Token);
            }
            catch (Exception exception)
            {
                if (!_end.IsCancellationRequested)
                    failed(exception);
            }
        }
    }

    private bool TryBegin()
    {
        lock (_gate)
        {
            _isRunning = _isAskedAgain && !_end.IsCancellationRequested;
            _isAskedAgain = false;
            return _isRunning;
        }
    }
}
