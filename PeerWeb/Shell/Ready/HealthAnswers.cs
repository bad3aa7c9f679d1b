using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Shell.Ready;

/// <summary>What <c>/health/ready</c> says: looked at once a second at most, however many ask, and never waited for longer than a few seconds.</summary>
internal sealed partial class HealthAnswers(
    HealthCheckService checks, Farewell farewell, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<HealthAnswers> logger)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>A disk or a database server that hangs holds one look up, not everyone who asks.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly HealthReport Stopping = Unhealthy("server", "It stops");
    private static readonly HealthReport Silent = Unhealthy("server", "What it needs does not answer");

    private readonly Lock _gate = new();
    private Task<HealthReport>? _look;
    private long _lookedAt;
    private HealthStatus _said = HealthStatus.Healthy;

    public async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        if (farewell.IsSaid || lifetime.ApplicationStopping.IsCancellationRequested)
            return Stopping;
        try
        {
            return await Look().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Silent;
        }
    }

    private Task<HealthReport> Look()
    {
        lock (_gate)
        {
            if (_look is { } look && (!look.IsCompleted || time.GetElapsedTime(_lookedAt) < Fresh))
                return look;
            _lookedAt = time.GetTimestamp();
            // SQLite answers on the thread that asks.
            return _look = Task.Run(LookAsync);
        }
    }

    private async Task<HealthReport> LookAsync()
    {
        var report = await checks.CheckHealthAsync(lifetime.ApplicationStopping);
        if (report.Status != _said)
        {
            _said = report.Status;
            var worst = report.Entries.FirstOrDefault(entry => entry.Value.Status == report.Status);
            Changed(logger, report.Status, worst.Key, worst.Value.Exception);
        }
        return report;
    }

    private static HealthReport Unhealthy(string check, string description) => new(
        new Dictionary<string, HealthReportEntry> { [check] = new(HealthStatus.Unhealthy, description, TimeSpan.Zero, exception: null, data: null) }, TimeSpan.Zero);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Readiness is now {Status}, by the check {Check}")]
    private static partial void Changed(ILogger logger, HealthStatus status, string check, Exception? problem);
}
