using NodaTime;

namespace PeerWeb.Demo.Data;

/// <summary>What repeats: stand-ups, planning, councils, handovers, with instances left out and moved.</summary>
internal static class DemoSeries
{
    private const string Zurich = "Europe/Zurich";
    private const string NewYork = "America/New_York";
    private const string Tokyo = "Asia/Tokyo";

    public static IEnumerable<DemoEvent> Of(DemoPerson person, LocalDate monday)
    {
        var own = person.Company == "acme" ? Acme(monday) : Globex(monday);
        return own.Concat(Shared(monday)).Where(demoEvent => demoEvent.Organizer == person || demoEvent.Attendees.Contains(person)).Concat(DemoHabits.Of(person, monday));
    }

    private static IEnumerable<DemoEvent> Acme(LocalDate monday)
    {
        var start = monday.PlusWeeks(-DemoCalendars.Weeks);
        var standUp = start.At(new LocalTime(9, 15));
        var team = DemoPerson.Acme;
        DemoEvent StandUp(List<string> when, string summary, int sequence) => new("stand-up@acme.example", summary, when)
        {
            Organizer = DemoPerson.Bob,
            Attendees = team,
            Location = "Room Edison / video",
            Category = "Team",
            Sequence = sequence,
        };
        yield return StandUp(
            [
                .. DemoEvent.Zoned(Zurich, standUp, 15),
                "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
                $"EXDATE;TZID={Zurich}:{DemoEvent.Time(standUp.PlusWeeks(24).PlusDays(2))},{DemoEvent.Time(standUp.PlusWeeks(27).PlusDays(1))}",
                $"EXDATE;TZID={Zurich}:{DemoEvent.Time(standUp.PlusWeeks(30).PlusDays(3))}",
            ],
            "Stand-up",
            1);
        yield return StandUp(
            [.. DemoEvent.Zoned(Zurich, standUp.PlusWeeks(26).PlusDays(1).PlusMinutes(60), 30), $"RECURRENCE-ID;TZID={Zurich}:{DemoEvent.Time(standUp.PlusWeeks(26).PlusDays(1))}"],
            "Stand-up (long, release week)",
            2);
        var planning = start.At(new LocalTime(10, 0));
        DemoEvent Planning(List<string> when, int sequence) => new("sprint-planning@acme.example", "Sprint planning", when)
        {
            Organizer = DemoPerson.Ada,
            Attendees = team,
            Location = "Room Edison",
            Category = "Team",
            Description = "Goal, capacity, then the board from top to bottom.\nPlease bring estimates for carried-over items.",
            Sequence = sequence,
            AlarmMinutes = 10,
        };
        yield return Planning([.. DemoEvent.Zoned(Zurich, planning, 90), "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"], 0);
        yield return Planning([.. DemoEvent.Zoned(Zurich, planning.PlusWeeks(28).PlusDays(1).PlusHours(3), 90), $"RECURRENCE-ID;TZID={Zurich}:{DemoEvent.Time(planning.PlusWeeks(28))}"], 1);
        yield return Weekly("sprint-review@acme.example", "Sprint review", Zurich, start.PlusDays(11).At(new LocalTime(14, 0)), 60, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", DemoPerson.Ada, team) with
        {
            Description = "Each team shows what is done. Guests welcome.",
            Location = "Workshop, ground floor",
            Category = "Team",
        };
        yield return Weekly("product-council@acme.example", "Product council", Zurich, First(start, IsoDayOfWeek.Wednesday).At(new LocalTime(15, 0)), 120, "FREQ=MONTHLY;BYDAY=1WE", DemoPerson.Ada, team) with
        {
            Description = "Roadmap of the Lumen line, margins, open decisions.",
            Category = "Product",
        };
        yield return Weekly("one-on-one-ada-bob@acme.example", "One-on-one Ada / Bob", Zurich, start.PlusDays(3).At(new LocalTime(11, 0)), 30, "FREQ=WEEKLY;BYDAY=TH", DemoPerson.Ada, [DemoPerson.Bob]) with { IsPrivate = true };
        yield return Weekly("one-on-one-ada-carol@acme.example", "One-on-one Ada / Carol", NewYork, start.PlusDays(2).At(new LocalTime(9, 30)), 30, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", DemoPerson.Ada, [DemoPerson.Carol]);
        yield return new DemoEvent("all-hands@acme.example", "Acme all hands", [.. DemoEvent.Utc(Last(start, IsoDayOfWeek.Thursday).At(new LocalTime(14, 0)), 45), "RRULE:FREQ=MONTHLY;BYDAY=-1TH"])
        {
            Organizer = DemoPerson.Ada,
            Attendees = team,
            Category = "Company",
        };
    }

    private static IEnumerable<DemoEvent> Globex(LocalDate monday)
    {
        var start = monday.PlusWeeks(-DemoCalendars.Weeks);
        var team = DemoPerson.Globex;
        var call = start.At(new LocalTime(12, 0));
        DemoEvent Call(List<string> when, string status, int sequence) => new("operations-call@globex.example", "Operations call", when)
        {
            Organizer = DemoPerson.Sam,
            Attendees = team,
            Category = "Operations",
            Description = "Late arrivals, blocked docks, staffing of the next 24 hours.",
            Status = status,
            Sequence = sequence,
        };
        yield return Call([.. DemoEvent.Utc(call, 20), "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", $"EXDATE:{DemoEvent.Time(call.PlusWeeks(25).PlusDays(4))}Z"], "CONFIRMED", 0);
        yield return Call([.. DemoEvent.Utc(call.PlusWeeks(26).PlusDays(2), 20), $"RECURRENCE-ID:{DemoEvent.Time(call.PlusWeeks(26).PlusDays(2))}Z"], "CANCELLED", 1);
        var handover = start.At(new LocalTime(17, 0));
        DemoEvent Handover(List<string> when, int sequence) => new("tokyo-handover@globex.example", "Handover Tokyo / Basel", when)
        {
            Organizer = DemoPerson.Henry,
            Attendees = [DemoPerson.Sam],
            Category = "Operations",
            Sequence = sequence,
        };
        yield return Handover([.. DemoEvent.Zoned(Tokyo, handover, 30), "RRULE:FREQ=WEEKLY;BYDAY=MO,WE", $"EXDATE;TZID={Tokyo}:{DemoEvent.Time(handover.PlusWeeks(27))}"], 0);
        yield return Handover([.. DemoEvent.Zoned(Tokyo, handover.PlusWeeks(26).PlusDays(3), 45), $"RECURRENCE-ID;TZID={Tokyo}:{DemoEvent.Time(handover.PlusWeeks(26).PlusDays(2))}"], 1);
        yield return Weekly("rate-review@globex.example", "Carrier rate review", Zurich, First(start, IsoDayOfWeek.Tuesday).PlusWeeks(1).At(new LocalTime(13, 30)), 90, "FREQ=MONTHLY;BYDAY=2TU", DemoPerson.Sam, [DemoPerson.Grace]) with
        {
            Location = "Basel office, Rhine room",
            Category = "Commercial",
        };
        yield return Weekly("dock-plan@globex.example", "Dock plan for next week", NewYork, start.PlusDays(3).At(new LocalTime(10, 0)), 45, "FREQ=WEEKLY;BYDAY=TH", DemoPerson.Grace, [DemoPerson.Sam, DemoPerson.Henry]) with { Category = "Planning" };
        yield return Weekly("one-on-one-sam-grace@globex.example", "One-on-one Sam / Grace", NewYork, start.PlusDays(1).At(new LocalTime(9, 0)), 30, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", DemoPerson.Sam, [DemoPerson.Grace]) with { IsPrivate = true };
        yield return Weekly("safety-briefing@globex.example", "Warehouse safety briefing", Zurich, start.PlusDays(4).At(new LocalTime(8, 0)), 30, "FREQ=WEEKLY;INTERVAL=4;BYDAY=FR", DemoPerson.Sam, team) with
        {
            Location = "Hall 2, Basel",
            Category = "Safety",
        };
    }

    private static IEnumerable<DemoEvent> Shared(LocalDate monday)
    {
        var start = monday.PlusWeeks(-DemoCalendars.Weeks).PlusDays(1).At(new LocalTime(16, 0));
        yield return Weekly("delivery-sync@globex.example", "Acme / Globex delivery sync", Zurich, start, 45, "FREQ=WEEKLY;BYDAY=TU", DemoPerson.Sam, [DemoPerson.Ada, DemoPerson.Henry]) with
        {
            Description = "Open shipments, customs papers, forecast for the next four weeks.",
            Category = "Partners",
            AlarmMinutes = 15,
        };
    }

    private static DemoEvent Weekly(string uid, string summary, string zone, LocalDateTime start, int minutes, string rule, DemoPerson organizer, IReadOnlyList<DemoPerson> attendees) =>
        new(uid, summary, [.. DemoEvent.Zoned(zone, start, minutes), $"RRULE:{rule}"]) { Organizer = organizer, Attendees = attendees };

    private static LocalDate First(LocalDate from, IsoDayOfWeek day) => from.With(DateAdjusters.StartOfMonth).With(DateAdjusters.NextOrSame(day));

    private static LocalDate Last(LocalDate from, IsoDayOfWeek day) => from.With(DateAdjusters.EndOfMonth).With(DateAdjusters.PreviousOrSame(day));
}
