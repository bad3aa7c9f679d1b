using PeerWeb.Core.Calendars;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>How an event repeats, from what is typed to its text.</summary>
public sealed class EventRuleTests
{
    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_event_repeats_as_it_was_typed_and_says_so_before()
    {
        var session = Events.New(_writing);
        session.Repeat(RuleForm.None with { Repeats = RuleForm.Weekly, Interval = "2", Days = "MO", Ends = RuleForm.EndsAfter, Count = "6" });

        Assert.Equal("every 2 weeks on Monday and Friday, 6 times", session.RuleWords);
        await session.SaveAsync(Cancellation);

        var text = Assert.Single(_writing.Texts);
        Assert.Contains("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=6\r\n", text, StringComparison.Ordinal);
        Assert.Equal(6, Events.CountOf(text));
    }

    [Fact]
    public async Task Another_title_leaves_the_rule_letter_by_letter()
    {
        var odd = Events.Weekly.Replace("RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:COUNT=4;FREQ=WEEKLY;WKST=SU", StringComparison.Ordinal);
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, odd, "20250314T130000Z");
        session.Choose(EventScope.All);
        session.Form = session.Form with { Title = "Retro" };

        await session.SaveAsync(Cancellation);

        Assert.Contains("RRULE:COUNT=4;FREQ=WEEKLY;WKST=SU\r\n", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_shown_stays_while_everything_else_changes()
    {
        var odd = Events.Weekly.Replace("FREQ=WEEKLY;COUNT=4", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13,14;COUNT=4", StringComparison.Ordinal);
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, odd, "20250314T130000Z");
        Assert.Equal(RuleForm.Custom, session.Rule.Repeats);
        Assert.NotNull(session.RuleWords);
        session.Choose(EventScope.All);
        session.Form = session.Form with { Title = "Retro" };

        await session.SaveAsync(Cancellation);

        Assert.Contains("RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13,14;COUNT=4\r\n", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_rule_cannot_mean_one_event_and_its_number_of_times_counts_from_there()
    {
        var session = await OpenSecondAsync();
        session.Choose(EventScope.This);
        Assert.Equal("4", session.Rule.Count);

        session.Repeat(session.Rule with { Days = "MO" });

        Assert.Equal((EventScope.ThisAndFollowing, "3"), (session.Form.Scope, session.Form.Rule.Count));
        Assert.NotNull(session.NoThis);
        Assert.Equal("every week on Monday and Friday, 3 times", session.RuleWords);
        await session.SaveAsync(Cancellation);
        Assert.Equal(4, _writing.Texts.Sum(Events.CountOf));
    }

    [Fact]
    public async Task A_rule_that_was_put_back_as_it_was_is_no_change()
    {
        var session = await OpenSecondAsync();
        session.Repeat(session.Rule with { Interval = "2" });
        Assert.True(session.HasChanges);
        session.Repeat(session.Rule with { Interval = "1" });
        session.Choose(EventScope.All);

        Assert.False(session.HasChanges);
        Assert.Equal("4", session.Rule.Count);
    }

    [Fact]
    public async Task Days_that_nobody_touched_move_along_with_the_start_and_show_where_they_go()
    {
        var session = await OpenSecondAsync();
        session.Form = FormTimes.WithStart(session.Form, "2025-03-22T14:00");

        Assert.Equal("every week on Saturday, 3 times", session.RuleWords);
        Assert.Equal((RuleForm.Weekly, string.Empty), (session.Rule.Repeats, session.Rule.Days));
        await session.SaveAsync(Cancellation);

        Assert.Contains(_writing.Texts, text => text.Contains("DTSTART:20250322T130000Z", StringComparison.Ordinal) && Events.CountOf(text) == 3);
    }

    [Fact]
    public async Task A_left_out_date_is_put_back_in_the_whole_series()
    {
        var session = await OpenSecondAsync("EXDATE:20250328T130000Z");
        session.Choose(EventScope.This);
        Assert.Equal("Fri 28 Mar, 14:00", session.SayLeftOut(Assert.Single(session.Rule.LeftOutList)));

        session.Repeat(session.Rule.PutBack("20250328T130000Z"));

        Assert.Equal(EventScope.All, session.Form.Scope);
        Assert.Equal("1 of 3 events changes.", await Events.ImpactAsync(session));
        await session.SaveAsync(Cancellation);
        Assert.DoesNotContain("EXDATE", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_repeating_from_an_event_on_keeps_that_event()
    {
        var session = await OpenSecondAsync();

        session.Repeat(session.Rule with { Repeats = RuleForm.Never });
        await session.SaveAsync(Cancellation);

        Assert.Equal([1, 1], _writing.Texts.Select(Events.CountOf));
        Assert.Equal(EventScope.ThisAndFollowing, session.Form.Scope);
    }

    [Fact]
    public async Task A_move_that_the_rule_does_not_allow_says_so_before_it_is_saved()
    {
        var monthly = Events.Weekly.Replace("FREQ=WEEKLY;COUNT=4", "FREQ=MONTHLY;BYDAY=2FR;COUNT=4", StringComparison.Ordinal);
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, monthly, "20250314T130000Z");
        session.Form = FormTimes.WithStart(session.Form, "2025-03-15T14:00");
        Assert.Equal("1 of 4 events changes.", await Events.ImpactAsync(session));

        session.Choose(EventScope.All);

        Assert.Contains("cannot move like this as a whole", await Events.ImpactAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_was_typed_is_of_what_follows_also_where_it_is_the_whole_series_own()
    {
        var session = await OpenSecondAsync();
        Assert.Equal("3", session.Rule.Count);

        session.Repeat(session.Rule with { Count = "4" });
        Assert.Equal("every week on Friday, 4 times", session.RuleWords);
        await session.SaveAsync(Cancellation);

        Assert.Equal([4, 1], _writing.Texts.Select(Events.CountOf).OrderDescending());
    }

    [Fact]
    public async Task Counting_goes_on_with_the_last_of_several_edits_and_counts_each_once()
    {
        var (going, counted) = (new TaskCompletionSource(), 0);
        _writing.Aside = async (count, _) =>
        {
            counted++;
            await going.Task;
            return count();
        };
        var session = await OpenSecondAsync();
        session.Form = session.Form with { Title = "Retro" };
        var counting = session.CountAsync(Cancellation);

        session.Choose(EventScope.This);
        session.Choose(EventScope.All);
        Assert.Equal("Counting how many that is…", session.ImpactWords);
        Assert.False(await session.CountAsync(Cancellation));
        going.SetResult();

        Assert.True(await counting);
        Assert.Equal("4 of 4 events change.", session.ImpactWords);
        Assert.False(await session.CountAsync(Cancellation));
        Assert.Equal(2, counted);
    }

    [Fact]
    public async Task A_series_that_starts_beside_its_days_keeps_them_when_something_else_is_changed()
    {
        var beside = Events.Weekly.Replace("FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;BYDAY=MO;COUNT=4", StringComparison.Ordinal);
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, beside, "20250314T130000Z");
        session.Choose(EventScope.All);

        session.Repeat(session.Rule with { Count = "6" });
        await session.SaveAsync(Cancellation);

        var text = Assert.Single(_writing.Texts);
        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=6\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20250314T130000Z", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_without_end_says_so()
    {
        var session = await OpenSecondAsync(rule: "FREQ=WEEKLY");
        session.Form = session.Form with { Title = "Retro" };

        Assert.Equal("All from 21 March 2025 on change (no end).", await Events.ImpactAsync(session));
        session.Choose(EventScope.This);
        Assert.Equal("1 event changes; the series has no end.", await Events.ImpactAsync(session));
    }

    private Task<EventSession> OpenSecondAsync(string? line = null, string rule = "FREQ=WEEKLY;COUNT=4") => Events.OpenSecondAsync(
        _writing, Events.Scene(), Merged.Mine, Events.Weekly.Replace("FREQ=WEEKLY;COUNT=4", line is null ? rule : $"{rule}\n{line}", StringComparison.Ordinal));
}
