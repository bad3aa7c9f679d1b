using System.Collections.Immutable;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Moves that are on their way: an event shows where it was put, until its owner's data say where it is.</summary>
public sealed record PendingMoves
{
    public static readonly PendingMoves None = new();

    private ImmutableDictionary<InstanceKey, EventMove> Moves { get; init; } = ImmutableDictionary<InstanceKey, EventMove>.Empty;

    public IReadOnlySet<InstanceKey> Keys { get; private init; } = ImmutableHashSet<InstanceKey>.Empty;

    public PendingMoves With(EventMove move) => Of(Moves.SetItem(move.Instance.Key, move));

    /// <summary>That move has come to nothing, or its outcome shows already.</summary>
    public PendingMoves Without(InstanceKey key) => Moves.ContainsKey(key) ? Of(Moves.Remove(key)) : this;

    /// <summary>Without those whose event is not as it was when it was moved, or is gone.</summary>
    /// <param name="instances">As the owners' data say.</param>
    public PendingMoves Settle(IReadOnlyList<EventInstance> instances)
    {
        if (Moves.IsEmpty)
            return this;
        var known = instances.Where(instance => Moves.ContainsKey(instance.Key)).ToLookup(instance => instance.Key);
        var settled = Moves.Values.Where(move => !known[move.Instance.Key].Contains(move.Instance)).Select(move => move.Instance.Key).ToList();
        return settled.Count == 0 ? this : Of(Moves.RemoveRange(settled));
    }

    /// <summary>The events as they show.</summary>
    public IReadOnlyList<EventInstance> Apply(IReadOnlyList<EventInstance> instances) => Moves.IsEmpty
        ? instances
        : [.. instances.Select(instance => Moves.TryGetValue(instance.Key, out var move) ? instance.MovedTo(move.Start, move.End) : instance)];

    private static PendingMoves Of(ImmutableDictionary<InstanceKey, EventMove> moves) => new() { Moves = moves, Keys = moves.Keys.ToImmutableHashSet() };
}
