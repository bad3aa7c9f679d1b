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

    /// <summary>Counts what was dropped: an answer that was asked for before may hold just that, and is not kept.</summary>
    public int Drops { get; private set; }

    /// <summary>Drops what is held of collections that do not count any more.</summary>
    public void Keep(Func<Collection, bool> counts)
    {
        var gone = (Collections ?? []).Concat(Refused.Values.Select(refused => refused.Collection)).Where(collection => !counts(collection)).ToList();
        if (gone.Count > 0)
            Drop(gone.Select(collection => collection.Id).ToHashSet());
    }

    public void DropAll()
    {
        Drops++;
        Collections = null;
        Refused.Clear();
        Answers.Clear();
    }

    public void Drop(IReadOnlySet<CollectionId> gone)
    {
        Drops++;
        Collections = Collections?.Where(collection => !gone.Contains(collection.Id)).ToList();
        foreach (var id in gone)
            Refused.Remove(id);
        foreach (var (key, answer) in Answers.ToList())
        {
            if (answer.Slices.Keys.Any(gone.Contains))
                Answers[key] = answer with { Slices = answer.Slices.Where(slice => !gone.Contains(slice.Key)).ToDictionary() };
        }
    }
}

/// <param name="Slices">Tokens and entries by collection.</param>
/// <param name="Next">Of a page of a list that goes on.</param>
internal sealed record GoodAnswer(Instant At, IReadOnlyDictionary<CollectionId, GoodSlice> Slices, QueryCursor? Next);

internal sealed record GoodSlice(SyncToken Token, IReadOnlyList<EntrySummary> Entries);

/// <summary>Last good answers by (viewer, peer, app), bounded; the grant version is part of each token, so a changed right never reuses an old answer.</summary>
internal sealed class GoodAnswers
{
    private const int MaxViewers = 2000;
    private const int MaxAnswersEach = 12;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserName Viewer, PeerId Peer, AppId App), PeerMemory> _memories = [];

    /// <summary>Reads or changes what is remembered, one at a time.</summary>
    public T With<T>(UserName viewer, PeerId peer, AppId app, Func<PeerMemory, T> use)
    {
        lock (_gate)
        {
            if (!_memories.TryGetValue((viewer, peer, app), out var memory))
            {
                if (_memories.Count >= MaxViewers)
                    _memories.Remove(_memories.Keys.First());
                memory = _memories[(viewer, peer, app)] = new PeerMemory();
            }
            var result = use(memory);
            while (memory.Answers.Count > MaxAnswersEach)
                memory.Answers.Remove(memory.Answers.MinBy(pair => pair.Value.At).Key);
            return result;
        }
    }

    /// <summary>Drops what is held of a source that no longer shows.</summary>
    /// <param name="collection">Null: everything of the peer.</param>
    /// <param name="viewer">Null: of every viewer.</param>
    public void Drop(PeerId peer, CollectionId? collection, UserName? viewer)
    {
        lock (_gate)
        {
            foreach (var memory in _memories.Where(pair => pair.Key.Peer == peer && (viewer is null || pair.Key.Viewer == viewer)).Select(pair => pair.Value))
            {
                if (collection is { } id)
                    memory.Drop(new HashSet<CollectionId> { id });
                else
                    memory.DropAll();
            }
        }
    }
}
