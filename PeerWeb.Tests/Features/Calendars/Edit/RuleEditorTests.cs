using Bunit;
using NodaTime;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class RuleEditorTests : BunitContext
{
    private RuleForm _rule = RuleForm.None;

    [Fact]
    public void What_does_not_repeat_asks_for_nothing_more()
    {
        var editor = Show(RuleForm.None);

        Assert.Single(editor.FindAll("select, input:not([type=hidden])"));
        Assert.Equal("none", editor.Find("[data-testid=entry-repeats]").GetAttribute("value"));
    }

    [Fact]
    public void Weekdays_are_toggled_and_the_day_of_the_start_stays()
    {
        var editor = Show(RuleForm.None with { Repeats = RuleForm.Weekly });

        Assert.True(Day(editor, "TU").HasAttribute("disabled"));
        Assert.True(Day(editor, "TU").HasAttribute("checked"));
        Day(editor, "FR").Change(true);
        editor = Show(_rule);
        Day(editor, "MO").Change(true);
        Assert.Equal(["MO", "TU", "FR"], RulePatterns.DaysOf(_rule, new LocalDate(2025, 3, 25)).Select(RulePatterns.NameOf));
        editor = Show(_rule);
        Day(editor, "FR").Change(false);
        Assert.Equal(["MO", "TU"], RulePatterns.DaysOf(_rule, new LocalDate(2025, 3, 25)).Select(RulePatterns.NameOf));
        Assert.All(editor.FindAll("[data-testid=rule-day]"), day => Assert.NotNull(day.GetAttribute("aria-label")));
    }

    [Fact]
    public void An_end_on_a_day_begins_with_a_guess_and_an_error_is_said_at_its_field()
    {
        Show(RuleForm.None with { Repeats = RuleForm.Monthly }).Find("[data-testid=rule-ends]").Change(RuleForm.EndsOn);
        Assert.Equal("2025-06-25", _rule.Until);

        var editor = Show(_rule with { Until = "2025-01-01" });

        var until = editor.Find("[data-testid=rule-until]");
        Assert.Equal("true", until.GetAttribute("aria-invalid"));
        Assert.Equal("It ends before it starts.", editor.Find($"#{until.GetAttribute("aria-describedby")}").TextContent);
    }

    [Fact]
    public void A_rule_that_does_not_fit_is_kept_and_says_why()
    {
        var editor = Show(RuleForm.None with { Repeats = RuleForm.Custom, LeftOut = "20250401T090000" }, fixedBecause: "This series repeats by several rules at once.");

        Assert.Contains("several rules", editor.Find("[data-testid=rule-kept]").TextContent, StringComparison.Ordinal);
        Assert.True(editor.Find("option[value=weekly]").HasAttribute("disabled"));
        Assert.False(editor.Find("option[value=none]").HasAttribute("disabled"));
        Assert.Empty(editor.FindAll("[data-testid=rule-interval]"));
        editor.Find("[data-testid=rule-put-back]").Click();
        Assert.Equal((RuleForm.Custom, string.Empty), (_rule.Repeats, _rule.LeftOut));
    }

    [Fact]
    public void Left_out_dates_before_what_is_meant_do_not_show()
    {
        var editor = Show(RuleForm.None with { Repeats = RuleForm.Daily, LeftOut = "20250326T090000,20250401T090000" }, first: "20250327T090000");

        Assert.Equal("1 date is left out", editor.Find("[data-testid=rule-exceptions] summary").TextContent);
        editor.Find("[data-testid=rule-put-back]").Click();
        Assert.Equal("20250326T090000", _rule.LeftOut);
    }

    private static AngleSharp.Dom.IElement Day(IRenderedComponent<RuleEditor> editor, string day) => editor.Find($"[data-testid=rule-day][data-day={day}]");

    private IRenderedComponent<RuleEditor> Show(RuleForm rule, string? fixedBecause = null, string? first = null) => Render<RuleEditor>(parameters => parameters
        .Add(editor => editor.IdPrefix, "rule")
        .Add(editor => editor.Rule, rule)
        .Add(editor => editor.Start, new LocalDate(2025, 3, 25))
        .Add(editor => editor.Problems, RulePatterns.Problems(rule, new LocalDate(2025, 3, 25)))
        .Add(editor => editor.FixedBecause, fixedBecause)
        .Add(editor => editor.From, first)
        .Add(editor => editor.SayDate, id => id)
        .Add(editor => editor.OnChanged, changed => _rule = changed));
}
