using NodaTime;

namespace PeerWeb.Demo.Data;

/// <summary>What one person does again and again: sport, courses, month ends.</summary>
internal static class DemoHabits
{
    public static IEnumerable<DemoEvent> Of(DemoPerson person, LocalDate monday)
    {
        var start = monday.PlusWeeks(-DemoCalendars.Weeks);
        var domain = person.MailDomain;
        return person.User switch
        {
            "ada" =>
            [
                Floating($"ada-run@{domain}", "Morning run", start.PlusDays(1).At(new LocalTime(6, 45)), 40, "FREQ=WEEKLY;BYDAY=TU,TH", isPrivate: true),
                Course($"ada-course@{domain}", "Board preparation", person.Zone, monday.PlusWeeks(2).At(new LocalTime(17, 0)), 45, "FREQ=DAILY;COUNT=5"),
                Course($"ada-numbers@{domain}", "Read the numbers", person.Zone, start.At(new LocalTime(8, 15)), 30, "FREQ=MONTHLY;BYMONTHDAY=3,17"),
            ],
            "bob" =>
            [
                Floating($"bob-climbing@{domain}", "Climbing", start.PlusDays(2).At(new LocalTime(18, 30)), 120, "FREQ=WEEKLY;BYDAY=WE", isPrivate: true),
                Course($"bob-course@{domain}", "Embedded Rust course", person.Zone, monday.PlusWeeks(-1).At(new LocalTime(13, 0)), 120, "FREQ=DAILY;COUNT=10"),
                Course($"bob-release@{domain}", "Firmware release", person.Zone, start.PlusDays(3).At(new LocalTime(16, 0)), 60, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH"),
            ],
            "carol" =>
            [
                Floating($"carol-choir@{domain}", "Choir", start.At(new LocalTime(19, 0)), 90, "FREQ=WEEKLY;BYDAY=MO", isPrivate: true),
                Course($"carol-desk@{domain}", "Design desk: open hour", person.Zone, start.PlusDays(4).At(new LocalTime(11, 0)), 60, "FREQ=WEEKLY;BYDAY=FR"),
                Course($"carol-photos@{domain}", "Catalogue photo days", person.Zone, monday.PlusWeeks(3).At(new LocalTime(9, 0)), 300, "FREQ=DAILY;COUNT=4"),
            ],
            "sam" =>
            [
                Course($"sam-month-end@{domain}", "Month-end figures", person.Zone, start.With(DateAdjusters.EndOfMonth).At(new LocalTime(9, 0)), 60, "FREQ=MONTHLY;BYMONTHDAY=-1"),
                Floating($"sam-rowing@{domain}", "Rowing", start.PlusDays(5).At(new LocalTime(8, 0)), 90, "FREQ=WEEKLY;BYDAY=SA", isPrivate: true),
                Course($"sam-audit@{domain}", "ISO audit, daily wrap-up", person.Zone, monday.PlusWeeks(1).At(new LocalTime(16, 30)), 30, "FREQ=DAILY;COUNT=5"),
            ],
            "grace" =>
            [
                Floating($"grace-lunch@{domain}", "Lunch, no meetings", start.At(new LocalTime(12, 0)), 45, "FREQ=WEEKLY;BYDAY=MO,WE,FR", isPrivate: false),
                Course($"grace-forecast@{domain}", "Volume forecast", person.Zone, start.PlusDays(2).At(new LocalTime(14, 0)), 60, "FREQ=WEEKLY;BYDAY=WE"),
                Course($"grace-yard@{domain}", "Yard management training", person.Zone, monday.PlusWeeks(-2).At(new LocalTime(10, 0)), 90, "FREQ=DAILY;COUNT=5"),
            ],
            _ =>
            [
                Course($"henry-port@{domain}", "Port of Tokyo slot booking", person.Zone, start.PlusDays(1).At(new LocalTime(9, 0)), 60, "FREQ=WEEKLY;BYDAY=TU,FR"),
                Floating($"henry-judo@{domain}", "Judo", start.PlusDays(3).At(new LocalTime(19, 0)), 90, "FREQ=WEEKLY;BYDAY=TH", isPrivate: true),
                Course($"henry-inventory@{domain}", "Inventory count Yokohama", person.Zone, monday.At(new LocalTime(13, 0)), 180, "FREQ=DAILY;COUNT=5"),
            ],
        };
    }

    private static DemoEvent Floating(string uid, string summary, LocalDateTime start, int minutes, string rule, bool isPrivate) =>
        new(uid, summary, [.. DemoEvent.Floating(start, minutes), $"RRULE:{rule}"]) { IsPrivate = isPrivate, Category = "Personal" };

    private static DemoEvent Course(string uid, string summary, string zone, LocalDateTime start, int minutes, string rule) =>
        new(uid, summary, [.. DemoEvent.Zoned(zone, start, minutes), $"RRULE:{rule}"]) { Category = "Focus" };
}
