using System.Collections.Concurrent;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.PeerApi.Links;

/// <summary>Sends what waits in the outbox: at once after each append, later at the next due time. A slow peer holds up no other.</summary>
/// <param name="services">Asked for the outbox only once it runs: who signs its messages is known after the start, not when the host is put together.</param>
public sealed partial class OutboxSender(
    IServiceProvider services, IOutboxStore store, OutboxSignal signal, TimeProvider time, ILogger<OutboxSender> logger) : BackgroundService
{
    /// <summary>How often it looks without being woken: a command beside the server wakes nobody here.</summary>
    private static readonly Duration Longest = Duration.FromSeconds(15);
    private static readonly Duration Shortest = Duration.FromMilliseconds(200);

    private readonly ConcurrentDictionary<PeerId, Task> _sending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await RoundAsync(stoppingToken);
            await signal.WaitAsync(wait.ToTimeSpan(), time, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_sending.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Duration> RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var lanes = await store.LanesAsync(cancellationToken);
            foreach (var lane in lanes.Where(lane => lane.Due <= now))
                _ = _sending.GetOrAdd(lane.Peer, peer => SendAsync(peer, cancellationToken));
            var next = lanes.Where(lane => lane.Due > now).Select(lane => lane.Due - now).DefaultIfEmpty(Longest).Min();
            return Duration.Min(Duration.Max(next, Shortest), Longest);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            RoundFailed(logger, problem);
            return Longest;
        }
    }

    private async Task SendAsync(PeerId peer, CancellationToken cancellationToken)
    {
        // Lets the caller put this task in its place before it ends.
        await Task.Yield();
        try
        {
            await services.GetRequiredService<MessageOutbox>().DrainAsync(peer, cancellationToken);
            _sending.TryRemove(peer, out _);
            signal.Raise();
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            SendingFailed(logger, peer, problem);
            _sending.TryRemove(peer, out _);
        }
        catch (OperationCanceledException)
        {
            // The host stops; what was not sent is sent after its next start.
            _sending.TryRemove(peer, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be read")]
    private static partial void RoundFailed(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to peer {Peer} failed")]
    private static partial void SendingFailed(ILogger logger, PeerId peer, Exception problem);
}
