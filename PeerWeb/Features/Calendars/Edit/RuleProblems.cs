namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What is wrong with a rule, beside the field that it is about; null where nothing is.</summary>
public sealed record RuleProblems(string? Interval = null, string? Until = null, string? Count = null)
{
    public static readonly RuleProblems None = new();
}
