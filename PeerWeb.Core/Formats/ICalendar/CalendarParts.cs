namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component directly under a VCALENDAR, as its lines.</summary>
/// <param name="Lines">BEGIN to END.</param>
internal sealed record CalendarPart(string Name, IReadOnlyList<ContentLine> Lines)
{
    public bool IsZone => Name == "VTIMEZONE";

    /// <summary>The TZID of a VTIMEZONE.</summary>
    public string? ZoneId => Lines.FirstOrDefault(line => line.Name == "TZID")?.Value.Trim();
}

/// <summary>Takes a VCALENDAR apart.</summary>
internal static class CalendarParts
{
    public static IEnumerable<CalendarPart> Of(IReadOnlyList<ContentLine> lines)
    {
        var depth = 0;
        List<ContentLine> open = [];
        foreach (var line in lines)
        {
            depth += line.Name == "BEGIN" ? 1 : 0;
            if (depth > 1)
                open.Add(line);
            depth -= line.Name == "END" ? 1 : 0;
            if (depth > 1 || open.Count == 0)
                continue;
            yield return new CalendarPart(open[0].ComponentName, open);
            open = [];
        }
    }
}
