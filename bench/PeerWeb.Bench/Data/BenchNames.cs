using System.Globalization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Data;

/// <summary>Entries of about 600 octets with people's names as titles, the same for the same seed; with or without 30 kB that no list shows.</summary>
internal sealed class BenchNames(int seed, int entries, bool hasPhoto = false)
{
    /// <summary>Stands in exactly one entry, in its middle.</summary>
    public const string Once = "quetzal";

    private const int PhotoBytes = 22_500;

    private static readonly string[] Starts = ["An", "Bea", "Car", "Dor", "El", "Fran", "Ger", "Han", "Is", "Jo", "Kat", "Lu", "Mar", "Nor", "Ol", "Pe", "Ra", "Sa", "Tho", "Ur", "Val", "Wil"];
    private static readonly string[] Ends = ["a", "o", "ina", "us", "ette", "ian", "ela", "bert", "mund", "y"];
    private static readonly string[] Families = ["Meier", "Müller", "Rossi", "Dubois", "Novák", "Schmid", "Garcia", "Jansen", "Berg", "Kowalski", "Okafor", "Tanaka", "Silva", "Brunner", "Keller", "Weiss"];
    private static readonly string[] Places = ["Zürich", "Bern", "Genève", "Lugano", "Basel", "Chur", "Luzern"];

    public int Entries { get; } = entries;

    public IEnumerable<(Uid Uid, string Text)> Texts()
    {
#pragma warning disable CA5394
        var random = new Random(seed);
        var photo = new byte[PhotoBytes];
        for (var i = 0; i < Entries; i++)
        {
            string One(string[] of) => of[random.Next(of.Length)];
            var uid = string.Create(CultureInfo.InvariantCulture, $"name-{seed}-{i:D6}@peerweb.example");
            var (name, number) = ($"{One(Starts)}{One(Ends)} {One(Families)}", random.Next(10_000));
            var mail = string.Create(CultureInfo.InvariantCulture, $"{Folding.Fold(name).Replace(' ', '.')}.{number}@{Folding.Fold(One(Places))}.example");
            random.NextBytes(photo);
            string[] lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Bench//EN", "BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20260401T080000Z",
                string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:2026{6 + random.Next(7):D2}{1 + random.Next(28):D2}"),
                string.Create(CultureInfo.InvariantCulture, $"SUMMARY:{name} {number}"), string.Create(CultureInfo.InvariantCulture, $"LOCATION:{One(Families)}strasse {number % 200}\\, {8000 + (number % 1000)} {One(Places)}"),
                $"DESCRIPTION:Met at the fair in {One(Places)}{(i == Entries / 2 ? " " + Once : string.Empty)}; works with {One(Starts)}{One(Ends)} {One(Families)} in sales",
                $"CONTACT:{mail}", string.Create(CultureInfo.InvariantCulture, $"X-TEL:+41 44 {number:D4} {random.Next(100):D2}"), $"X-ORG:{One(Families)} & {One(Families)} AG", "X-NOTE:" + new string('n', 120),
                .. hasPhoto ? (string[])["X-PHOTO:" + Convert.ToBase64String(photo)] : [],
                "SEQUENCE:1", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
            ];
            yield return (Uid.Parse(uid), string.Join("\r\n", lines) + "\r\n");
        }
#pragma warning restore CA5394
    }
}
