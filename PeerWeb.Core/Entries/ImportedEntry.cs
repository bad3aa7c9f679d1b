using NodaTime;

namespace PeerWeb.Core.Entries;

public enum ImportOutcome
{
    Added,
    Updated,

    /// <summary>It was there already and says the same.</summary>
    Unchanged,
    Failed,
}

/// <summary>What became of one entry of an imported file.</summary>
/// <param name="Number">1-based position in the file.</param>
/// <param name="Label">Title or UID, as far as it could be read.</param>
/// <param name="Reason">Why it failed; null for all else.</param>
/// <param name="Line">1-based line of the file that is to blame, where one is.</param>
public sealed record ImportedEntry(int Number, string Label, ImportOutcome Outcome, string? Reason, int? Line)
{
    /// <summary>How many entries the file has; null where that is not known before its end.</summary>
    public int? Total { get; init; }
}

/// <summary>What would become of one entry of a file.</summary>
/// <param name="Result">As the import would report it.</param>
/// <param name="Text">What the file says; null where it cannot be read.</param>
/// <param name="Current">What is there now and would be replaced; null for all that is not updated.</param>
public sealed record PreviewedEntry(ImportedEntry Result, string? Text, string? Current)
{
    /// <summary>Start of its first instance, where it can be read and has one.</summary>
    public Instant? First { get; init; }

    /// <summary>End of its last instance; null where it has no end.</summary>
    public Instant? Last { get; init; }
}
