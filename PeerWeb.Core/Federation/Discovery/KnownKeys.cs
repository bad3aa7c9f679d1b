using System.Collections.Concurrent;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Keys of peers that were made before: making one from its coordinates costs more than checking a signature with it. Whether a key counts is not known here; the book says it each time.</summary>
public sealed class KnownKeys
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<PublicKey, PeerKey> _keys = new();

    /// <summary>Null where it is no usable P-256 key.</summary>
    public PeerKey? Of(PublicKey key)
    {
        if (_keys.TryGetValue(key, out var known))
            return known;
        if (!key.ToWebKey().TryGetKey(out var made, out _))
            return null;
        if (_keys.Count >= Most)
            _keys.Clear();
        return _keys.GetOrAdd(key, made);
    }
}
