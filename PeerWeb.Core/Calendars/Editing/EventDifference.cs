using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>One thing that two versions of an event say differently, in words for who has to choose.</summary>
/// <param name="Instance">Which instance of a recurring event, such as "12 January 2026"; null for the event as such.</param>
/// <param name="Label">Such as "When", "Title" or "Guests"; properties that have no word are called by their name.</param>
/// <param name="Left">Empty where this version does not have it.</param>
/// <param name="Right">Empty where this version does not have it.</param>
public sealed record EventDifference(string? Instance, string Label, string Left, string Right)
{
    /// <summary>What differs between two versions, stamps left out.</summary>
    /// <exception cref="Entries.InvalidEntryException">A text is no event.</exception>
    public static IReadOnlyList<EventDifference> Of(string left, string right) => CalendarText.Guard<IReadOnlyList<EventDifference>>(() =>
        [.. Between(MergedVersion.Read(left), MergedVersion.Read(right))]);

    internal static IEnumerable<EventDifference> Between(MergedVersion left, MergedVersion right) =>
        left.Keys.Union(right.Keys).Order(StringComparer.Ordinal).SelectMany(key => Of(key, left, right));

    private static IEnumerable<EventDifference> Of(string key, MergedVersion one, MergedVersion other)
    {
        var name = MergedVersion.NameOf(key);
        if (one.Find(key) is not { } left || other.Find(key) is not { } right)
            return [new EventDifference(name, "This instance", one.SayInstance(key), other.SayInstance(key))];
        return PropertyUnits.Keys(left, right)
            .Where(unit => !PropertyUnits.IsStamp(unit) && !PropertyUnits.AreEqual(left, right, unit))
            .Select(unit => new EventDifference(name, EventWords.Label(unit), EventWords.Say(unit, left, one.Document), EventWords.Say(unit, right, other.Document)));
    }
}
