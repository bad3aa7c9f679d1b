using PeerWeb.Core.Calendars;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Sharing.Matrix;
using Xunit;
using static PeerWeb.Tests.Features.Sharing.Matrix.MatrixWorld;

namespace PeerWeb.Tests.Features.Sharing.Matrix;

public sealed class MatrixDraftTests
{
    private static readonly MatrixFacts Shared = Facts((Sam, Work, Rights.Read | Rights.Add, 3), (Sam, Home, Rights.Read, 1), (Bob, null, Rights.Read, 1));

    public static TheoryData<Rights> EachRight => [Rights.FreeBusy, Rights.Read, Rights.Add, Rights.Edit, Rights.Delete, Rights.Private];

    [Theory]
    [MemberData(nameof(EachRight))]
    public void One_cell_is_one_right(Rights right)
    {
        var nothing = Facts();

        var ticked = MatrixDraft.Empty.Tick(nothing, Key(Sam, Work), right, isTicked: true);

        Assert.Equal(right, ticked.Wanted(nothing, Key(Sam, Work)));
        Assert.Equal(Rights.None, ticked.Wanted(nothing, Key(Sam)) | ticked.Wanted(nothing, Key(Sam, Home)));
        Assert.Equal([new GrantChange(CalendarApp.AppId, Work, Sam.Principal, right, Rights.None, 0)], ticked.Changes());
        var everything = Facts((Sam, Work, Rights.All, 5));
        var unticked = MatrixDraft.Empty.Tick(everything, Key(Sam, Work), right, isTicked: false);
        Assert.Equal([new GrantChange(CalendarApp.AppId, Work, Sam.Principal, Rights.None, right, 5)], unticked.Changes());
    }

    [Fact]
    public void Only_differences_are_sent_with_the_version_they_were_made_on()
    {
        var draft = MatrixDraft.Empty
            .Tick(Shared, Key(Sam, Work), Rights.Edit, isTicked: true)
            .Tick(Shared, Key(Sam, Work), Rights.Add, isTicked: false)
            .Tick(Shared, Key(Bob), Rights.Add, isTicked: true)
            .Tick(Shared, Key(Bob), Rights.Add, isTicked: false);

        Assert.Equal([new GrantChange(CalendarApp.AppId, Work, Sam.Principal, Rights.Edit, Rights.Add, 3)], draft.Changes());
        Assert.Equal(["sam@globex.example: + edit on Work, − add on Work"], MatrixDiff.Of(Shared, draft).Select(diff => diff.ToString()));
    }

    [Fact]
    public void Who_is_added_has_rows_and_nothing_to_send()
    {
        var draft = MatrixDraft.Empty.Add(Everyone);

        Assert.Equal([Sam, Bob, Everyone], draft.Principals(Shared));
        Assert.Empty(draft.Changes());
        Assert.Empty(MatrixDiff.Of(Shared, draft));
    }

    [Fact]
    public void Removing_somebody_unticks_everything_of_theirs_and_nothing_of_others()
    {
        var draft = MatrixDraft.Empty.Tick(Shared, Key(Sam, Work), Rights.Edit, isTicked: true).Remove(Shared, Sam.Principal, only: null);

        Assert.Equal(["sam@globex.example: − read, add on Work, − read on Home"], MatrixDiff.Of(Shared, draft).Select(diff => diff.ToString()));
        var ofHome = MatrixDraft.Empty.Remove(Shared, Sam.Principal, only: Home);
        Assert.Equal(["sam@globex.example: − read on Home"], MatrixDiff.Of(Shared, ofHome).Select(diff => diff.ToString()));
    }

    [Fact]
    public void What_another_tab_stored_shows_and_the_own_ticks_stay_on_top_for_the_new_version()
    {
        var draft = MatrixDraft.Empty
            .Tick(Shared, Key(Sam, Work), Rights.Edit, isTicked: true)
            .Tick(Shared, Key(Sam, Home), Rights.Add, isTicked: true);
        var since = Facts((Sam, Work, Rights.Read | Rights.Delete, 4), (Sam, Home, Rights.Read | Rights.Add, 2));

        var rebased = draft.Rebase(Shared, since);

        var pending = Assert.Single(rebased.Pending);
        Assert.Equal(Key(Sam, Work), pending.Key);
        Assert.True(pending.Value.IsChangedElsewhere);
        Assert.Equal(Rights.Read | Rights.Delete | Rights.Edit, rebased.Wanted(since, Key(Sam, Work)));
        Assert.Equal([new GrantChange(CalendarApp.AppId, Work, Sam.Principal, Rights.Edit, Rights.None, 4)], rebased.Changes());
    }

    [Fact]
    public void Whose_last_grant_ended_elsewhere_keeps_the_rows_that_wait_to_be_saved()
    {
        var draft = MatrixDraft.Empty.Tick(Shared, Key(Sam, Work), Rights.Edit, isTicked: true);
        var since = Facts((Bob, null, Rights.Read, 1));

        var rebased = draft.Rebase(Shared, since);

        Assert.Equal([Bob, Sam], rebased.Principals(since));
        Assert.Equal([Bob], MatrixDraft.Empty.Rebase(Shared, since).Principals(since));
    }

