using System.Globalization;
using System.Text;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats;
using PeerWeb.Shared;

namespace PeerWeb.Demo.Data;

/// <summary>The demo's address books: some hundred people and companies that nobody is, the same for the same day.</summary>
public static class DemoContacts
{
    private static readonly string[] Given =
        ["Alma", "Bruno", "Céline", "Dmitri", "Elif", "Farid", "Gréta", "Hiro", "Ines", "Jakub", "Karla", "Linus", "Maïa", "Noor", "Oskar", "Paula", "Quentin", "Rosa", "Søren", "Tomás", "Una", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoë"];

    private static readonly string[] Family =
        ["Adler", "Brunner", "Castelli", "Dubois", "Eriksen", "Fontana", "Grünwald", "Horváth", "Ito", "Jansen", "Kowalska", "Lindqvist", "Müller", "Novák", "O’Leary", "Petrov", "Quist", "Rossi", "Sánchez", "Tanaka", "Unger", "Vargas", "Weber", "Xu", "Yıldız", "Zimmer"];

    private static readonly (string Name, string Domain, string City, string Country)[] Companies =
    [
        ("Harbour Works", "harbour.example", "Hamburg", "Germany"), ("Northlight Studio", "northlight.example", "Oslo", "Norway"), ("Kiln & Clay", "kiln.example", "Porto", "Portugal"),
        ("Meridian Freight", "meridian.example", "Rotterdam", "Netherlands"), ("Alpine Optics", "optics.example", "Bern", "Switzerland"), ("Orchard Foods", "orchard.example", "Bristol", "United Kingdom"),
    ];

    private static readonly string[] Titles = ["Accounts", "Head of purchasing", "Engineer", "Architect", "Legal", "Reception", "Director"];

    public static IReadOnlyList<DemoCollection> Around(LocalDate today) =>
        [.. ((DemoPerson[])[DemoPerson.Ada, DemoPerson.Bob, DemoPerson.Sam, DemoPerson.Grace]).Select((person, at) => new DemoCollection(person, AddressBookApp.AppId, "Contacts", SourceColor.Palette[^(at + 1)], Text(person, at, today)))];

    private static string Text(DemoPerson person, int at, LocalDate today)
    {
        var text = new StringBuilder();
        var count = 60 + (20 * (at % 3));
        for (var number = 0; number < count; number++)
            Append(text, Card(person, (7 * number) + (11 * at), number, today));
        foreach (var company in Companies.Where((_, index) => index % 3 != at % 3))
            Append(text, Company(person, company));
        Append(text, Group(person, "Boat party", [0, 3, 5, 8]));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in (string[])["BEGIN:VCARD", "VERSION:4.0", .. lines, "END:VCARD"])
            ContentLines.AppendFolded(text, line);
    }

    private static IEnumerable<string> Card(DemoPerson person, int seed, int number, LocalDate today)
    {
        var (given, family, company) = (Given[(seed + (seed / 26)) % Given.Length], Family[(3 * seed) % Family.Length], Companies[seed % Companies.Length]);
        yield return $"UID:{Uid(person, number)}";
        yield return $"FN:{TextValue.Escape($"{given} {family}")}";
        yield return $"N:{TextValue.Escape(family)};{TextValue.Escape(given)};;;";
        yield return $"REV:{DemoEvent.Day(today.PlusDays(-30 - number))}T090000Z";
        yield return $"EMAIL;TYPE=work;PREF=1:{Mailbox(given)}.{Mailbox(family)}@{company.Domain}";
        if (number % 3 == 0)
            yield return $"EMAIL;TYPE=home:{Mailbox(given)}{number}@mail.example";
        yield return string.Create(CultureInfo.InvariantCulture, $"TEL;VALUE=uri;TYPE=\"work,voice\":tel:+41-44-555-{(seed * 37) % 10_000:D4}");
        if (number % 2 == 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"TEL;VALUE=uri;TYPE=\"cell\":tel:+41-79-555-{(seed * 53) % 10_000:D4}");
        yield return $"ORG:{TextValue.Escape(company.Name)}";
        yield return $"TITLE:{TextValue.Escape(Titles[seed % Titles.Length])}";
        if (number % 4 == 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"ADR;TYPE=work:;;Quay {1 + (seed % 90)};{company.City};;{1000 + (seed * 31 % 9000)};{company.Country}");
        if (number % 5 == 2)
        {
            // Some in these days, so that the calendar has one; every second without the year.
            var day = today.PlusDays((number * 9 % 360) - 10);
            yield return number % 2 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"BDAY:--{day.Month:D2}{day.Day:D2}")
                : string.Create(CultureInfo.InvariantCulture, $"BDAY:{1960 + (number % 40)}{day.Month:D2}{(day is { Month: 2, Day: 29 } ? 28 : day.Day):D2}");
        }
        if (number % 7 == 3)
            yield return $"NOTE:{TextValue.Escape("Met at the fair.\nPrefers to be called in the morning.")}";
        if (number % 6 == 0)
            yield return "CATEGORIES:suppliers";
    }

    private static IEnumerable<string> Company(DemoPerson person, (string Name, string Domain, string City, string Country) company)
    {
        yield return $"UID:company-{company.Domain}-{person.User}@{person.MailDomain}";
        yield return "KIND:org";
        yield return $"FN:{TextValue.Escape(company.Name)}";
        yield return $"ORG:{TextValue.Escape(company.Name)}";
        yield return $"EMAIL;TYPE=work:office@{company.Domain}";
        yield return $"URL:https://{company.Domain}/";
        yield return $"ADR;TYPE=work:;;Quay 1;{company.City};;;{company.Country}";
    }

    private static IEnumerable<string> Group(DemoPerson person, string name, IReadOnlyList<int> members)
    {
        yield return $"UID:group-{person.User}@{person.MailDomain}";
        yield return "KIND:group";
        yield return $"FN:{TextValue.Escape(name)}";
        foreach (var member in members)
            yield return $"MEMBER:{Uid(person, member)}";
    }

    private static string Uid(DemoPerson person, int number) => $"urn:uuid:{Guid(person, number):D}";

    /// <summary>The same for the same person and number.</summary>
    private static Guid Guid(DemoPerson person, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        Encoding.ASCII.GetBytes(person.User.PadRight(8).AsSpan(0, 8), bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Letters of ASCII alone.</summary>
    private static string Mailbox(string name) =>
        string.Concat(name.ToLowerInvariant().Normalize(NormalizationForm.FormKD).Where(char.IsAsciiLetter));
}
