using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.State;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.State;

public sealed class CalendarReducersTests
{
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));
    private static readonly MergedEntry Local = Merged.AllDay(Merged.Mine, "local", new LocalDate(2025, 3, 3), new LocalDate(2025, 3, 4));
    private static readonly MergedEntry Remote = Merged.AllDay(Merged.Sams, "remote", new LocalDate(2025, 3, 3), new LocalDate(2025, 3, 4));
    private static readonly Source Loading = Merged.Sams with { Status = new SourceStatus(SourceState.Loading, null, null) };

    [Fact]
    public void Opening_a_month_asks_a_new_question_and_opening_it_again_does_not()
    {
        var opened = CalendarReducers.Open(new CalendarState(), new OpenSpanAction(March, Merged.Berlin));

        Assert.Equal((1, true), (opened.Request, opened.IsAsking));
        Assert.Same(opened, CalendarReducers.Open(opened, new OpenSpanAction(MonthSpan.Of(new LocalDate(2025, 3, 20)), Merged.Berlin)));
    }

    [Fact]
    public void An_answer_to_an_older_question_is_dropped()
    {
        var next = CalendarReducers.Open(Open(), new OpenSpanAction(March.Next, Merged.Berlin));

        Assert.Same(next, CalendarReducers.Update(next, new CalendarUpdateAction(1, AnsweredLocally())));
        Assert.Same(next, CalendarReducers.Complete(next, new CalendarCompleteAction(1)));
        Assert.Same(next, CalendarReducers.Failed(next, new CalendarFailedAction(1, "late")));
    }

    [Fact]
    public void Peers_may_answer_in_any_order()
    {
        var remoteFirst = Update(Update(Asked(Open()), AnsweredBySam()), AnsweredLocally());
        var localFirst = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        Assert.Equal(localFirst.Entries.Values.SelectMany(entries => entries).ToHashSet(), remoteFirst.Entries.Values.SelectMany(entries => entries).ToHashSet());
        Assert.Equal(localFirst.Sources.ToHashSet(), remoteFirst.Sources.ToHashSet());
        Assert.All(remoteFirst.Sources, source => Assert.Equal(SourceState.Live, source.Status.State));
    }

    [Fact]
    public void A_failing_peer_leaves_the_local_entries_complete()
    {
        var before = Update(Asked(Open()), AnsweredLocally());

        var after = Update(before, new MergeUpdate.Answered(Merged.Peer(SourceState.Offline, "It does not answer."), [], []));

        Assert.Same(before.Entries[Merged.Acme], after.Entries[Merged.Acme]);
        Assert.Contains(Merged.Mine, after.Sources);
        Assert.Equal(SourceState.Offline, after.Installations.Single(installation => !installation.IsOwn).Status?.State);
    }

    [Fact]
    public void The_same_answer_again_changes_nothing_not_even_the_instance()
    {
        var state = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        Assert.Same(state, Update(state, AnsweredLocally()));
        Assert.Same(state, Update(state, AnsweredBySam()));
    }

    [Fact]
    public void Asking_the_same_again_keeps_what_shows_instead_of_loading()
    {
        var state = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        var again = Update(state, new MergeUpdate.Asked([Merged.Home, Merged.Peer(SourceState.Loading)], [Merged.Mine, Loading]));

        Assert.Same(state, again);
    }

    [Fact]
    public void Another_month_shows_peers_as_loading_until_they_answer()
    {
        var state = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        var next = Asked(CalendarReducers.Open(state, new OpenSpanAction(March.Next, Merged.Berlin)));

        Assert.Equal(SourceState.Loading, next.Sources.Single(source => source.Id == Merged.Sams.Id).Status.State);
    }

    [Fact]
    public void New_entries_of_one_installation_leave_the_others_lists_as_they_are()
    {
        var state = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        var after = Update(state, new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], []));

        Assert.Same(state.Entries[Merged.Acme], after.Entries[Merged.Acme]);
        Assert.Empty(after.Entries[Merged.Globex]);
    }

    [Fact]
    public void A_peer_speaks_for_its_own_sources_only()
    {
        var state = Update(Asked(Open()), AnsweredLocally());

        var after = Update(state, new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams, Merged.Mine with { Name = "Stolen" }], [Remote, Local]));

        Assert.Contains(Merged.Mine, after.Sources);
        Assert.DoesNotContain(after.Sources, source => source.Name == "Stolen");
        Assert.Equal([Remote], after.Entries[Merged.Globex]);
    }

    [Fact]
    public void An_installation_that_is_not_asked_any_more_takes_its_entries_along()
    {
        var state = Update(Update(Asked(Open()), AnsweredLocally()), AnsweredBySam());

        var after = Update(state, new MergeUpdate.Asked([Merged.Home], [Merged.Mine]));

        Assert.False(after.Entries.ContainsKey(Merged.Globex));
        Assert.Equal([Merged.Mine], after.Sources);
    }

    [Fact]
    public void Only_this_hides_the_others_and_a_second_time_shows_them_again()
    {
        var state = Asked(Open());

        var alone = CalendarReducers.ShowOnly(state, new ShowOnlySourceAction(Merged.Mine.Id));
        var all = CalendarReducers.ShowOnly(alone, new ShowOnlySourceAction(Merged.Mine.Id));

        Assert.Equal([Merged.Sams.Id], alone.Hidden);
        Assert.Empty(all.Hidden);
    }

    [Fact]
    public void A_source_toggles()
    {
        var hidden = CalendarReducers.Toggle(new CalendarState(), new ToggleSourceAction(Merged.Mine.Id));

        Assert.Equal([Merged.Mine.Id], hidden.Hidden);
        Assert.Empty(CalendarReducers.Toggle(hidden, new ToggleSourceAction(Merged.Mine.Id)).Hidden);
        Assert.Same(hidden, CalendarReducers.HiddenLoaded(hidden, new HiddenSourcesLoadedAction([Merged.Mine.Id])));
    }

    [Fact]
    public void Of_two_quick_choices_neither_undoes_the_other_and_saved_is_said_of_both_alone()
    {
        var one = Choose(Entered(new CalendarState()), settings => settings with { WeekStart = IsoDayOfWeek.Sunday });
        var both = Choose(one, settings => settings with { ShowsWeekNumbers = true });

        Assert.Equal(new CalendarSettings { WeekStart = IsoDayOfWeek.Sunday, ShowsWeekNumbers = true }, both.Viewer?.Settings);
        Assert.Same(both, Saved(both, one));
        Assert.Equal(SettingsProgress.Saved, Saved(both, both).Settings);
        Assert.Same(both, Choose(both, settings => settings));
    }

    [Fact]
    public void What_was_read_before_a_choice_does_not_undo_it()
    {
        var chosen = Choose(Entered(new CalendarState()), settings => settings with { HidesWeekends = true });

        Assert.Equal((true, SettingsProgress.Saving), (Entered(chosen).Viewer?.Settings.HidesWeekends, Entered(chosen).Settings));
        Assert.Equal(CalendarSettings.Default, Entered(Saved(chosen, chosen)).Viewer?.Settings);
    }

    private static CalendarState Entered(CalendarState state) =>
        CalendarReducers.Entered(state, new CalendarEnteredAction(new CalendarViewer(Merged.Berlin, CalendarSettings.Default), new CalendarPlace(null, null)));

    private static CalendarState Choose(CalendarState state, Func<CalendarSettings, CalendarSettings> change) =>
        CalendarReducers.ChangeSettings(state, new ChangeSettingsAction(change));

    private static CalendarState Saved(CalendarState state, CalendarState then) =>
        CalendarReducers.SettingsSaved(state, new SettingsSavedAction(then.Viewer?.Settings ?? CalendarSettings.Default, IsSaved: true));

    private static CalendarState Open() => CalendarReducers.Open(new CalendarState(), new OpenSpanAction(March, Merged.Berlin));

    private static CalendarState Asked(CalendarState state) =>
        Update(state, new MergeUpdate.Asked([Merged.Home, Merged.Peer(SourceState.Loading)], [Merged.Mine, Loading]));

    private static CalendarState Update(CalendarState state, MergeUpdate update) => CalendarReducers.Update(state, new CalendarUpdateAction(state.Request, update));

    private static MergeUpdate.Answered AnsweredLocally() => new(Merged.Home, [Merged.Mine], [Local]);

    private static MergeUpdate.Answered AnsweredBySam() => new(Merged.Peer(), [Merged.Sams], [Remote]);
}
