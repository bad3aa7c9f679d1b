using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Shared.Files;

namespace PeerWeb.Shared.Import;

/// <summary>What an import of one file would do: the counts of all, and the first entries of each kind.</summary>
public sealed class ImportPreview(Func<string, EntryWords> words)
{
    /// <summary>Rows of each outcome that are kept to be shown; the counts stay complete.</summary>
    public const int MostShown = 200;

    private readonly Dictionary<ImportOutcome, List<PreviewRow>> _rows = Enum.GetValues<ImportOutcome>().ToDictionary(outcome => outcome, _ => new List<PreviewRow>());

    public OutcomeCounts Counts { get; } = new();

    /// <summary>How many there will be; null before that is known.</summary>
    public int? Total { get; private set; }

    /// <summary>The first day of all that can be read, in UTC.</summary>
    public LocalDate? First { get; private set; }

    /// <summary>The last day; null where there is none, or where a series has no end.</summary>
    public LocalDate? Last { get; private set; }

    public bool IsUnbounded { get; private set; }

    /// <summary>Whether an import would change anything.</summary>
    public bool HasWork => Counts.Of(ImportOutcome.Added) + Counts.Of(ImportOutcome.Updated) > 0;

    /// <param name="outcome">Null for all.</param>
    public IReadOnlyList<PreviewRow> Rows(ImportOutcome? outcome) => outcome is { } one
        ? _rows[one]
        : [.. _rows.Values.SelectMany(rows => rows).OrderBy(row => row.Result.Number).Take(MostShown)];

    public void Add(PreviewedEntry entry)
    {
        Counts.Add(entry.Result.Outcome);
        Total = entry.Result.Total ?? Total;
        if (entry.First is { } first)
        {
            First = Earlier(First, first.InUtc().Date);
            IsUnbounded |= entry.Last is null;
            // The end is exclusive: a day ends with the midnight after it.
            if (entry.Last is { } last)
                Last = Later(Last, (last > first ? last - Duration.Epsilon : last).InUtc().Date);
        }
        var rows = _rows[entry.Result.Outcome];
        if (rows.Count < MostShown)
            rows.Add(PreviewRow.Of(entry, words));
    }

    private static LocalDate Earlier(LocalDate? known, LocalDate day) => known is { } other && other < day ? other : day;

    private static LocalDate Later(LocalDate? known, LocalDate day) => known is { } other && other > day ? other : day;
}
