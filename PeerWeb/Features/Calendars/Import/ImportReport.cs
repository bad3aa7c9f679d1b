using PeerWeb.Core.Entries;

namespace PeerWeb.Features.Calendars.Import;

/// <summary>What became of the events of one file so far: the counts of all, and the results that show, failures first.</summary>
public sealed class ImportReport
{
    /// <summary>A page of thousands of rows helps nobody; the counts stay complete.</summary>
    public const int MostShown = 500;
    private readonly List<ImportedEntry> _failed = [];
    private readonly List<ImportedEntry> _rest = [];
    private readonly Dictionary<ImportOutcome, int> _counts = [];

    public int Count => _counts.Values.Sum();

    public int Failed => Of(ImportOutcome.Failed);

    public IEnumerable<ImportedEntry> Shown => _failed.Concat(_rest).Take(MostShown);

    public int NotShown => Count - Math.Min(MostShown, _failed.Count + _rest.Count);

    public int Of(ImportOutcome outcome) => _counts.GetValueOrDefault(outcome);

    public static string Name(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => "added",
        ImportOutcome.Updated => "updated",
        ImportOutcome.Unchanged => "unchanged",
        ImportOutcome.Failed => "failed",
    };

    public void Add(ImportedEntry result)
    {
        _counts[result.Outcome] = Of(result.Outcome) + 1;
        var list = result.Outcome == ImportOutcome.Failed ? _failed : _rest;
        if (list.Count < MostShown)
            list.Add(result);
    }
}
