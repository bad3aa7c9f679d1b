using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>What two versions of an entry say differently.</summary>
internal static class ComponentDifferences
{
    public static IEnumerable<EntryDifference> Between(MergedVersion left, MergedVersion right) =>
        left.Keys.Union(right.Keys).Order(StringComparer.Ordinal).SelectMany(key => Of(key, left, right));

    private static IEnumerable<EntryDifference> Of(string key, MergedVersion one, MergedVersion other)
    {
        var name = MergedVersion.NameOf(key);
        if (one.Find(key) is not { } left || other.Find(key) is not { } right)
            return [new EntryDifference(name, "This instance", one.SayInstance(key), other.SayInstance(key))];
        return PropertyUnits.Keys(left, right)
            .Where(unit => !PropertyUnits.IsStamp(unit) && !PropertyUnits.AreEqual(left, right, unit))
            .Select(unit => new EntryDifference(name, PropertyWords.Label(unit, one.Document.Kind), PropertyWords.Say(unit, left, one.Document), PropertyWords.Say(unit, right, other.Document)));
    }
}
