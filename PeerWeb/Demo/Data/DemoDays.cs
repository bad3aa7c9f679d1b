using NodaTime;

namespace PeerWeb.Demo.Data;

/// <summary>Whole days and journeys: public holidays, birthdays, time off, conferences, flights.</summary>
internal static class DemoDays
{
    private static readonly (string User, int Month, int Day)[] Birthdays =
        [("ada", 12, 10), ("bob", 3, 22), ("carol", 7, 5), ("sam", 1, 19), ("grace", 12, 9), ("henry", 9, 14)];

    private static readonly (string Slug, string Name, int Month, int Day)[] SwissHolidays =
    [
        ("new-year", "New Year's Day", 1, 1), ("berchtold", "Berchtold's Day", 1, 2), ("labour", "Labour Day", 5, 1),
        ("national", "Swiss National Day", 8, 1), ("christmas", "Christmas Day", 12, 25), ("stephen", "St Stephen's Day", 12, 26),
    ];

    private static readonly (string Slug, string Name, int Month, int Day)[] AmericanHolidays =
        [("new-year", "New Year's Day", 1, 1), ("juneteenth", "Juneteenth", 6, 19), ("independence", "Independence Day", 7, 4), ("christmas", "Christmas Day", 12, 25)];

    private static readonly (string Slug, string Name, int Month, int Day)[] JapaneseHolidays =
        [("new-year", "New Year's Day", 1, 1), ("showa", "Showa Day", 4, 29), ("greenery", "Greenery Day", 5, 4), ("culture", "Culture Day", 11, 3), ("labor", "Labor Thanksgiving Day", 11, 23)];

    public static IEnumerable<DemoEvent> Of(DemoPerson person, LocalDate monday) =>
        [.. Holidays(person), .. BirthdaysOf(person), .. TimeOff(person, monday), .. Journeys(person, monday), .. CompanyDays(person, monday)];

    private static IEnumerable<DemoEvent> Holidays(DemoPerson person)
    {
        var holidays = person.Zone switch { "Europe/Zurich" => SwissHolidays, "Asia/Tokyo" => JapaneseHolidays, _ => AmericanHolidays };
        return holidays.Select(holiday => Yearly($"{person.User}-holiday-{holiday.Slug}@{person.MailDomain}", holiday.Name, holiday.Month, holiday.Day, "Holiday"));
    }

    private static IEnumerable<DemoEvent> BirthdaysOf(DemoPerson person) => Birthdays
        .Where(birthday => person.Colleagues.Any(colleague => colleague.User == birthday.User && colleague != person))
        .Select(birthday => Yearly($"{person.User}-birthday-{birthday.User}@{person.MailDomain}", $"{Capitalised(birthday.User)}'s birthday", birthday.Month, birthday.Day, "Birthday"));

    private static IEnumerable<DemoEvent> TimeOff(DemoPerson person, LocalDate monday)
    {
        var shift = Index(person);
        yield return Days($"{person.User}-time-off-1@{person.MailDomain}", "Time off", monday.PlusWeeks(-18 + shift), 5, "Time off") with { Description = "Back on Monday." };
        yield return Days($"{person.User}-time-off-2@{person.MailDomain}", "Time off", monday.PlusWeeks(7 + shift), 12, "Time off");
        yield return Days($"{person.User}-moving@{person.MailDomain}", "Moving house", monday.PlusWeeks(-5 + shift).PlusDays(4), 2, "Personal") with { IsPrivate = true };
    }

    private static IEnumerable<DemoEvent> Journeys(DemoPerson person, LocalDate monday)
    {
        var (fair, city, zone) = person.Company == "acme" ? ("Light + Home fair", "New York", "America/New_York") : ("Freight Forum", "Tokyo", "Asia/Tokyo");
        var first = monday.PlusWeeks(4).PlusDays(1);
        yield return Days($"{person.User}-fair@{person.MailDomain}", fair, first, 3, "Conference") with { Location = city };
        if (person.Zone == zone)
            yield break;
        yield return Flight(person, "out", $"Flight to {city}", person.Zone, first.PlusDays(-1).At(new LocalTime(10, 5)), zone, first.PlusDays(person.Company == "acme" ? -1 : 0).At(new LocalTime(13, 10)));
        yield return Flight(person, "home", "Flight home", zone, first.PlusDays(3).At(new LocalTime(17, 40)), person.Zone, first.PlusDays(4).At(new LocalTime(12, 25)));
    }

    private static IEnumerable<DemoEvent> CompanyDays(DemoPerson person, LocalDate monday)
    {
        var isAcme = person.Company == "acme";
        yield return Days($"offsite@{person.MailDomain}", isAcme ? "Acme offsite" : "Globex strategy days", monday.PlusWeeks(-9).PlusDays(2), 3, "Company") with { Location = isAcme ? "Flims" : "Colmar" };
        yield return Days($"launch@{person.MailDomain}", isAcme ? "Lumen 3 launch" : "Peak season begins", monday.PlusWeeks(6).PlusDays(3), 1, "Company") with { IsFree = true };
        yield return Days($"inventory@{person.MailDomain}", isAcme ? "Sample stock count" : "Yearly inventory", monday.PlusWeeks(15), 2, "Company");
    }

    private static DemoEvent Flight(DemoPerson person, string slug, string summary, string from, LocalDateTime departs, string to, LocalDateTime arrives) =>
        new($"{person.User}-flight-{slug}@{person.MailDomain}", summary, [$"DTSTART;TZID={from}:{DemoEvent.Time(departs)}", $"DTEND;TZID={to}:{DemoEvent.Time(arrives)}"])
        {
            Category = "Travel",
            AlarmMinutes = 180,
        };

    private static DemoEvent Days(string uid, string summary, LocalDate first, int days, string category) => new(uid, summary, DemoEvent.Days(first, days)) { Category = category };

    private static DemoEvent Yearly(string uid, string summary, int month, int day, string category) =>
        new(uid, summary, [.. DemoEvent.Days(new LocalDate(2020, month, day), 1), "RRULE:FREQ=YEARLY"]) { Category = category, IsFree = true };

    private static int Index(DemoPerson person) => DemoPerson.All.TakeWhile(other => other != person).Count();

    private static string Capitalised(string user) => char.ToUpperInvariant(user[0]) + user[1..];
}
