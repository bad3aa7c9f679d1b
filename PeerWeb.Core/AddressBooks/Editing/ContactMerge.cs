using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>Takes the units that one side changed, and both sides' categories. What comes out does not depend on which side is called mine.</summary>
internal sealed class ContactMerge(ContactUnits origin, ContactUnits mine, ContactUnits theirs)
{
    private const string Categories = "CATEGORIES";

    private readonly List<CardLine> _merged = [];
    private readonly HashSet<string> _groups = new(StringComparer.OrdinalIgnoreCase);

    public EntryMerge Run()
    {
        var conflicts = new List<EntryDifference>();
        foreach (var key in origin.Keys.Concat(mine.Keys.Union(theirs.Keys).Except(origin.Keys).Order(StringComparer.Ordinal)))
        {
            if (ContactUnits.AreEqual(mine, theirs, key) || ContactUnits.AreEqual(origin, theirs, key))
                Take(key, mine);
            else if (ContactUnits.AreEqual(origin, mine, key))
                Take(key, theirs);
            else if (CardComparison.IsStamp(key))
                Take(key, string.CompareOrdinal(string.Join('\n', mine.Text(key)), string.Join('\n', theirs.Text(key))) > 0 ? mine : theirs);
            else if (key == Categories)
                TakeCategories();
            else
                conflicts.Add(new EntryDifference(null, ContactWords.Label(ContactUnits.NameOf(key)), ContactWords.Say(mine, key), ContactWords.Say(theirs, key)));
        }
        return conflicts.Count > 0 ? new EntryMerge(null, conflicts) : Check();
    }

    private EntryMerge Check()
    {
        try
        {
            return new EntryMerge(CardText.Of(_merged).Text, []);
        }
        catch (InvalidEntryException)
        {
            // Each side is within the caps, both together are not: somebody has to choose.
            return new EntryMerge(null, ContactDifferences.Between(mine, theirs));
        }
    }

    private void Take(string key, ContactUnits side)
    {
        // Where nothing changed the text stays as it was, down to the order of its lines.
        var source = ContactUnits.AreEqual(origin, side, key) ? origin : side;
        var renamed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in source.Lines(key))
        {
            if (line.Group is not { } group)
            {
                _merged.Add(line);
                continue;
            }
            if (!renamed.TryGetValue(group, out var name))
                renamed.Add(group, name = _groups.Add(group) ? group : FreeGroup());
            _merged.Add(name == group ? line : CardLine.Parse($"{name}.{ContactUnits.Ungrouped(line)}", 0));
        }
    }

    /// <summary>What either side added is there, what either took away is not.</summary>
    private void TakeCategories()
    {
        var (before, one, other) = (Of(origin), Of(mine), Of(theirs));
        var merged = before.Where(category => one.Contains(category) && other.Contains(category))
            .Concat(one.Union(other).Except(before).Order(StringComparer.Ordinal)).ToList();
        if (merged.Count > 0)
            _merged.Add(CardLine.Parse($"{Categories}:{string.Join(',', merged.Select(TextValue.Escape))}", 0));
    }

    private static List<string> Of(ContactUnits version) => [.. FieldReader.CategoriesOf(version.Lines(Categories))];

    private string FreeGroup()
    {
        var number = 1;
        while (!_groups.Add(Name(number)))
            number++;
        return Name(number);
    }

    private static string Name(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"item{number}");
}
