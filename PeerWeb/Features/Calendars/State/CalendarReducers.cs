using System.Collections.Immutable;
using Fluxor;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.State;

public static class CalendarReducers
{
    [ReducerMethod]
    public static CalendarState Entered(CalendarState state, CalendarEnteredAction action) =>
        state is { Viewer: { } viewer, Settings: SettingsProgress.Saving }
            // What was read is from before the choice that is being saved.
            ? state with { Viewer = action.Viewer with { Settings = viewer.Settings }, Place = action.Place }
            : state with { Viewer = action.Viewer, Place = action.Place, Settings = SettingsProgress.Read };

    [ReducerMethod]
    public static CalendarState Keep(CalendarState state, KeepPlaceAction action) =>
        state.Place == new CalendarPlace(action.View, action.Day) ? state : state with { Place = new CalendarPlace(action.View, action.Day) };

    [ReducerMethod]
    public static CalendarState ChangeSettings(CalendarState state, ChangeSettingsAction action) =>
        state.Viewer is not { } viewer || action.Change(viewer.Settings) is var settings && settings == viewer.Settings
            ? state
            : state with { Viewer = viewer with { Settings = settings }, Settings = SettingsProgress.Saving };

    [ReducerMethod]
    public static CalendarState SettingsSaved(CalendarState state, SettingsSavedAction action) =>
        state.Viewer?.Settings != action.Settings
            // Something was chosen since, whose turn comes.
            ? state
            : state with { Settings = action.IsSaved ? SettingsProgress.Saved : SettingsProgress.Failed };

    [ReducerMethod]
    public static CalendarState Open(CalendarState state, OpenSpanAction action) =>
        state.Span == action.Span && state.Zone.Equals(action.Zone)
            ? state
            : state with { Span = action.Span, Zone = action.Zone, Request = state.Request + 1, IsAsking = true, IsOpening = true, Failure = null };

    [ReducerMethod]
    public static CalendarState Refresh(CalendarState state, RefreshCalendarAction _) =>
        state.Span is null ? state : state with { IsAsking = true, Failure = null };

    [ReducerMethod]
    public static CalendarState Update(CalendarState state, CalendarUpdateAction action) =>
        action.Request != state.Request
            ? state
            : action.Update switch
            {
                MergeUpdate.Asked asked => Asked(state, asked),
                MergeUpdate.Answered answered => Answered(state.IsOpening ? state with { IsOpening = false } : state, answered),
                _ => state,
            };

    [ReducerMethod]
    public static CalendarState Complete(CalendarState state, CalendarCompleteAction action) =>
        action.Request == state.Request && (state.IsAsking || state.Failure is not null) ? state with { IsAsking = false, IsOpening = false, Failure = null } : state;

    [ReducerMethod]
    public static CalendarState Failed(CalendarState state, CalendarFailedAction action) =>
        action.Request != state.Request ? state : state with { IsAsking = false, IsOpening = false, Failure = action.Reason };

    [ReducerMethod]
    public static CalendarState HiddenLoaded(CalendarState state, HiddenSourcesLoadedAction action) =>
        state.Hidden.SetEquals(action.Hidden) ? state : state with { Hidden = action.Hidden };

    [ReducerMethod]
    public static CalendarState Toggle(CalendarState state, ToggleSourceAction action) => state with
    {
        Hidden = state.Hidden.Contains(action.Source) ? state.Hidden.Remove(action.Source) : state.Hidden.Add(action.Source),
    };

    [ReducerMethod]
    public static CalendarState ShowOnly(CalendarState state, ShowOnlySourceAction action)
    {
        var others = state.Sources.Select(source => source.Id).Where(id => id != action.Source).ToImmutableHashSet();
        var isAlone = !state.Hidden.Contains(action.Source) && others.IsSubsetOf(state.Hidden);
        return state with { Hidden = isAlone ? state.Hidden.Except(others) : state.Hidden.Remove(action.Source).Union(others) };
    }

    private static CalendarState Asked(CalendarState state, MergeUpdate.Asked asked)
    {
        // The same question again: what shows keeps its state until the answer says otherwise, so that nothing flickers.
        var isRepeat = state.AnsweredRequest == state.Request;
        var sources = isRepeat
            ? asked.Sources.Select(source => source with { Status = state.Sources.FirstOrDefault(s => s.Id == source.Id)?.Status ?? source.Status })
            : asked.Sources;
        var installations = isRepeat
            ? asked.Installations.Select(i => i with { Status = state.Installations.FirstOrDefault(known => known.Domain == i.Domain)?.Status ?? i.Status })
            : asked.Installations;
        var domains = asked.Installations.Select(installation => installation.Domain).ToHashSet();
        return With(state, [.. installations], [.. sources], state.Entries.RemoveRange(state.Entries.Keys.Where(domain => !domains.Contains(domain))));
    }

    private static CalendarState Answered(CalendarState state, MergeUpdate.Answered answered)
    {
        var domain = answered.Installation.Domain;
        // Whatever a peer says, it speaks for its own sources only.
        var sources = answered.Sources.Where(source => source.Id.Owner.Domain == domain).DistinctBy(source => source.Id).ToList();
        var ids = sources.Select(source => source.Id).ToHashSet();
        var entries = answered.Entries.Where(entry => ids.Contains(entry.Source)).ToList();

        var installations = state.Installations.Any(installation => installation.Domain == domain)
            ? state.Installations.Select(installation => installation.Domain == domain ? answered.Installation : installation)
            : state.Installations.Append(answered.Installation);
        return With(
            state,
            [.. installations],
            [.. InPlace(state.Sources, sources, domain)],
            state.Entries.TryGetValue(domain, out var held) && held.SequenceEqual(entries) ? state.Entries : state.Entries.SetItem(domain, entries));
    }

    /// <summary>The answered sources, where those of their installation stood before.</summary>
    private static IEnumerable<Source> InPlace(IReadOnlyList<Source> all, List<Source> answered, Domain domain)
    {
        var before = all.TakeWhile(source => source.Id.Owner.Domain != domain).ToList();
        return before.Concat(answered).Concat(all.Skip(before.Count).Where(source => source.Id.Owner.Domain != domain));
    }

    private static CalendarState With(
        CalendarState state,
        IReadOnlyList<Installation> installations,
        IReadOnlyList<Source> sources,
        ImmutableDictionary<Domain, IReadOnlyList<MergedEntry>> entries)
    {
        var sameInstallations = state.Installations.SequenceEqual(installations);
        var sameSources = state.Sources.SequenceEqual(sources);
        return sameInstallations && sameSources && ReferenceEquals(entries, state.Entries) && state.AnsweredRequest == state.Request
            ? state
            : state with
            {
                Installations = sameInstallations ? state.Installations : installations,
                Sources = sameSources ? state.Sources : sources,
                Entries = entries,
                AnsweredRequest = state.Request,
            };
    }
}
