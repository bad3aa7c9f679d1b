using Bunit;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventDeskTests : DeskContext
{
    private static readonly LocalDateTime Later = new(2025, 3, 25, 10, 0);

    [Fact]
    public async Task A_move_tells_where_it_went_and_undo_takes_it_back()
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Review);
        var before = Writing.Text(Merged.Mine, Events.Uid);
        var desk = Desk(Merged.Mine);

        await desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Shown(Merged.Mine), Later, Later.PlusHours(1))));
        Assert.Contains("Moved to Tue 25 Mar, 10:00.", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20250325T090000Z", Writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromSeconds(10));
        desk.Find("[data-testid=undo]").Click();
        desk.WaitForAssertion(() => Assert.Contains("Undone.", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal));
        Assert.Equal(before, Writing.Text(Merged.Mine, Events.Uid));
        Assert.Equal(2, Written);

        Clock.Advance(EntryDesk<EventForm>.NoticeStays);
        desk.WaitForAssertion(() => Assert.Empty(desk.FindAll("[data-testid=desk-notice]")));
    }

    [Theory]
    [InlineData("this", "1 of 4 events changes.")]
    [InlineData("following", "3 of 4 events change.")]
    [InlineData("all", "4 of 4 events change.")]
    public async Task A_moved_instance_of_a_series_asks_what_moves_with_it_and_how_much_that_is(string scope, string impact)
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Weekly);
        var before = Writing.Text(Merged.Mine, Events.Uid);
        var desk = Desk(Merged.Mine);

        var moving = desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Second(Merged.Mine), Later, Later.PlusHours(1))));
        var dialog = Dialogs!;
        Assert.True(dialog.WaitForElement("[data-testid=entry-scope-this]").HasAttribute("checked"));
        dialog.Find($"[data-testid=entry-scope-{scope}]").Change(scope);
        Assert.Equal(impact, dialog.Find("[data-testid=entry-impact]").TextContent);
        Assert.Empty(Writing.Sent);
        await dialog.Find("form").SubmitAsync();
        await moving;

        Assert.Equal(scope == "following" ? 2 : 1, Writing.Count);
        desk.Find("[data-testid=undo]").Click();
        desk.WaitForAssertion(() => Assert.Contains("Undone.", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal));
        Assert.Equal(before, Assert.Single(Writing.Texts));
    }

    [Fact]
    public async Task Whoever_does_not_want_to_move_any_of_a_series_moves_nothing()
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Weekly);
        var desk = Desk(Merged.Mine);

        var moving = desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Second(Merged.Mine), Later, Later.PlusHours(1))));
        await Dialogs!.WaitForElement("[data-testid=scope-cancel]").ClickAsync(new());
        await moving;

        Assert.Empty(Writing.Sent);
        Assert.Equal(0, Written);
    }

    [Fact]
    public async Task A_drag_that_is_saved_by_half_opens_the_dialog_which_goes_on_with_it()
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Weekly);
        Writing.Then(happens: true, null, new WriteAnswer.Unavailable("It did not answer.", MayHaveHappened: true));
        var desk = Desk(Merged.Mine);
        var moving = desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Second(Merged.Mine), Later, Later.PlusHours(1))));
        Dialogs!.WaitForElement("[data-testid=entry-scope-following]").Change("following");
        await Dialogs!.Find("form").SubmitAsync();

        await Dialogs!.WaitForElement("[data-testid=entry-retry]").ClickAsync(new());
        await moving;

        Assert.Equal(2, Writing.Count);
        Assert.Equal(4, Writing.Texts.Sum(text => Events.CountOf(text)));
    }

    [Fact]
    public async Task A_move_without_the_right_says_why_and_nothing_moves()
    {
        var sams = Events.Sams(Rights.Read);
        Writing.Put(sams, Events.Uid, Events.Review);
        var desk = Desk(Merged.Mine, sams);

        await desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Shown(sams), Later, Later.PlusHours(1))));

        Assert.Contains(
            "“Review” stays where it is. sam@globex.example lets you read this calendar, not edit its events.",
            desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Writing.Sent);
        Assert.Equal(0, Written);
    }

    [Fact]
    public async Task An_undo_that_comes_too_late_says_so_and_changes_nothing()
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Review);
        var desk = Desk(Merged.Mine);
        await desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Shown(Merged.Mine), Later, Later.PlusHours(1))));
        Writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("Review", "Board", StringComparison.Ordinal));

        desk.Find("[data-testid=undo]").Click();

        desk.WaitForAssertion(() => Assert.Contains("has been changed again meanwhile", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal));
        Assert.Contains("SUMMARY:Board", Writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_of_which_a_half_cannot_be_says_which_is_back_and_which_is_not()
    {
        Writing.Put(Merged.Mine, Events.Uid, Events.Weekly);
        var before = Writing.Text(Merged.Mine, Events.Uid);
        var desk = Desk(Merged.Mine);
        var moving = desk.InvokeAsync(() => desk.Instance.MoveAsync(new EventMove(Events.Second(Merged.Mine), Later, Later.PlusHours(1))));
        Dialogs!.WaitForElement("[data-testid=entry-scope-following]").Change("following");
        await Dialogs!.Find("form").SubmitAsync();
        await moving;
        Writing.Put(Merged.Mine, Writing.Sent[0].Uid.Value, Events.Weekly.Replace("Review", "Board", StringComparison.Ordinal));

        desk.Find("[data-testid=undo]").Click();

        desk.WaitForAssertion(() => Assert.Contains("The series is back as it was, but what was made of its rest is still there", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal));
        Assert.Contains("has been changed again meanwhile", desk.Find("[data-testid=desk-notice]").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Writing.Text(Merged.Mine, Events.Uid));
    }

    [Fact]
    public async Task Drafts_are_listed_opened_as_they_were_and_discarded()
    {
        var session = Events.New(Writing);
        session.Form = session.Form with { Title = "Tea" };
        await session.KeepAsync(Xunit.TestContext.Current.CancellationToken);
        var desk = Desk(Merged.Mine);
        desk.WaitForElement("[data-testid=draft]");
        Assert.Equal("1 draft, not sent", desk.Find("[data-testid=drafts] summary").TextContent);

        desk.Find("[data-testid=draft-open]").Click();
        var dialog = Dialogs!.WaitForElement("[data-testid=entry-summary]");
        Assert.Equal("Tea", dialog.GetAttribute("value"));
        await Dialogs!.Find("[data-testid=event-close]").ClickAsync(new());
        await Dialogs!.Find("[data-testid=entry-discard]").ClickAsync(new());

        desk.Find("[data-testid=draft-discard]").Click();
        desk.WaitForAssertion(() => Assert.Empty(desk.FindAll("[data-testid=drafts]")));
        Assert.Empty(Writing.Kept);
        Assert.Empty(Writing.Sent);
    }

    [Fact]
    public void A_new_event_begins_with_the_next_hour_in_ones_own_calendar()
    {
        var desk = Desk(Events.Sams(Rights.Add), Merged.Mine);

        _ = desk.InvokeAsync(() => desk.Instance.NewAsync(null));

        Assert.Equal("2025-03-14T15:00", Dialogs!.WaitForElement("[data-testid=entry-start]").GetAttribute("value"));
        Assert.Equal(
            [Merged.Mine.Id.ToString(), Merged.Sams.Id.ToString()],
            Dialogs!.FindAll("[data-testid=entry-source] option").Select(option => option.GetAttribute("value")));
    }
}
