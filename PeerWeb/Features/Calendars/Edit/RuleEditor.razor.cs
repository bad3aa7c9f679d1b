using Microsoft.AspNetCore.Components;
using NodaTime;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>How an event repeats: what is typed comes in and goes out, with the rule in words beneath.</summary>
public sealed partial class RuleEditor : ComponentBase
{
    private static readonly IsoDayOfWeek[] Week = [.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day)];
    private bool _wasCustom;

    [Parameter, EditorRequired]
    public required string IdPrefix { get; set; }

    [Parameter, EditorRequired]
    public required RuleForm Rule { get; set; }

    [Parameter]
    public RuleProblems Problems { get; set; } = RuleProblems.None;

    /// <summary>Day of the event; null while there is none.</summary>
    [Parameter]
    public LocalDate? Start { get; set; }

    /// <summary>The rule as a sentence; null while it makes no sense, and where nothing repeats.</summary>
    [Parameter]
    public string? Words { get; set; }

    /// <summary>Why there cannot be another rule; null where there can.</summary>
    [Parameter]
    public string? FixedBecause { get; set; }

    /// <summary>A left-out date in words, by its recurrence id.</summary>
    [Parameter, EditorRequired]
    public required Func<string, string> SayDate { get; set; }

    /// <summary>The first recurrence id that the edit means; those before it are not shown. Null where all are meant.</summary>
    [Parameter]
    public string? From { get; set; }

    [Parameter]
    public bool IsLocked { get; set; }

    [Parameter]
    public EventCallback<RuleForm> OnChanged { get; set; }

    private bool IsFixed => FixedBecause is not null;

    /// <summary>Once a rule was one of its own, one can go back to it.</summary>
    private bool HasCustom => _wasCustom;

    private IReadOnlyList<string> LeftOut => [.. Rule.LeftOutList.Where(id => From is null || string.CompareOrdinal(id, From) >= 0)];

    private string Unit => (Rule.Repeats, Rule.Interval == "1") switch
    {
        (RuleForm.Daily, true) => "day",
        (RuleForm.Daily, false) => "days",
        (RuleForm.Weekly, true) => "week",
        (RuleForm.Weekly, false) => "weeks",
        (RuleForm.Monthly, true) => "month",
        (RuleForm.Monthly, false) => "months",
        (_, true) => "year",
        (_, false) => "years",
    };

    protected override void OnParametersSet() => _wasCustom |= Rule.Repeats == RuleForm.Custom;

    private static string Text(ChangeEventArgs change) => change.Value as string ?? string.Empty;

    private static string? Invalid(string? problem) => problem is null ? null : "true";

    private string Id(string part) => $"{IdPrefix}-{part}";

    private Task Change(RuleForm rule) => OnChanged.InvokeAsync(rule);

    /// <summary>A rule without any day is one of the start's.</summary>
    private Task Toggle(IsoDayOfWeek day, bool isOn)
    {
        var days = string.Join(',', RulePatterns.DaysOf(Rule, Start).Where(other => other != day).Concat(isOn ? [day] : []).Order().Select(RulePatterns.NameOf));
        return Change(Rule with { Days = days, IsBesideStart = Rule.IsBesideStart && days.Length > 0 });
    }

    /// <summary>A first guess of the last day: three months on.</summary>
    private RuleForm End(string ends) => Rule with
    {
        Ends = ends,
        Until = ends == RuleForm.EndsOn && Rule.Until.Length == 0 && Start is { } start ? FormTimes.Text(start.PlusMonths(3).AtMidnight(), isAllDay: true) : Rule.Until,
    };
}
