using System.Diagnostics;
using System.Diagnostics.Metrics;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Core.Federation;

/// <summary>What happens between this installation and its peers, in numbers. A peer is named by the domain of its link; who has none is not named, and users never are.</summary>
/// <remarks>Names and units as in OpenTelemetry's semantic conventions: seconds, bytes, <c>error.type</c>, <c>http.*</c>, <c>network.io.direction</c>.</remarks>
public sealed class PeerMetrics : IDisposable
{
    public const string MeterName = "PeerWeb.Federation";
    public const string PeerDomain = "peerweb.peer.domain";

    private const string Outgoing = "client";
    private const string Incoming = "server";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10] };

    private readonly Meter _meter;
    private readonly Histogram<double> _asked;
    private readonly Histogram<double> _served;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _nudges;

    public PeerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _asked = _meter.CreateHistogram("peerweb.peer.client.request.duration", "s", "Attempts of requests to a peer, whole answers included.", tags: null, Seconds);
        _served = _meter.CreateHistogram("peerweb.peer.server.request.duration", "s", "Requests of peers.", tags: null, Seconds);
        _bytes = _meter.CreateCounter<long>("peerweb.peer.io", "By", "Bodies exchanged with a peer.");
        _refusals = _meter.CreateCounter<long>("peerweb.peer.refusals", "{request}", "Requests to the peer API that were refused before they were looked into: signature, replay, clock, budget, link.");
        _answers = _meter.CreateCounter<long>("peerweb.peer.source.answers", "{answer}", "What asking a peer for a merged view came to, by the state that its sources show.");
        _nudges = _meter.CreateCounter<long>("peerweb.peer.nudges", "{nudge}", "Nudges to a peer; those with an error were dropped.");
    }

    /// <summary>An attempt that was answered, and validly signed.</summary>
    public void Asked(string domain, string method, int status, TimeSpan duration, long sent, long received)
    {
        _asked.Record(duration.TotalSeconds, Tags(domain, method, status));
        _bytes.Add(sent, Bytes(domain, Outgoing, "transmit"));
        _bytes.Add(received, Bytes(domain, Outgoing, "receive"));
    }

    /// <summary>An attempt that gave no answer that counts.</summary>
    /// <param name="error">One of a few words.</param>
    public void AskedInVain(string domain, string method, string error, TimeSpan duration)
    {
        var tags = Tags(domain, method, status: null);
        tags.Add("error.type", error);
        _asked.Record(duration.TotalSeconds, tags);
    }

    /// <param name="domain">Null where the caller is not a linked peer.</param>
    /// <param name="method">One that the peer API knows.</param>
    /// <param name="route">The route's pattern, never the path.</param>
    public void Served(string? domain, string method, string? route, int status, TimeSpan duration, long received, long sent)
    {
        var tags = Tags(domain, method, status);
        if (route is not null) tags.Add("http.route", route);
        _served.Record(duration.TotalSeconds, tags);
        _bytes.Add(received, Bytes(domain, Incoming, "receive"));
        _bytes.Add(sent, Bytes(domain, Incoming, "transmit"));
    }

    /// <param name="reason">The slug of the problem.</param>
    public void Refused(string? domain, string reason)
    {
        var tags = new TagList { { "error.type", reason } };
        if (domain is not null) tags.Add(PeerDomain, domain);
        _refusals.Add(1, tags);
    }

    public void Answered(string domain, SourceState state) =>
        _answers.Add(1, new TagList { { PeerDomain, domain }, { "peerweb.source.state", state.ToString().ToLowerInvariant() } });

    public void Nudged(string domain, string? error)
    {
        var tags = new TagList { { PeerDomain, domain } };
        if (error is not null) tags.Add("error.type", error);
        _nudges.Add(1, tags);
    }

    /// <summary>Whether each peer counts as down.</summary>
    public void ObserveCircuits(Func<IEnumerable<(string Domain, bool IsOpen)>> circuits) => _meter.CreateObservableGauge(
        "peerweb.peer.circuit_breaker.open", () => circuits().Select(one => new Measurement<int>(one.IsOpen ? 1 : 0, KeyValuePair.Create<string, object?>(PeerDomain, one.Domain))),
        unit: null, "1 while the peer is left alone after repeated failures.");

    public void Dispose() => _meter.Dispose();

    private static TagList Tags(string? domain, string method, int? status)
    {
        var tags = new TagList { { "http.request.method", method } };
        if (domain is not null) tags.Add(PeerDomain, domain);
        if (status is { } known) tags.Add("http.response.status_code", known);
        return tags;
    }

    private static TagList Bytes(string? domain, string role, string direction)
    {
        var tags = new TagList { { "peerweb.peer.role", role }, { "network.io.direction", direction } };
        if (domain is not null) tags.Add(PeerDomain, domain);
        return tags;
    }
}
