using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Takes of every component the properties that one side changed. What comes out does not depend on which side is called mine.</summary>
internal sealed class ThreeWayMerge(MergedVersion origin, MergedVersion mine, MergedVersion theirs)
{
    private readonly List<EntryDifference> _conflicts = [];

    public EntryMerge Run()
    {
        CheckSeries();
        if (_conflicts.Count > 0)
            return new EntryMerge(null, _conflicts);
        var calendar = new UnitMerge(origin.Calendar, mine.Calendar, theirs.Calendar).Run(null);
        foreach (var zone in Zones())
            calendar.Add(zone);
        foreach (var key in origin.Keys.Union(mine.Keys).Union(theirs.Keys).Order(StringComparer.Ordinal))
        {
            if (Merge(key) is { } component)
                calendar.Add(component);
        }
        return _conflicts.Count > 0 ? new EntryMerge(null, _conflicts) : Check(calendar);
    }

    private EntryMerge Check(ComponentLines calendar)
    {
        try
        {
            var series = ComponentSeries.Read(ContentLines.Write(calendar.All()), origin.Document.Kind);
            series.Extent();
            return new EntryMerge(series.Text.Text, []);
        }
        catch (InvalidEntryException)
        {
            // Each side is an entry, both together are none: somebody has to choose.
            return new EntryMerge(null, [.. ComponentDifferences.Between(mine, theirs)]);
        }
    }

    /// <summary>Who moves a series names its instances anew: what the other side did to single ones would hang in the air.</summary>
    private void CheckSeries()
    {
        foreach (var (unit, isChanged) in ((string, Func<MergedVersion, bool>)[])[(PropertyUnits.When, IsMoved), (PropertyUnits.Repeats, IsRepeatedElse)])
        {
            if (!isChanged(mine) && !isChanged(theirs))
                continue;
            if (IsSameSeries() || !((isChanged(mine) && HasOwnInstances(theirs)) || (isChanged(theirs) && HasOwnInstances(mine))))
                continue;
            _conflicts.Add(new EntryDifference(null, PropertyWords.Label(unit, origin.Document.Kind), Say(mine, unit), Say(theirs, unit)));
        }
    }

    private bool IsMoved(MergedVersion side) => StartOf(origin) != StartOf(side);

    private bool IsRepeatedElse(MergedVersion side) => !PropertyUnits.AreEqual(origin.Master, side.Master, PropertyUnits.Repeats);

    private static string? StartOf(MergedVersion side) => side.Document.Series.Master?.StartLine?.Raw;

    private bool IsSameSeries() => StartOf(mine) == StartOf(theirs)
        && PropertyUnits.AreEqual(mine.Master, theirs.Master, PropertyUnits.Repeats);

    private bool HasOwnInstances(MergedVersion side) =>
        !PropertyUnits.AreEqual(origin.Master, side.Master, PropertyUnits.LeftOut)
        || origin.Keys.Union(side.Keys).Any(key => key != MergedVersion.MasterKey
            && !(origin.Find(key) is { } before && side.Find(key) is { } after && PropertyUnits.AreEqual(before, after)));

    private string Say(MergedVersion side, string unit)
    {
        var words = side.Master is { } master ? PropertyWords.Say(unit, master, side.Document) : string.Empty;
        return HasOwnInstances(side) ? $"{words} (single instances changed)".Trim() : words;
    }

    private ComponentLines? Merge(string key)
    {
        var before = origin.Find(key);
        var (left, right) = (mine.Find(key), theirs.Find(key));
        if (left is null && right is null)
            return null;
        if (before is not null && (left ?? right) is { } only && (left is null || right is null))
        {
            if (PropertyUnits.AreEqual(before, only))
                return null;
            return Conflict(key);
        }
        // An instance that one side changed first is on the other side what the series says.
        left ??= mine.FindOrImply(key);
        right ??= theirs.FindOrImply(key);
        var wasThere = before is not null || origin.Document.Series.Has(key);
        if (left is null || right is null)
            return wasThere ? Conflict(key) : left ?? right;
        var merge = new UnitMerge(before ?? origin.FindOrImply(key), left, right);
        return merge.Run(unit => _conflicts.Add(new EntryDifference(
            MergedVersion.NameOf(key), PropertyWords.Label(unit, origin.Document.Kind), PropertyWords.Say(unit, left, mine.Document), PropertyWords.Say(unit, right, theirs.Document))));
    }

    private ComponentLines? Conflict(string key)
    {
        _conflicts.Add(new EntryDifference(MergedVersion.NameOf(key), "This instance", mine.SayInstance(key), theirs.SayInstance(key)));
        return null;
    }

    private IEnumerable<ComponentLines> Zones() =>
        new[] { origin, mine, theirs }.SelectMany(version => version.Document.Calendar.Components)
            .Where(component => component.Name == "VTIMEZONE")
            .GroupBy(zone => zone.Find("TZID")?.Value.Trim())
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.First());
}
