using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What a peer last said to one viewer: its collections, and per query the entries of each.</summary>
internal sealed class PeerMemory
{
    /// <summary>Null until it answered once.</summary>
    public IReadOnlyList<Collection>? Collections { get; set; }

    /// <summary>Collections that a signed listing no longer has.</summary>
    public Dictionary<CollectionId, (Collection Collection, Instant Since)> Refused { get; } = [];

    /// <summary>Since when it fails; null while it answers.</summary>
    public Instant? FailingSince { get; set; }

    public Dictionary<string, GoodAnswer> Answers { get; } = [];
}

/// <param name="Slices">Tokens and entries by collection.</param>
internal sealed record GoodAnswer(Instant At, IReadOnlyDictionary<CollectionId, GoodSlice> Slices);

internal sealed record GoodSlice(SyncToken Token, IReadOnlyList<EntrySummary> Entries);

/// <summary>Last good answers by (viewer, peer), bounded; the grant version is part of each token, so a changed right never reuses an old answer.</summary>
internal sealed class GoodAnswers
{
    private const int MaxViewers = 2000;
    private const int MaxAnswersEach = 12;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserName Viewer, PeerId Peer), PeerMemory> _memories = [];

    /// <summary>Reads or changes what is remembered, one at a time.</summary>
    public T With<T>(UserName viewer, PeerId peer, Func<PeerMemory, T> use)
    {
        lock (_gate)
        {
            if (!_memories.TryGetValue((viewer, peer), out var memory))
            {
                if (_memories.Count >= MaxViewers)
                    _memories.Remove(_memories.Keys.First());
                memory = _memories[(viewer, peer)] = new PeerMemory();
            }
            var result = use(memory);
            while (memory.Answers.Count > MaxAnswersEach)
                memory.Answers.Remove(memory.Answers.MinBy(pair => pair.Value.At).Key);
            return result;
        }
    }
}
