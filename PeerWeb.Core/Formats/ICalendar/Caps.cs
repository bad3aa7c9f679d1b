using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>How large and how deep one entry may be. Checked before anything is evaluated; those of recurrence rules are in <see cref="RuleParts"/>.</summary>
public static class Caps
{
    /// <summary>Octets of one entry.</summary>
    public const int Entry = Entries.Entry.MaxBytes;

    /// <summary>Octets of one unfolded property.</summary>
    public const int Property = LineCaps.Property;

    /// <summary>Octets of a SUMMARY's or LOCATION's value.</summary>
    public const int ShortText = 1024;

    public const int Nesting = 4;
    public const int Parameters = LineCaps.Parameters;
    public const int Attendees = 200;
    public const int Overrides = 500;

    /// <summary>RRULEs of one component.</summary>
    public const int Rules = 10;

    /// <summary>EXDATE and RDATE values of one entry together.</summary>
    public const int ListedDates = 1000;

    /// <exception cref="InvalidEntryException">Larger than <see cref="Entry"/>.</exception>
    public static void CheckText(string text) => LineCaps.CheckText(text);

    /// <exception cref="InvalidEntryException">A property is too large or has too many parameters.</exception>
    public static void CheckLines(IEnumerable<ContentLine> lines)
    {
        foreach (var line in lines)
        {
            LineCaps.CheckLine(line);
            if (line.Name is "SUMMARY" or "LOCATION" && LineCaps.IsLonger(line.Value, ShortText))
                throw new InvalidEntryException($"{line.Name} is larger than {ShortText / 1024} KiB.", line.Number);
        }
    }

    /// <exception cref="InvalidEntryException">Too many of something that is repeated.</exception>
    public static void CheckComponents(Component root)
    {
        var (overrides, listed) = (0, 0);
        foreach (var component in root.Tree())
        {
            var (attendees, rules) = (0, 0);
            foreach (var line in component.Properties)
            {
                switch (line.Name)
                {
                    case "ATTENDEE" when ++attendees > Attendees:
                        throw new InvalidEntryException($"There are more than {Attendees} attendees.", component.Line);
                    case "RRULE" or "EXRULE" when ++rules > Rules:
                        throw new InvalidEntryException($"There are more than {Rules} recurrence rules.", component.Line);
                    case "RECURRENCE-ID" when ++overrides > Overrides:
                        throw new InvalidEntryException($"There are more than {Overrides} changed instances.", component.Line);
                    case "EXDATE" or "RDATE" when (listed += line.Value.AsSpan().Count(',') + 1) > ListedDates:
                        throw new InvalidEntryException($"There are more than {ListedDates} EXDATE and RDATE values.", line.Number);
                    default:
                        break;
                }
            }
        }
    }
}
