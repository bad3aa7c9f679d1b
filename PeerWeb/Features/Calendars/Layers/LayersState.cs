using System.Collections.Immutable;
using Fluxor;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Layers;

/// <summary>What other apps show in the calendar of one circuit.</summary>
[FeatureState]
public sealed record LayersState
{
    /// <summary>By app; replaced only where something changed.</summary>
    public ImmutableDictionary<AppId, LayerAnswers> Answers { get; init; } = ImmutableDictionary<AppId, LayerAnswers>.Empty;

    /// <summary>Apps that the viewer does not want to see in the calendar.</summary>
    public ImmutableHashSet<AppId> Hidden { get; init; } = [];
}

/// <summary>What has arrived of one app, by installation.</summary>
public sealed record LayerAnswers
{
    public static readonly LayerAnswers None = new();

    public ImmutableDictionary<Domain, MergeUpdate.Answered> Installations { get; init; } = ImmutableDictionary<Domain, MergeUpdate.Answered>.Empty;

    public IEnumerable<Source> Sources => Installations.Values.SelectMany(answer => answer.Sources).OrderBy(source => source.Id.ToString(), StringComparer.Ordinal);

    public IEnumerable<MergedEntry> Entries => Installations.Values.SelectMany(answer => answer.Entries);

    /// <summary>Installations that did not answer.</summary>
    public IEnumerable<Domain> Silent =>
        Installations.Values.Where(answer => answer.Installation.Status is { State: SourceState.Offline }).Select(answer => answer.Installation.Domain).Order();

    /// <summary>Those that are asked now; what others said before is gone.</summary>
    public LayerAnswers Ask(MergeUpdate.Asked asked)
    {
        var gone = Installations.Keys.Except(asked.Installations.Select(installation => installation.Domain)).ToList();
        return gone.Count == 0 ? this : this with { Installations = Installations.RemoveRange(gone) };
    }

    /// <summary>Whatever a peer says, it speaks for its own sources only.</summary>
    public LayerAnswers Take(MergeUpdate.Answered answer)
    {
        var domain = answer.Installation.Domain;
        var sources = answer.Sources.Where(source => source.Id.Owner.Domain == domain).DistinctBy(source => source.Id).ToList();
        var ids = sources.Select(source => source.Id).ToHashSet();
        var entries = answer.Entries.Where(entry => ids.Contains(entry.Source)).ToList();
        return Installations.TryGetValue(domain, out var before) && before.Installation == answer.Installation && before.Sources.SequenceEqual(sources) && before.Entries.SequenceEqual(entries)
            ? this
            : this with { Installations = Installations.SetItem(domain, new MergeUpdate.Answered(answer.Installation, sources, entries)) };
    }
}

public sealed record LayerUpdateAction(AppId App, MergeUpdate Update);

public sealed record HiddenLayersLoadedAction(ImmutableHashSet<AppId> Hidden);

public sealed record ToggleLayerAction(AppId App);

/// <summary>An entry of this app was written; its installations are asked again.</summary>
public sealed record ReaskLayerAction(AppId App);

public static class LayersReducers
{
    [ReducerMethod]
    public static LayersState Update(LayersState state, LayerUpdateAction action)
    {
        if (state.Hidden.Contains(action.App))
            return state;
        var before = state.Answers.GetValueOrDefault(action.App, LayerAnswers.None);
        var now = action.Update switch
        {
            MergeUpdate.Asked asked => before.Ask(asked),
            MergeUpdate.Answered answered => before.Take(answered),
            _ => before,
        };
        return ReferenceEquals(now, before) ? state : state with { Answers = state.Answers.SetItem(action.App, now) };
    }

    /// <summary>What is hidden is not asked for, and would be old when it shows again.</summary>
    [ReducerMethod]
    public static LayersState HiddenLoaded(LayersState state, HiddenLayersLoadedAction action) =>
        state.Hidden.SetEquals(action.Hidden) ? state : state with { Hidden = action.Hidden, Answers = state.Answers.RemoveRange(action.Hidden) };

    [ReducerMethod]
    public static LayersState Toggle(LayersState state, ToggleLayerAction action) => state.Hidden.Contains(action.App)
        ? state with { Hidden = state.Hidden.Remove(action.App) }
        : state with { Hidden = state.Hidden.Add(action.App), Answers = state.Answers.Remove(action.App) };
}
