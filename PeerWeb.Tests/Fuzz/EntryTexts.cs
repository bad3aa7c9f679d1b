using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Formats.VCard;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Texts of each app that are right, with a bit of all that they may have, to be spoilt; all have the UID "one".</summary>
internal static class EntryTexts
{
    /// <summary>Contacts as rows.</summary>
    public static readonly string[] Tables =
    [
        "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Birthday,Notes\r\nAda,Lovelace,ada@acme.example,+41 44 123 45 67,1815-12-10,\"Likes, engines\r\nand \"\"poems\"\"\"\r\nGrace,Hopper,grace@acme.example,,,\r\n",
        "Name;Mail;Telefon\r\nJörg Müller;j@acme.example;044 123 45 67\r\n\r\nZoë;z@acme.example;\r\n",
        "UID,Full Name,Organization,Birthday,Private\none,Ada Lovelace,\"Engines; Ltd\",18151210,yes\n",
    ];

    private static readonly string[] Todos =
    [
        AppSamples.Todos.Of("one", "Pay", 10, "DTSTART:20261101T090000Z", "PRIORITY:1", "PERCENT-COMPLETE:40", "STATUS:IN-PROCESS", "CATEGORIES:A,B", "RELATED-TO;RELTYPE=PARENT:two"),
        AppSamples.Todos.Of("one", "Water", 10, "DTSTART:20261110T080000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=9", "EXDATE:20261117T080000Z"),
        AppSamples.Todos.Of("one", "Done", 10, "STATUS:COMPLETED", "COMPLETED:20261110T100000Z", "CLASS:PRIVATE", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;RELATED=END:-PT10M", "END:VALARM"),
    ];

    private static readonly string[] Notes =
    [
        AppSamples.Notes.Of("one", "Minutes", 10, "DESCRIPTION:# Title\\n\\n- one\\, two\\n- [link](https://acme.example)", "CATEGORIES:A,B", "CLASS:PUBLIC"),
        AppSamples.Notes.Of("one", "Diary", 11, "RRULE:FREQ=DAILY;COUNT=5", "STATUS:DRAFT", "X-UNKNOWN;X-P=\"a;b\":kept"),
        AppSamples.Notes.Untimed("one", "Some day") ?? "",
    ];

    private static readonly string[] Cards =
    [
        Vcf.Of("4.0", "UID:one", "FN:Ada Lovelace", "N:Lovelace;Ada;;;", "EMAIL;PREF=1:ada@acme.example", "TEL;VALUE=uri;TYPE=\"home,voice\":tel:+41-44-1234567", "BDAY:18151210", "ANNIVERSARY:--0708", "CATEGORIES:A,B"),
        Vcf.Of("3.0", "UID:one", "FN:Grace Hopper", "N:Hopper;Grace;;;", "ORG:Navy;Research", "item1.ADR;TYPE=WORK:;;Street 1;Zürich;;8001;Switzerland", "item1.X-ABLabel:Office", Vcf.Photo(Vcf.Png(9, 9))),
        Vcf.Of("2.1", "UID:one", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg", "N:Mueller;Joerg", "TEL;HOME;VOICE:044", "NOTE;ENCODING=QUOTED-PRINTABLE:two=0D=0A=\r\nlines"),
        Vcf.Of("4.0", "UID:one", "KIND:group", "FN:Team", "MEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af", "MEMBER:mailto:bob@acme.example", "CLASS:PRIVATE"),
    ];

    public static IApp AppOf(string app) => app switch { "todo" => new TodoApp(), "notes" => new NoteApp(), "addressbook" => new AddressBookApp(), _ => new CalendarApp() };

    /// <summary>What lists and calendars get of these texts, as JSON.</summary>
    public static IReadOnlyList<string> DetailsOf(string app)
    {
        var range = new TimeRange(Instant.FromUtc(2026, 5, 1, 0, 0), Instant.FromUtc(2028, 5, 1, 0, 0));
        return [.. Of(app).Select(text => AppOf(app).Index(text, range).Detail)];
    }

    public static IReadOnlyList<string> Of(AppId app) => Of(app.Value);

    public static IReadOnlyList<string> Of(string app) => app switch { "todo" => Todos, "notes" => Notes, "addressbook" => Cards, _ => CalendarTexts.All };
}
