namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Compares entries by what they say: their components line by line, and the rules of zones that only their rules explain.</summary>
/// <remarks>Which program put the text together, and which copy of a well-known zone came along, says nothing about the entry.</remarks>
internal static class CalendarComparison
{
    /// <exception cref="Entries.InvalidEntryException">One of the two cannot be read.</exception>
    public static bool IsSame(string left, string right) => left == right || Parts(left).SequenceEqual(Parts(right), StringComparer.Ordinal);

    private static List<string> Parts(string text)
    {
        var parts = CalendarParts.Of(ContentLines.Read(text))
            .Where(part => !part.IsZone || part.ZoneId is { } id && CalendarZones.FindId(id) is null)
            .Select(part => ContentLines.Write(part.Lines))
            .ToList();
        parts.Sort(StringComparer.Ordinal);
        return parts;
    }
}
