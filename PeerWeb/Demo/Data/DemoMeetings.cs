using System.Globalization;
using NodaTime;

namespace PeerWeb.Demo.Data;

/// <summary>Single meetings on the working days: what a calendar mostly consists of.</summary>
internal static class DemoMeetings
{
    private sealed record Topic(string Slug, string Summary, int Minutes, string? Location = null, string? Description = null, bool IsPrivate = false);

    private static readonly Topic[] Acme =
    [
        new("design-review", "Lumen 3 design review", 60, "Room Tesla", "Housing, hinge and packaging; decisions go into the product log."),
        new("supplier-housings", "Supplier call: aluminium housings", 45, "Video", "Prices for 5,000 and 20,000 pieces, lead times."),
        new("customer-interview", "Customer interview", 60, "Video", "Script is in the shared folder. Two of us, one takes notes."),
        new("triage", "Firmware triage", 30, "Room Edison"),
        new("certification", "CE certification: open points", 45, null, "Test report, labels, declaration of conformity."),
        new("pricing", "Pricing workshop", 90, "Workshop, ground floor"),
        new("samples", "Packaging samples", 30, "Room Tesla"),
        new("hiring", "Interview: firmware engineer", 60, "Room Volta", "Technical part, then a walk through the workshop.", IsPrivate: true),
        new("web-shop", "Web shop: checkout review", 45, "Video"),
        new("support", "Support tickets of the week", 30),
        new("battery", "Battery test results", 45, "Lab", "1,000 cycles at 45 °C; capacity left and swelling."),
        new("press", "Press kit", 45),
        new("focus", "Focus time", 120),
        new("dentist", "Dentist", 60, null, null, IsPrivate: true),
        new("school", "School meeting", 60, null, null, IsPrivate: true),
        new("budget", "Budget for next quarter", 60, "Room Volta"),
    ];

    private static readonly Topic[] Globex =
    [
        new("customs", "Customs clearance: open cases", 45, "Video", "Missing papers first, then the cases older than five days."),
        new("carrier", "Carrier call: capacity to Rotterdam", 30, "Phone"),
        new("route", "Route planning Gotthard", 60, "Control room"),
        new("dock", "Dock scheduling", 30, "Hall 2, Basel"),
        new("claim", "Damage claim: pallets with lamps", 45, null, "Photos and the delivery note are with claims."),
        new("walk-through", "Warehouse walk-through", 90, "Hall 1, Basel", "Aisles 12 to 18; fire doors; charging stations."),
        new("tender", "Tender: cold chain", 60),
        new("fuel", "Fuel surcharge update", 30),
        new("onboarding", "Customer onboarding", 60, "Video", "Contacts, cut-off times, labels, test shipment."),
        new("fleet", "Fleet maintenance plan", 45, "Workshop"),
        new("staffing", "Shift staffing", 45, null, null, IsPrivate: true),
        new("edi", "EDI mapping with a customer", 60, "Video"),
        new("focus", "Focus time", 120),
        new("doctor", "Doctor's appointment", 45, null, null, IsPrivate: true),
        new("kindergarten", "Kindergarten party", 60, null, null, IsPrivate: true),
        new("insurance", "Cargo insurance renewal", 60, "Rhine room"),
    ];

    private static readonly LocalTime[] Slots = [new(10, 30), new(13, 15), new(14, 30), new(15, 45), new(17, 0)];

    /// <summary>A meeting is in the calendars of who called it and of who is asked to come, under one UID.</summary>
    public static IEnumerable<DemoEvent> Of(DemoPerson person, LocalDate monday) =>
        DemoPerson.All.SelectMany(organizer => CalledBy(organizer, monday))
            .Where(meeting => meeting.Organizer is null ? meeting.Uid.StartsWith(person.User + "-", StringComparison.Ordinal) : meeting.Attendees.Contains(person) || meeting.Organizer == person);

    private static IEnumerable<DemoEvent> CalledBy(DemoPerson organizer, LocalDate monday)
    {
        var topics = organizer.Company == "acme" ? Acme : Globex;
        var seed = DemoPerson.All.TakeWhile(other => other != organizer).Count() + 1;
        // Seeded: the same day gives the same demo.
#pragma warning disable CA5394
        var random = new Random(seed * 7919);
        for (var day = 0; day < DemoCalendars.Weeks * 14; day++)
        {
            var date = monday.PlusWeeks(-DemoCalendars.Weeks).PlusDays(day);
            if (date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)
                continue;
            var count = random.Next(10) switch { < 6 => 0, < 9 => 1, _ => 2 };
            var slot = random.Next(Slots.Length);
            for (var i = 0; i < count; i++)
                yield return Meeting(organizer, topics[random.Next(topics.Length)], date.At(Slots[(slot + (i * 2)) % Slots.Length]), string.Create(CultureInfo.InvariantCulture, $"{day}-{i}"), random.Next(100));
        }
#pragma warning restore CA5394
    }

    private static DemoEvent Meeting(DemoPerson organizer, Topic topic, LocalDateTime start, string number, int chance)
    {
        var isAlone = topic.IsPrivate || topic.Slug == "focus";
        var others = organizer.Colleagues.Where(colleague => colleague != organizer).ToList();
        // Half of the meetings are with somebody from the company, a few with the other company.
        var guests = isAlone || chance < 50 ? [] : chance < 92 ? [others[chance % 2]] : new List<DemoPerson> { others[chance % 2], chance % 2 == 0 ? Partner(organizer) : others[1 - (chance % 2)] };
        return new DemoEvent($"{organizer.User}-{topic.Slug}-{number}@{organizer.MailDomain}", topic.Summary, DemoEvent.Zoned(organizer.Zone, start, topic.Minutes))
        {
            Location = topic.Location,
            Description = topic.Description,
            Category = isAlone ? "Personal" : "Meeting",
            IsPrivate = topic.IsPrivate,
            Organizer = guests.Count > 0 ? organizer : null,
            Attendees = guests,
            Status = chance % 17 == 0 ? "TENTATIVE" : "CONFIRMED",
            AlarmMinutes = chance % 5 == 0 ? 10 : null,
        };
    }

    private static DemoPerson Partner(DemoPerson person) => person.Company == "acme" ? DemoPerson.Sam : DemoPerson.Ada;
}
