using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Import;

/// <summary>How many entries there are of each outcome, and what the outcomes are called.</summary>
public sealed class OutcomeCounts
{
    private readonly Dictionary<ImportOutcome, int> _counts = [];

    public int Total { get; private set; }

    public int Of(ImportOutcome outcome) => _counts.GetValueOrDefault(outcome);

    public void Add(ImportOutcome outcome)
    {
        _counts[outcome] = Of(outcome) + 1;
        Total++;
    }

    /// <summary>For machines: as attributes and files have it.</summary>
    public static string Name(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => "added",
        ImportOutcome.Updated => "updated",
        ImportOutcome.Unchanged => "unchanged",
        ImportOutcome.Failed => "failed",
    };

    /// <summary>What an import would do with one entry, or with some.</summary>
    public static string Plan(ImportOutcome outcome, int count = 1) => outcome switch
    {
        ImportOutcome.Added => "new",
        ImportOutcome.Updated => "changed",
        ImportOutcome.Unchanged => "unchanged",
        ImportOutcome.Failed => count == 1 ? "problem" : "problems",
    };
}
