
namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>What search looks at of a component: title, place, description, categories, and the people in it.</summary>
internal static class SearchedText
{
    public static IEnumerable<string> Of(Component component)
    {
        foreach (var line in component.Properties)
        {
            switch (line.Name)
            {
                case "SUMMARY" or "LOCATION" or "DESCRIPTION" or "CATEGORIES" or "COMMENT" or "CONTACT":
                    yield return TextValue.Unescape(line.Value);
                    break;
                case "ORGANIZER" or "ATTENDEE":
                    yield return $"{line.Parameter("CN")} {CalendarAddress.Read(line.Value)}".Trim();
                    break;
                default:
                    break;
            }
        }
    }
}
