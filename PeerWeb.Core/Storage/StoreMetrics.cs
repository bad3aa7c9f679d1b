using System.Diagnostics;
using System.Diagnostics.Metrics;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Core.Storage;

/// <summary>What the entry database does, in numbers; named as in OpenTelemetry's semantic conventions.</summary>
public sealed class StoreMetrics : IDisposable
{
    public const string MeterName = "PeerWeb.Storage";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private IReadOnlyList<OutboxBacklog> _backlog = [];

    public StoreMetrics(IMeterFactory meters, InstanceRebuild rebuild, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _duration = _meter.CreateHistogram(
            "peerweb.store.operation.duration", "s", "Calls of the store of entries, with everything they wait for.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });
        _meter.CreateObservableGauge("peerweb.instances.rebuild.remaining", () => rebuild.Progress.Total - rebuild.Progress.Done, "{entry}", "Entries whose instances are still to be rebuilt.");
        _meter.CreateObservableGauge(
            "peerweb.outbox.messages", () => Observed(peer => (long)peer.Waiting), "{message}", "Messages that wait to be sent to a peer.");
        _meter.CreateObservableGauge(
            "peerweb.outbox.oldest.age", () => Observed(peer => (time.GetUtcNow() - peer.Oldest.ToDateTimeOffset()).TotalSeconds), "s", "How long the oldest of them waits.");
    }

    /// <summary>Whether anybody asks for durations.</summary>
    public bool IsOn => _duration.Enabled;

    /// <param name="error">The type of the exception, or null.</param>
    public void Done(string operation, TimeSpan duration, string? error)
    {
        var tags = new TagList { { "db.operation.name", operation } };
        if (error is not null) tags.Add("error.type", error);
        _duration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>What the gauges of the outbox say from now on.</summary>
    public void Sample(IReadOnlyList<OutboxBacklog> backlog) => _backlog = backlog;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Observed<T>(Func<OutboxBacklog, T> value)
        where T : struct => _backlog.Select(peer => new Measurement<T>(value(peer), KeyValuePair.Create<string, object?>("peerweb.peer.domain", peer.Domain.Value)));
}
