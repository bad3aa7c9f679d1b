using System.Collections.Immutable;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>The events that a page shows: what is known of them, and moves that are on their way.</summary>
/// <remarks>Made anew only where their origin changed, so that the grids see by reference whether they must redraw.</remarks>
internal sealed class ShownEvents
{
    private readonly HashSet<InstanceKey> _decided = [];
    private PendingMoves _moves = PendingMoves.None;
    private (object? Entries, object? Sources, object? Hidden, object? Layers, DateTimeZone? Zone, object? Moves) _made;
    private ImmutableHashSet<InstanceKey> _checked = [];

    public IReadOnlyList<EventInstance> Instances { get; private set; } = [];

    public IReadOnlyDictionary<SourceId, SourceLook> Looks { get; private set; } = new Dictionary<SourceId, SourceLook>();

    public IReadOnlyDictionary<SourceId, string> Colors { get; private set; } = new Dictionary<SourceId, string>();

    /// <summary>Events whose move is on its way, and entries that are being checked.</summary>
    public IReadOnlySet<InstanceKey> Moving { get; private set; } = ImmutableHashSet<InstanceKey>.Empty;

    /// <returns>False where it is being checked already.</returns>
    public bool BeginCheck(InstanceKey key)
    {
        var before = _checked;
        _checked = _checked.Add(key);
        return !ReferenceEquals(before, _checked);
    }

    public void EndCheck(InstanceKey key) => _checked = _checked.Remove(key);

    public void Begin(EventMove move)
    {
        _moves = _moves.With(move);
        _decided.Remove(move.Instance.Key);
    }

    /// <summary>Its owner has decided; what is asked from now on says how it is.</summary>
    public void Decide(InstanceKey key) => _decided.Add(key);

    public void Arrange(CalendarState state, LayersState layers, IReadOnlyList<CalendarLayer> known)
    {
        Settle(state);
        ArrangeEvents(state, layers, known);
        var moving = _checked.IsEmpty ? _moves.Keys : _checked.Union(_moves.Keys);
        if (!Moving.SetEquals(moving))
            Moving = moving;
    }

    private void ArrangeEvents(CalendarState state, LayersState layers, IReadOnlyList<CalendarLayer> known)
    {
        if (_made == (state.Entries, state.Sources, state.Hidden, layers, state.Zone, _moves))
            return;
        var shownLayers = known
            .Where(layer => !layers.Hidden.Contains(layer.App))
            .Select(layer => (Layer: layer, Answers: layers.Answers.GetValueOrDefault(layer.App, LayerAnswers.None)))
            .ToList();
        if (!ReferenceEquals(_made.Sources, state.Sources) || !ReferenceEquals(_made.Layers, layers))
        {
            Looks = SourceLook.Of(state.Sources, shownLayers.SelectMany(one => one.Answers.Sources.Select(source => (one.Layer, source))), Looks);
            Colors = Looks.ToDictionary(look => look.Key, look => look.Value.Color);
        }
        var instances = state.Entries.Values
            .SelectMany(entries => entries)
            .Where(entry => !state.Hidden.Contains(entry.Source))
            .Select(entry => EventInstance.Of(entry, state.Zone))
            .Concat(shownLayers.SelectMany(one => one.Answers.Entries.Select(entry => EventInstance.Of(entry, state.Zone, one.Layer))))
            .OfType<EventInstance>()
            .Order(InstanceOrder.Default)
            .ToList();
        _moves = _moves.Settle(instances);
        var shown = _moves.Apply(instances);
        if (!Instances.SequenceEqual(shown))
            Instances = shown;
        _made = (state.Entries, state.Sources, state.Hidden, layers, state.Zone, _moves);
    }

    /// <summary>Why nothing shows; null where something does, or may yet.</summary>
    public string? Hint(CalendarState state, CalendarSpan span)
    {
        if (state.IsAsking || Instances.Any(instance => span.Days.Any(instance.Touches)))
            return null;
        if (state.Sources.Count == 0)
            return "There is no calendar yet. Import a file, or ask somebody to share theirs with you.";
        if (state.Sources.All(source => state.Hidden.Contains(source.Id)))
            return "All sources are switched off.";
        return Instances.Any(instance => instance.FirstDay < span.End && instance.LastDay >= span.Start)
            ? $"Only events on days that are left out in {span.Title}."
            : $"No events in {span.Title}.";
    }

    private void Settle(CalendarState state)
    {
        if (_decided.Count == 0 || state.IsAsking)
            return;
        _moves = _decided.Aggregate(_moves, (moves, key) => moves.Without(key));
        _decided.Clear();
    }
}
