namespace PeerWeb.Features.Calendars.Import;

public enum ImportOutcome
{
    Added,
    Updated,

    /// <summary>The same text was there already.</summary>
    Unchanged,
    Failed,
}

/// <summary>What became of one event of an imported file.</summary>
/// <param name="Number">1-based position in the file.</param>
/// <param name="Label">Title or UID, as far as it could be read.</param>
/// <param name="Reason">Why it failed; null for all else.</param>
/// <param name="Line">1-based line of the file that is to blame, where one is.</param>
public sealed record ImportedEvent(int Number, string Label, ImportOutcome Outcome, string? Reason, int? Line);
