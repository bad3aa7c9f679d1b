using System.Globalization;
using System.Text;
using NodaTime;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Notes;

namespace PeerWeb.Demo.Data;

/// <summary>The demo's notebooks.</summary>
public static class DemoNotes
{
    private static readonly (string Title, string Tags, int? DaysAgo, string Text)[] Common =
    [
        ("Planning meeting", "meetings,planning", 5,
            "# Decisions\n\n- The new site opens in **March**\n- Budget stays as it is\n- Who is on call: see the calendar\n\n> We said that before, and this time we mean it.\n\n## Open\n\n1. A name for the room\n2. Who tells the neighbours?"),
        ("Wi-Fi and doors", "office", null, "| Where | What |\n|---|---|\n| Guests | `guest`, ask at the desk |\n| Side door | closes at *18:00* |\n"),
        ("Books to read", "private life", null, "- [x] The one about maps\n- [ ] The one about bridges\n- [ ] Something short"),
        ("Ideas for the summer party", "party", 40, "A boat? A barbecue by the river? **No speeches.**\n\nPrices: https://example.org/boats"),
    ];

    public static IReadOnlyList<DemoCollection> Around(LocalDate today) =>
        [.. ((DemoPerson[])[DemoPerson.Ada, DemoPerson.Bob, DemoPerson.Sam, DemoPerson.Grace]).Select(person => new DemoCollection(person, NoteApp.AppId, "Notebook", DemoCalendars.ColorOf(person), Text(person, today)))];

    private static string Text(DemoPerson person, LocalDate today)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Notes 2.0//EN\r\n");
        foreach (var (note, index) in Common.Select((note, index) => (note, index)).Where(pair => (pair.index + person.User.Length) % 4 != 0))
        {
            var written = today.PlusDays(-7 * (index + 1));
            var stamp = $"{DemoEvent.Day(written)}T090000Z";
            string[] lines =
            [
                "BEGIN:VJOURNAL", string.Create(CultureInfo.InvariantCulture, $"UID:note-{index}-{person.User}@{person.MailDomain}"), $"DTSTAMP:{stamp}", $"CREATED:{stamp}", $"LAST-MODIFIED:{stamp}",
                $"SUMMARY:{TextValue.Escape(note.Title)}", $"CATEGORIES:{note.Tags}", $"DESCRIPTION:{TextValue.Escape(note.Text)}",
            ];
            foreach (var line in lines)
                ContentLines.AppendFolded(text, line);
            if (note.DaysAgo is { } days)
                ContentLines.AppendFolded(text, $"DTSTART;VALUE=DATE:{DemoEvent.Day(today.PlusDays(-days))}");
            ContentLines.AppendFolded(text, "END:VJOURNAL");
        }
        return text.Append("END:VCALENDAR\r\n").ToString();
    }
}
