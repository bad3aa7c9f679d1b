namespace PeerWeb.Core.Federation.Budgets;

/// <summary>A budget of requests and bytes that refills evenly over a minute and never holds more than a minute's worth.</summary>
/// <remarks>How long an answer is shows only afterwards, so bytes may go into debt; the next request waits until it is paid.</remarks>
public sealed class PeerBudget(PeerBudgetOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _requests = options.RequestsPerMinute;
    private double _bytes = options.BytesPerMinute;
    private long _asOf = clock.GetTimestamp();

    /// <summary>Nothing is spent that has not come back.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _requests >= options.RequestsPerMinute && _bytes >= options.BytesPerMinute;
            }
        }
    }

    /// <summary>Takes one request with a body of <paramref name="bytes"/>, or nothing.</summary>
    /// <param name="retryAfter">Where false: when there is room again.</param>
    public bool TryTake(long bytes, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            Refill();
            if (_requests >= 1 && _bytes > 0)
            {
                _requests--;
                _bytes -= bytes;
                retryAfter = TimeSpan.Zero;
                return true;
            }

            var missingRequests = Math.Max(0, 1 - _requests) / options.RequestsPerMinute;
            var missingBytes = Math.Max(0, 1 - _bytes) / options.BytesPerMinute;
            retryAfter = TimeSpan.FromMinutes(Math.Max(missingRequests, missingBytes));
            return false;
        }
    }

    /// <summary>Takes the bytes of an answer.</summary>
    public void Spend(long bytes)
    {
        lock (_gate)
        {
            Refill();
            _bytes -= bytes;
        }
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        var minutes = clock.GetElapsedTime(_asOf, now).TotalMinutes;
        _asOf = now;
        _requests = Math.Min(options.RequestsPerMinute, _requests + (minutes * options.RequestsPerMinute));
        _bytes = Math.Min(options.BytesPerMinute, _bytes + (minutes * options.BytesPerMinute));
    }
}
