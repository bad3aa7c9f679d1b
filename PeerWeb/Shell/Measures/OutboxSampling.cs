using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Shell.Measures;

/// <summary>Looks at the outbox now and then, so that no scrape asks the database.</summary>
internal sealed partial class OutboxSampling(SqlOutboxBacklog backlog, StoreMetrics metrics, TimeProvider time, ILogger<OutboxSampling> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Sample(await backlog.ReadAsync(stoppingToken));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Failed(logger, problem);
            }
            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox cannot be counted now")]
    private static partial void Failed(ILogger logger, Exception problem);
}