    [Fact]
    public void What_was_saved_is_settled_and_what_was_not_stays_with_its_reason()
    {
        var draft = MatrixDraft.Empty
            .Tick(Shared, Key(Sam, Work), Rights.Edit, isTicked: true)
            .Tick(Shared, Key(Sam, Home), Rights.Add, isTicked: true)
            .Tick(Shared, Key(Bob), Rights.Add, isTicked: true);
        GrantOutcome OutcomeOf(GrantChange change) =>
            change.Collection == Work ? new GrantOutcome.Saved(Rights.Read | Rights.Add | Rights.Edit, 4)
            : change.Collection == Home ? new GrantOutcome.Stale(Rights.Add, 7)
            : new GrantOutcome.Refused("No.");

        var settled = draft.Settle(draft.Changes().Select(change => new MatrixOutcome(change, OutcomeOf(change))));

        // The stale one came true by the other tab.
        Assert.Equal([Key(Bob)], settled.Pending.Keys);
        Assert.Equal("No.", settled.Pending[Key(Bob)].Refusal);
    }

    [Fact]
    public void Edit_delete_and_private_wait_for_read_and_a_stored_tick_can_be_taken_away()
    {
        var facts = Facts((Sam, Work, Rights.Add | Rights.Delete, 1), (Bob, null, Rights.Read, 1));

        Assert.Equal(["edit", "private"], Disabled(facts, MatrixDraft.Empty, Sam, "Work"));
        Assert.Empty(Disabled(facts, MatrixDraft.Empty.Tick(facts, Key(Sam, Work), Rights.Read, isTicked: true), Sam, "Work"));
        // Read through all calendars is enough.
        Assert.Empty(Disabled(facts, MatrixDraft.Empty, Bob, "Work"));
        Assert.Equal("Read also through All calendars", Row(facts, MatrixDraft.Empty, Bob, "Work").Hint);
    }

    [Fact]
    public void Without_an_active_link_nothing_can_be_given_and_everything_taken()
    {
        var away = Sam with { Problem = "The link is suspended." };
        var facts = Facts((away, Work, Rights.Read | Rights.Edit, 1));

        Assert.Equal(["freebusy", "add", "delete", "private"], Disabled(facts, MatrixDraft.Empty, away, "Work"));
        Assert.All(
            Row(facts, MatrixDraft.Empty, away, "Work").Cells.Where(cell => cell.WhyDisabled is not null),
            cell => Assert.Equal("The link is suspended.", cell.WhyDisabled));
    }

    [Fact]
    public void Rights_of_everyone_there_are_hinted_in_the_rows_of_each()
    {
        var facts = Facts((Sam, Work, Rights.Add, 1), (Everyone, Work, Rights.Read, 1), (Bob, Work, Rights.Add, 1));

        Assert.Equal("Read also through everyone@globex.example", Row(facts, MatrixDraft.Empty, Sam, "Work").Hint);
        Assert.Null(Row(facts, MatrixDraft.Empty, Sam, "Home").Hint);
        Assert.Null(Row(facts, MatrixDraft.Empty, Bob, "Work").Hint);
    }

    [Fact]
    public void What_is_called_the_same_in_two_apps_is_told_apart_in_words()
    {
        var facts = Facts();
        var (tasks, notes) = (CollectionId.New(), CollectionId.New());
        facts = facts with { Apps = [.. facts.Apps, new MatrixApp(TodoApp.AppId, "todo list", [new MatrixCollection(tasks, "Work", null)]), new MatrixApp(NoteApp.AppId, "notebook", [])] };
        var draft = MatrixDraft.Empty.Add(Sam).Tick(facts, Key(Sam, Work), Rights.Read, isTicked: true)
            .Tick(facts, new MatrixKey(TodoApp.AppId, Sam.Principal, tasks), Rights.Edit, isTicked: true)
            .Tick(facts, new MatrixKey(TodoApp.AppId, Sam.Principal, null), Rights.Add, isTicked: true);

        Assert.Equal(["All calendars", "Work", "Home", "All todo lists", "Work"], facts.Places.Select(place => place.Name));
        Assert.Equal(["sam@globex.example: + read on Work (calendar), + add on all todo lists, + edit on Work (todo list)"], MatrixDiff.Of(facts, draft).Select(diff => diff.ToString()));
        Assert.Equal([CalendarApp.AppId, TodoApp.AppId], draft.Changes().Select(change => change.App).Distinct().OrderBy(app => app.Value, StringComparer.Ordinal));
        Assert.Empty(draft.Rebase(facts, facts).Remove(facts, Sam.Principal, only: null).Changes());
    }

    private static MatrixRow Row(MatrixFacts facts, MatrixDraft draft, MatrixPrincipal who, string name) =>
        MatrixRow.Of(facts, draft, who, facts.Places.Single(place => place.Name == name));

    private static IEnumerable<string> Disabled(MatrixFacts facts, MatrixDraft draft, MatrixPrincipal who, string name) =>
        Row(facts, draft, who, name).Cells.Where(cell => cell.WhyDisabled is not null).Select(cell => cell.Column.Name);
}
