namespace PeerWeb.Core.Federation.Signing;

/// <summary>What became of a nonce.</summary>
public enum NonceOutcome
{
    Fresh,
    Replayed,

    /// <summary>This peer has used up its places; nothing is forgotten to make room, because what is forgotten can be replayed.</summary>
    Full,

    /// <summary>Signed before this process started, when another one kept the nonces.</summary>
    Restarted,
}

/// <summary>Nonces of safe requests, in memory: bounded for each peer and kept 400 seconds.</summary>
/// <param name="capacityPerPeer">Requests of one peer within 400 seconds.</param>
public sealed class NonceCache(TimeProvider clock, int capacityPerPeer = NonceCache.DefaultCapacity)
{
    public const int DefaultCapacity = 20_000;

    /// <summary>How long a nonce is remembered: longer than any signature that carries it can still be accepted.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(400);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Seen> _peers = [];
    // Signatures carry whole seconds, so one made within the second of our start cannot be told from one made after it.
    private readonly DateTimeOffset _started = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Records the nonce of a request whose signature and digest hold.</summary>
    public NonceOutcome Record(Guid peer, string nonce, DateTimeOffset created)
    {
        if (created < _started) return NonceOutcome.Restarted;
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_peers.TryGetValue(peer, out var seen)) _peers[peer] = seen = new Seen();
            seen.ForgetUntil(now);
            if (seen.Contains(nonce)) return NonceOutcome.Replayed;
            if (seen.Count >= capacityPerPeer) return NonceOutcome.Full;
            seen.Add(nonce, now + KeepFor);
            return NonceOutcome.Fresh;
        }
    }

    private sealed class Seen
    {
        private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);
        private readonly Queue<(string Nonce, DateTimeOffset Expires)> _byAge = [];

        public int Count => _nonces.Count;

        public bool Contains(string nonce) => _nonces.Contains(nonce);

        public void Add(string nonce, DateTimeOffset expires)
        {
            _nonces.Add(nonce);
            _byAge.Enqueue((nonce, expires));
        }

        public void ForgetUntil(DateTimeOffset now)
        {
            while (_byAge.TryPeek(out var oldest) && oldest.Expires <= now) _nonces.Remove(_byAge.Dequeue().Nonce);
        }
    }
}
