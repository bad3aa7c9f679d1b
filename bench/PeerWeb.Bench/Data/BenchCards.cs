using System.Globalization;
using System.Text;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Bench.Data;

/// <summary>Cards of about 600 octets without a photo, as phones and offices write them.</summary>
/// <param name="version">As which version.</param>
internal sealed class BenchCards(int seed, CardVersion version)
{
    private static readonly string[] Given = ["Ada", "Grace", "Sam", "Bob", "Carol", "Jörg", "Zoë", "Henry", "Irène", "Noel", "Anna-Maria", "Łukasz"];
    private static readonly string[] Family = ["Lovelace", "Hopper", "Müller", "van der Berg", "O'Neill", "García", "Nakamura", "Keller", "Ångström"];
    private static readonly string[] Organizations = ["Acme", "Globex", "Analytical Engines Ltd.", "Bäckerei Keller"];

    public IEnumerable<string> Texts(int count)
    {
#pragma warning disable CA5394
        var random = new Random(seed);
        string Digits(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(10))));
        for (var i = 0; i < count; i++)
        {
            var (given, family, organization) = (Given[random.Next(Given.Length)], Family[random.Next(Family.Length)], Organizations[random.Next(Organizations.Length)]);
            string[] types = version switch { CardVersion.V21 => [";HOME;VOICE", ";CELL;PREF"], CardVersion.V30 => [";TYPE=HOME,VOICE", ";TYPE=CELL,pref"], _ => [";TYPE=home,voice", ";TYPE=cell;PREF=1"] };
            string[] lines =
            [
                "BEGIN:VCARD", version switch { CardVersion.V21 => "VERSION:2.1", CardVersion.V30 => "VERSION:3.0", _ => "VERSION:4.0" },
                string.Create(CultureInfo.InvariantCulture, $"UID:urn:uuid:00000000-0000-4000-8000-{i:000000000000}"),
                Property("FN", $"{given} {family} {i}"), Property("N", $"{family};{given};;;"), Property("ORG", $"{organization};Department {random.Next(20)}"), "TITLE:Chief of everything",
                $"TEL{types[0]}:+41 44 {Digits(3)} {Digits(2)} {Digits(2)}", $"TEL{types[1]}:+41 79 {Digits(3)} {Digits(2)} {Digits(2)}",
                string.Create(CultureInfo.InvariantCulture, $"EMAIL:contact{i}@acme.example"), string.Create(CultureInfo.InvariantCulture, $"EMAIL:office{i}@globex.example"),
                Property("ADR", $";;Bahnhofstrasse {random.Next(200)};Zürich;;80{Digits(2)};Switzerland"),
                string.Create(CultureInfo.InvariantCulture, $"BDAY:{1940 + random.Next(70)}{1 + random.Next(12):00}{1 + random.Next(28):00}"),
                "CATEGORIES:Customers,Newsletter", "URL:https://www.acme.example/people", Property("NOTE", "Met at the fair; prefers mail to telephone calls, and tea to coffee."),
                "REV:20260401T080000Z", "END:VCARD",
            ];
#pragma warning restore CA5394
            yield return string.Join("\r\n", lines) + "\r\n";
        }
    }

    /// <summary>Phones encode what is not ASCII.</summary>
    private string Property(string name, string value)
    {
        if (version != CardVersion.V21 || Ascii.IsValid(value))
            return $"{name}:{(version == CardVersion.V21 || name is not "NOTE" ? value : value.Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal))}";
        var encoded = string.Concat(Encoding.UTF8.GetBytes(value).Select(octet => octet is > 32 and < 127 and not (byte)'=' ? $"{(char)octet}" : $"={octet:X2}"));
        return $"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{encoded}";
    }
}
