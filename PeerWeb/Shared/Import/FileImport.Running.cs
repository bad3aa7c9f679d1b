using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Import;

/// <remarks>This part: one thing at a time, shown as it goes, and stopped cleanly.</remarks>
public sealed partial class FileImport
{
    private async Task RunAsync(ImportStep step, Func<CancellationToken, Task> work, string stopped)
    {
        // Two who waited for the same run must not both begin: nothing is awaited between the last look and the claim.
        while (!_running.IsCompleted)
            await StopAsync();
        var before = step == ImportStep.Importing ? ImportStep.Ready : ImportStep.Choosing;
        using var run = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        var ended = new TaskCompletionSource();
        (_run, _running, _step, _failure) = (run, ended.Task, step, null);
        _drawn = time.GetTimestamp();
        try
        {
            await work(run.Token);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            _end = stopped;
        }
        catch (SourceUnavailableException unavailable)
        {
            _failure = $"{unavailable.Message} {Kept}";
        }
        catch (StoreUnavailableException unavailable)
        {
            LogFailed(unavailable);
            _failure = $"{unavailable.Message} {Kept}";
        }
        catch (IOException exception)
        {
            LogFailed(exception);
            _failure = $"The file could not be read from your browser. {Kept}";
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            _failure = $"This ended early because of a failure on this server. {Kept}";
        }
        finally
        {
            if (_step == step)
                _step = before;
            if (ReferenceEquals(_run, run))
                _run = null;
            ended.SetResult();
        }
    }

    private string Kept => _report.Counts.Total > 0 ? "What is listed below is done; importing the file again goes on from there." : "Nothing was written.";

    /// <summary>Ends what is going on, and waits until it has.</summary>
    private async Task StopAsync()
    {
        await CancelAsync();
        await _running;
    }

    private async Task CancelAsync()
    {
        if (_run is { } run)
            await run.CancelAsync();
    }

    /// <summary>Some times a second, however fast it goes.</summary>
    private void Show(ImportProgress progress)
    {
        _progress = progress;
        if (time.GetElapsedTime(_drawn) < DrawEvery)
            return;
        _drawn = time.GetTimestamp();
        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An import ended early")]
    private partial void LogFailed(Exception exception);
}
