using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Export;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventDialogTests : DeskContext
{
    private static readonly string[] Inputs = ["entry-summary", "entry-start", "entry-end", "entry-all-day"];

    [Fact]
    public void What_rights_do_not_allow_is_disabled_and_says_why()
    {
        var dialog = Open(Events.Sams(Rights.Read));

        Assert.All((string[])[.. Inputs, "entry-source", "entry-save", "entry-delete"], id => Assert.True(By(dialog, id).HasAttribute("disabled"), id));
        var reason = By(dialog, "entry-reason").TextContent;
        Assert.Contains("sam@globex.example lets you read this calendar, not edit its events.", reason, StringComparison.Ordinal);
        Assert.Contains("not delete its events.", reason, StringComparison.Ordinal);
        Assert.Contains("Review", dialog.Find("h2").TextContent, StringComparison.Ordinal);
        Assert.Contains("Friday, 14 March 2025, 14:00 to 15:00", By(dialog, "event-when").TextContent, StringComparison.Ordinal);
        Assert.Contains("sam@globex.example", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Editing_and_deleting_are_rights_of_their_own_and_private_is_the_owners()
    {
        var dialog = Open(Events.Sams(Rights.Read | Rights.Edit));

        Assert.All(Inputs, id => Assert.False(By(dialog, id).HasAttribute("disabled"), id));
        Assert.False(By(dialog, "entry-save").HasAttribute("disabled"));
        Assert.True(By(dialog, "entry-delete").HasAttribute("disabled"));
        Assert.True(By(dialog, "entry-private").HasAttribute("disabled"));
        Assert.Contains("sam@globex.example does not let you make events of this calendar private.", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_that_cannot_be_asked_leaves_what_the_view_knew_and_nothing_to_save()
    {
        Writing.Answer = new EntryAnswer.Unavailable("It does not answer.");

        var dialog = Open(Events.Sams(Rights.All));

        Assert.Equal("Review", By(dialog, "entry-summary").GetAttribute("value"));
        Assert.True(By(dialog, "entry-save").HasAttribute("disabled"));
        Assert.Contains("It does not answer.", By(dialog, "event-unavailable").TextContent, StringComparison.Ordinal);
        Writing.Answer = null;
        By(dialog, "entry-read-again").Click();
        dialog.WaitForAssertion(() => Assert.False(By(dialog, "entry-save").HasAttribute("disabled")));
    }

    [Fact]
    public async Task A_change_is_saved_the_dialog_goes_and_the_view_asks_again()
    {
        var dialog = Open(Merged.Mine);
        By(dialog, "entry-summary").Change("Retro");

        await SubmitAsync(dialog);
        await Opening;

        Assert.Contains("SUMMARY:Retro", Writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
        Assert.Equal(1, Written);
        Assert.Empty(dialog.FindAll("[data-testid=entry-dialog]"));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field()
    {
        var dialog = Open(Merged.Mine);
        By(dialog, "entry-end").Change("2025-03-13T10:00");

        await SubmitAsync(dialog);

        var end = By(dialog, "entry-end");
        Assert.Equal("true", end.GetAttribute("aria-invalid"));
        Assert.Equal("It ends before it starts.", dialog.Find($"#{end.GetAttribute("aria-describedby")?.Split(' ')[0]}").TextContent);
        Assert.Empty(Writing.Sent);
    }

    [Fact]
    public async Task A_peer_that_is_away_is_told_at_once_and_what_was_typed_can_be_kept()
    {
        var dialog = Open(Events.Sams(Rights.Read | Rights.Edit));
        By(dialog, "entry-summary").Change("Retro");
        Writing.Instead.Enqueue((new WriteAnswer.Unavailable("It does not answer.", MayHaveHappened: false), Happens: false));

        await SubmitAsync(dialog);
        Assert.Contains("Nothing was saved at globex.example. It does not answer.", By(dialog, "entry-notice").TextContent, StringComparison.Ordinal);
        By(dialog, "entry-keep").Click();
        await Opening;

        Assert.Equal("Retro", Assert.Single(Writing.Kept).Value.Form.Title);
        Assert.Single(Writing.Sent);
    }

    [Fact]
    public async Task Closing_asks_where_something_was_typed_and_not_where_nothing_was()
    {
        var dialog = Open(Merged.Mine);
        By(dialog, "entry-summary").Change("Retro");

        By(dialog, "event-close").Click();
        Assert.NotNull(By(dialog, "entry-leaving"));
        By(dialog, "event-close").Click();
        Assert.Empty(dialog.FindAll("[data-testid=entry-leaving]"));
        By(dialog, "entry-summary").Change("Review");
        By(dialog, "event-close").Click();
        await Opening;

        Assert.Empty(Writing.Sent);
        Assert.Equal(0, Written);
    }

    [Fact]
    public async Task A_conflict_is_decided_in_a_dialog_of_its_own()
    {
        var dialog = Open(Merged.Mine);
        By(dialog, "entry-summary").Change("Retro");
        Writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("SUMMARY:Review", "SUMMARY:<b>Board</b>", StringComparison.Ordinal));

        var saving = SubmitAsync(dialog);
        dialog.WaitForElement("[data-testid=conflict-dialog]");
        Assert.Equal(["Retro", "<b>Board</b>"], dialog.FindAll("[data-testid=conflict-dialog] td").Select(cell => cell.TextContent.Trim()));
        Assert.Empty(dialog.FindAll("[data-testid=conflict-merged]"));
        By(dialog, "conflict-both").Click();
        await saving;
        await Opening;

        Assert.Equal(2, Writing.Count);
        Assert.Contains("SUMMARY:<b>Board</b>", Writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_is_there_can_be_had_as_a_file_with_all_of_its_series()
    {
        var dialog = Open(Merged.Mine, Events.Weekly, "20250314T130000Z");

        Assert.Equal(
            new ExportRequest([Merged.Mine.Id], null, null, Merged.Berlin) { Entry = Uid.Parse(Events.Uid) }.Url, By(dialog, "event-export").GetAttribute("href"));
    }

    [Fact]
    public void A_series_asks_how_much_is_meant_and_means_one_event_by_itself()
    {
        var dialog = Open(Merged.Mine, Events.Weekly, "20250314T130000Z");

        Assert.True(By(dialog, "entry-scope-this").HasAttribute("checked"));
        Assert.Equal("1 of 4 events would change.", By(dialog, "entry-impact").TextContent);
        By(dialog, "entry-scope-all").Change("All");
        Assert.Equal("4 of 4 events would change.", By(dialog, "entry-impact").TextContent);
        By(dialog, "entry-delete").Click();

        Assert.Equal(0, Writing.Count);
    }

    [Fact]
    public void Another_rule_rules_one_event_out_and_a_start_that_is_missing_breaks_nothing()
    {
        var dialog = Open(Merged.Mine, Events.Weekly, "20250314T130000Z");

        By(dialog, "entry-repeats").Change(RuleForm.Daily);
        Assert.True(By(dialog, "entry-scope-this").HasAttribute("disabled"));
        Assert.True(By(dialog, "entry-scope-following").HasAttribute("checked"));
        Assert.Equal("Another rule means more than one event.", By(dialog, "entry-scope-reason").TextContent);
        Assert.Equal("every day, 4 times", By(dialog, "rule-words").TextContent);
        By(dialog, "entry-start").Change(string.Empty);

        Assert.Equal(string.Empty, By(dialog, "entry-impact").TextContent);
        Assert.False(By(dialog, "entry-save").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_is_saved_by_half_is_not_left_by_mistake_and_can_be_taken_back()
    {
        var dialog = Open(Merged.Mine, Events.Weekly.Replace("20250314T", "20250307T", StringComparison.Ordinal), "20250314T130000Z");
        By(dialog, "entry-summary").Change("Retro");
        By(dialog, "entry-scope-following").Change("ThisAndFollowing");
        Writing.Then(happens: false, null, new WriteAnswer.Unavailable("It cannot be reached.", MayHaveHappened: false));

        await SubmitAsync(dialog);
        Assert.Contains("may show twice", By(dialog, "entry-notice").TextContent, StringComparison.Ordinal);
        By(dialog, "event-close").Click();
        Assert.Empty(dialog.FindAll("[data-testid=entry-discard]"));
        By(dialog, "event-close").Click();
        By(dialog, "entry-take-back").Click();

        dialog.WaitForAssertion(() => Assert.Contains("All is as it was before.", By(dialog, "entry-notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, Writing.Count);
        Assert.False(By(dialog, "entry-summary").HasAttribute("disabled"));
    }

    [Fact]
    public async Task An_event_of_another_zone_shows_its_own_clock_and_a_new_title_shifts_nothing()
    {
        var dialog = Open(Merged.Mine, Events.InNewYork);

        Assert.Equal("2025-03-14T09:00", By(dialog, "entry-start").GetAttribute("value"));
        Assert.Equal("America/New York", By(dialog, "entry-zone-words").TextContent);
        Assert.Contains("Friday, 14 March 2025, 14:00 to 15:00 where you are (Europe/Berlin)", By(dialog, "event-when").TextContent, StringComparison.Ordinal);
        By(dialog, "entry-summary").Change("Retro");
        await SubmitAsync(dialog);

        Assert.Contains("DTSTART;TZID=America/New_York:20250314T090000\r\nDTEND;TZID=America/New_York:20250314T100000\r\n", Writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zones_of_start_and_end_are_chosen_apart_once_they_are_wanted()
    {
        var dialog = Open(Merged.Mine);
        Assert.Empty(dialog.FindAll("[data-testid=entry-start-zone]"));
        By(dialog, "entry-zones").TriggerEvent("ontoggle", EventArgs.Empty);

        By(dialog, "entry-start-zone").Change("Asia/Tokyo");
        By(dialog, "entry-zones-apart").Change(true);
        By(dialog, "entry-end-zone").Change("UTC");
        Assert.Equal("Asia/Tokyo, ends in UTC", By(dialog, "entry-zone-words").TextContent);
        await SubmitAsync(dialog);

        var text = Writing.Text(Merged.Mine, Events.Uid);
        Assert.Contains("DTSTART;TZID=Asia/Tokyo:20250314T140000\r\nDTEND:20250314T150000Z\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n", text, StringComparison.Ordinal);
    }

    private static IElement By(IRenderedComponent<IComponent> dialog, string id) => dialog.Find($"[data-testid={id}]");

    private static Task SubmitAsync(IRenderedComponent<IComponent> dialog) => dialog.Find("form").SubmitAsync();
}
