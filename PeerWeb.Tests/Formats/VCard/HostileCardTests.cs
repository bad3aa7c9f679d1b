using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>Cards made to hurt: each is read or refused with a reason, and comes back.</summary>
public sealed class HostileCardTests
{
    /// <summary>By name; the second says what the refusal must say, null for texts that are read.</summary>
    private static readonly Dictionary<string, (Func<string> Text, string? Refusal)> Texts = new()
    {
        ["a megabyte without a line end"] = (() => new string('A', 1 << 20), "512 KiB"),
        ["half a megabyte of blank lines"] = (() => string.Concat(Enumerable.Repeat("\r\n", 250_000)), "empty"),
        ["half a megabyte of colons"] = (() => new string(':', 500_000), "BEGIN"),
        ["a line folded after every character"] = (() => Vcf.Card("NOTE:" + string.Concat(Enumerable.Repeat("\r\n x", 90_000))), null),
        ["a soft line break after every character"] = (() => Vcf.Of("2.1", "UID:1", "NOTE;ENCODING=QUOTED-PRINTABLE:" + string.Concat(Enumerable.Repeat("a=\r\n", 90_000)), "TEL:1"), null),
        ["soft line breaks without end and a long head"] = (() => Vcf.Of("2.1", "UID:1", $"NOTE;X={new string('x', 90_000)};QUOTED-PRINTABLE:" + string.Concat(Enumerable.Repeat("=\r\n", 60_000))), "100 KiB"),
        ["a note broken into 90,000 lines"] = (() => Vcf.Card("NOTE:a\r\n" + string.Concat(Enumerable.Repeat("b\r\n", 90_000)) + "TEL:1"), "100 KiB"),
        ["a photo broken into 90,000 lines"] = (() => Vcf.Card("PHOTO;ENCODING=b:\r\n" + string.Concat(Enumerable.Repeat("AAAA\r\n", 60_000)) + "TEL:1"), "no PNG"),
        ["20,000 parameters"] = (() => Vcf.Card($"X-A{string.Concat(Enumerable.Repeat(";P=1", 20_000))}:x"), "parameters"),
        ["20,000 types"] = (() => Vcf.Of("2.1", "UID:1", $"TEL{string.Concat(Enumerable.Range(0, 20_000).Select(i => $";T{i}"))}:x"), "larger than 100 KiB"),
        ["quotes in quotes in quotes"] = (() => Vcf.Card($"TEL;TYPE={new string('"', 40_001)}:1"), null),
        ["90,000 backslashes"] = (() => Vcf.Card("N:" + new string('\\', 90_000), "CATEGORIES:" + new string('\\', 90_001)), null),
        ["90,000 parts of a name"] = (() => Vcf.Card("N:" + new string(';', 90_000), "ADR:" + new string(',', 90_000)), null),
        ["15,000 properties"] = (() => Vcf.Card(Enumerable.Repeat("TEL:1", 15_000)), "5000 properties"),
        ["4,000 groups with labels"] = (() => Vcf.Card(Enumerable.Range(0, 2_400).SelectMany(i => new[] { $"item{i}.TEL:{i}", $"item{i}.X-ABLABEL:{i}" })), null),
        ["agents within agents"] = (() => Vcf.Of("2.1", ["UID:1", "AGENT:", .. Enumerable.Repeat("BEGIN:VCARD", 20_000)]), "nested"),
        ["a character with 30,000 marks"] = (() => Vcf.Card("NOTE:e" + string.Concat(Enumerable.Repeat("\u0301\u0316", 15_000))), "marks"),
        ["a name of 2 KiB"] = (() => Vcf.Card("FN:" + new string('x', 2_000)), "FN is larger"),
        ["a base64 photo without end"] = (() => Vcf.Card($"PHOTO:data:image/png;base64,{new string('A', 400_000)}"), "PHOTO is larger"),
        ["a media type of 90,000 characters"] = (() => Vcf.Card($"PHOTO:data:{new string('a', 90_000)};base64,AAAA"), "no PNG"),
        ["quoted-printable in UTF-16"] = (() => Vcf.Of("2.1", "UID:1", "NOTE;CHARSET=UTF-16;ENCODING=QUOTED-PRINTABLE:=FE=FF"), "Unicode"),
        ["a character set that nobody knows"] = (() => Vcf.Of("2.1", "UID:1", "NOTE;CHARSET=X-NONE;ENCODING=QUOTED-PRINTABLE:=E4"), null),
        ["a control character in quoted-printable"] = (() => Vcf.Of("2.1", "UID:1", "FN;ENCODING=QUOTED-PRINTABLE:a=00b=1B[2J"), null),
        ["an escape out of a parameter"] = (() => Vcf.Of("2.1", "UID:1", "TEL;X=a^nEND:VCARD;HOME:1"), null),
        ["a lone high surrogate"] = (() => Vcf.Card("NOTE:a\uD83D"), "Unicode"),
        ["a UID of 600 characters"] = (() => Vcf.Of("4.0", "FN:Ada", "UID:" + new string('x', 600)), "UID"),
        ["a year of all digits"] = (() => Vcf.Card("BDAY:" + new string('9', 90_000), "ANNIVERSARY:99991231"), null),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_made_to_hurt_is_read_or_refused_with_a_reason(string name)
    {
        var (make, refusal) = Texts[name];
        var text = make();

        var reason = await HangGuard.RunAsync(() => ReasonAgainst(text));

        if (refusal is null)
            Assert.Null(reason);
        else
            Assert.Contains(refusal, reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cannot be understood", reason ?? string.Empty, StringComparison.Ordinal);
    }

    /// <summary>The same in a file: what is broken is reported, and the cards beside it are read.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_with_it_is_split_and_the_cards_beside_are_read(string name)
    {
        var file = Vcf.Of("4.0", "UID:before", "FN:Before") + Texts[name].Text() + "\r\n" + Vcf.Of("4.0", "UID:after", "FN:After");

        var entries = await Vcf.SplitAsync(file).WaitAsync(HangGuard.Limit, TestContext.Current.CancellationToken);

        Assert.Equal("Before", Assert.IsType<FileEntry.Readable>(entries[0]).Label);
        Assert.Equal("After", Assert.IsType<FileEntry.Readable>(entries[^1]).Label);
    }

    /// <summary>Octets changed, cut out, doubled: nothing but a reason comes out, for the text and for the file.</summary>
    [Fact]
    public async Task Mutated_cards_are_read_or_refused_and_nothing_else()
    {
        const int mutations = 3_000;
        var random = new Random(6350);
        byte[][] seeds = [.. Seeds.Select(Encoding.UTF8.GetBytes)];
        var read = 0;
        for (var i = 0; i < mutations; i++)
        {
            var octets = Mutated(seeds[random.Next(seeds.Length)], random);
            read += ReasonAgainst(Encoding.Latin1.GetString(octets)) is null ? 1 : 0;
            foreach (var entry in await Vcf.SplitAsync(octets))
            {
                if (entry is FileEntry.Readable readable)
                    read += ReasonAgainst(readable.Text) is null ? 1 : 0;
            }
        }
        Assert.InRange(read, mutations / 10, mutations * 4);
    }

    private static readonly string[] Seeds =
    [
        Vcf.Of("2.1", "UID:1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=20;b;;;", "FN:Ada", "TEL;HOME;PREF:1", "NOTE;ENCODING=QUOTED-PRINTABLE:one=", "=0D=0Atwo", "PHOTO;ENCODING=BASE64;PNG:" + Convert.ToBase64String(Vcf.Png(9, 9)), ""),
        Vcf.Of("3.0", "UID:2", "FN:Ada", "item1.TEL;TYPE=WORK,pref:1", "item1.X-ABLabel:_$!<Work>!$_", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "PHOTO;ENCODING=b;TYPE=JPEG:" + Convert.ToBase64String(Vcf.Jpeg(9, 9))),
        Vcf.Card("N:a;b;c,d;;", "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+1", "ADR;LABEL=\"a^nb\":;;c;d;;;", "BDAY:--0412", "CATEGORIES:a,b", "X-A;B=\"c;d\":e", Vcf.Photo(Vcf.WebP("VP8L", 9, 9))),
    ];

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var octets = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(5))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.RemoveRange(at, Math.Min(random.Next(1, 20), octets.Count - at));
                    break;
                case 2:
                    octets.InsertRange(at, octets.GetRange(at, Math.Min(random.Next(1, 60), octets.Count - at)));
                    break;
                case 3:
                    octets.Insert(at, ":;,=\"\\\r\n^. "u8[random.Next(11)]);
                    break;
                default:
                    octets.InsertRange(at, "BEGIN:VCARD\r\n"u8.ToArray());
                    break;
            }
            if (octets.Count == 0)
                octets.Add(0);
        }
        return [.. octets];
    }

    private static string? ReasonAgainst(string text)
    {
        try
        {
            var entry = Vcf.Index(text);
            Vcf.Fields(entry.Text);
            Assert.Equal(entry.Text, Vcf.Index(entry.Text).Text);
            return null;
        }
        catch (InvalidEntryException refused)
        {
            return refused.Message;
        }
    }
}
