namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>The circuit breaker of one peer: five failures in a row, and it is left alone for 15 seconds; then one attempt decides.</summary>
/// <remarks>Polly's breaker counts ratios over a window, in which old successes would hide a peer that has just died.</remarks>
public sealed class PeerCircuit(TimeProvider clock)
{
    public const int FailuresToOpen = 5;

    public static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset? _openSince;
    private DateTimeOffset _retryAt;

    /// <summary>Since when the peer counts as down, or null.</summary>
    public DateTimeOffset? OpenSince
    {
        get
        {
            lock (_gate) return _openSince;
        }
    }

    /// <summary>False while the circuit is open; after the break, true for one caller at a time.</summary>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (_openSince is null) return true;
            var now = clock.GetUtcNow();
            if (now < _retryAt) return false;
            _retryAt = now + BreakFor;
            return true;
        }
    }

    internal void Succeeded()
    {
        lock (_gate) (_failures, _openSince) = (0, null);
    }

    internal void Failed()
    {
        lock (_gate)
        {
            if (++_failures < FailuresToOpen) return;
            var now = clock.GetUtcNow();
            _openSince ??= now;
            _retryAt = now + BreakFor;
        }
    }

    /// <summary>The caller gave up, which says nothing about the peer: a trial after the break may be made again at once.</summary>
    internal void Abandoned()
    {
        lock (_gate)
        {
            if (_openSince is not null) _retryAt = clock.GetUtcNow();
        }
    }
}
