using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Import;

/// <summary>What became of the entries of one file so far, in the file's order. A browser's file has some ten thousand at most.</summary>
public sealed class ImportReport
{
    private readonly List<ImportedEntry> _results = [];
    private readonly List<ImportedEntry> _failed = [];

    public OutcomeCounts Counts { get; } = new();

    /// <summary>How many there will be; null before that is known.</summary>
    public int? Total { get; private set; }

    public IReadOnlyList<ImportedEntry> Results => _results;

    public IReadOnlyList<ImportedEntry> Failed => _failed;

    public void Add(ImportedEntry result)
    {
        Counts.Add(result.Outcome);
        Total = result.Total ?? Total;
        _results.Add(result);
        if (result.Outcome == ImportOutcome.Failed)
            _failed.Add(result);
    }
}
