using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shell;

/// <summary>Keeps the instance table at today's horizon and time zone database: looks at the start and every hour, because months begin.</summary>
internal sealed partial class InstanceUpkeep(InstanceRebuild rebuild, TimeProvider time, ILogger<InstanceUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            await Task.Delay(await RunAsync(stoppingToken) ? Interval : AfterFailure, time, stoppingToken);
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await rebuild.RunAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Failed(logger, problem);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Instances cannot be rebuilt now; ranges they do not cover are read from the texts, which takes longer")]
    private static partial void Failed(ILogger logger, Exception problem);
}

/// <summary>How far the instance table is. Never a reason not to be ready: what it does not hold yet is read from the texts.</summary>
internal sealed class InstanceHealth(InstanceRebuild rebuild) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var progress = rebuild.Progress;
        return Task.FromResult(HealthCheckResult.Healthy(progress.IsOver
            ? "Up to date"
            : string.Create(CultureInfo.InvariantCulture, $"{100L * progress.Done / progress.Total} % rebuilt; until then ranges may take longer")));
    }
}
