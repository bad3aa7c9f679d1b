using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>How an event repeats, as the inputs of the dialog hold it; it may be wrong.</summary>
/// <param name="Repeats">One of the constants.</param>
/// <param name="Interval">A number as typed: every so many days, weeks, months or years.</param>
/// <param name="Days">Weekdays as in BYDAY, from Monday; that of the event's start is meant too.</param>
/// <param name="On">Of months and years: one of the constants, or what matches no start: <c>15</c>, <c>2TU</c>.</param>
/// <param name="Until">A day as a native input holds it, the last that may have an event.</param>
/// <param name="Count">A number as typed.</param>
/// <param name="WeekStart">As in WKST.</param>
/// <param name="LeftOut">Recurrence ids, divided by commas.</param>
/// <param name="IsBesideStart"><paramref name="Days"/> are all: the event starts on a day that is none of its rule's.</param>
public sealed record RuleForm(
    string Repeats, string Interval, string Days, string On, string Ends, string Until, string Count, string WeekStart, string LeftOut, bool IsBesideStart = false)
{
    public const string Never = "none";
    public const string Daily = "daily";
    public const string Weekly = "weekly";
    public const string Monthly = "monthly";
    public const string Yearly = "yearly";

    /// <summary>A rule that these inputs cannot show; it stays as it is.</summary>
    public const string Custom = "custom";

    public const string OnDay = "day";
    public const string OnWeekday = "weekday";
    public const string OnLastWeekday = "last-weekday";
    public const string OnLastDay = "last-day";

    public const string EndsNever = "never";
    public const string EndsOn = "on";
    public const string EndsAfter = "after";

    public static readonly RuleForm None = new(Never, "1", string.Empty, OnDay, EndsNever, string.Empty, "10", "MO", string.Empty);

    [JsonIgnore]
    public bool IsRepeating => Repeats != Never;

    /// <summary>Something to edit beside the exceptions.</summary>
    [JsonIgnore]
    public bool IsShown => Repeats is not (Never or Custom);

    [JsonIgnore]
    public IReadOnlyList<string> DayList => Split(Days);

    [JsonIgnore]
    public IReadOnlyList<string> LeftOutList => Split(LeftOut);

    /// <summary>As the browser keeps it while it is typed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EventDraftJson.Default.RuleForm);

    /// <summary>The exceptions are no part of the rule; of what does not show nothing else counts.</summary>
    public bool HasRuleOf(RuleForm other) => IsShown ? this with { LeftOut = other.LeftOut } == other : Repeats == other.Repeats;

    public RuleForm PutBack(string id) => this with { LeftOut = string.Join(',', LeftOutList.Where(other => other != id)) };

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
