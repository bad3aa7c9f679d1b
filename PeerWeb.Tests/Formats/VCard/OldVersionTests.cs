using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>Cards of 2.1 and 3.0 as programs write them become 4.0, and nothing of them is lost.</summary>
public sealed class OldVersionTests
{
    private static readonly byte[] Image = Vcf.Png(20, 30);

    public static TheoryData<string, string, string> Properties => new()
    {
        { "2.1", "TEL;HOME;VOICE:+41 44 1", "TEL;TYPE=home,voice:+41 44 1" },
        { "2.1", "TEL;PREF;CELL:+41 44 1", "TEL;TYPE=cell;PREF=1:+41 44 1" },
        { "2.1", "EMAIL;PREF;INTERNET:ada@acme.example", "EMAIL;PREF=1:ada@acme.example" },
        { "2.1", "N;LANGUAGE=en-gb:Lovelace;Ada;King, Noel;Countess", "N;LANGUAGE=en-gb:Lovelace;Ada;King\\, Noel;Countess" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo, three", "NOTE:one\\ntwo\\, three" },
        { "2.1", "NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:Z=C3=BCrich =E2=82=AC", "NOTE:Zürich €" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Z=FCrich", "NOTE:Zürich" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:Z=FCrich", "NOTE:Zürich" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS:=93=FA=96=7B", "NOTE:日本" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:50 % = half =zz", "NOTE:50 % = half =zz" },
        { "2.1", "N;ENCODING=QUOTED-PRINTABLE:M=FCller=3B K.;J=F6rg;;;", "N:Müller\\; K.;Jörg;;;" },
        { "2.1", "N;ENCODING=QUOTED-PRINTABLE:M=FCller=3BJ=F6rg", "N:Müller;Jörg" },
        { "2.1", "CATEGORIES:Friends,Work", "CATEGORIES:Friends,Work" },
        { "2.1", "BDAY:19800322", "BDAY:19800322" },
        { "2.1", "X-MS-ANNIVERSARY:20110113", "ANNIVERSARY:20110113" },
        { "2.1", "X-SKYPE-USERNAME:ada.l", "IMPP:skype:ada.l" },
        { "2.1", "KEY;X509;ENCODING=BASE64:AAEC", "KEY:data:application/pkix-cert;base64,AAEC" },
        { "2.1", "X-BLOB;ENCODING=BASE64:AAEC", "X-BLOB;ENCODING=b:AAEC" },
        { "3.0", "TEL;TYPE=WORK,VOICE,pref:1", "TEL;TYPE=work,voice;PREF=1:1" },
        { "3.0", "TEL;type=WORK;type=FAX:1", "TEL;TYPE=work,fax:1" },
        { "3.0", "item1.URL;type=pref:http\\://www.acme.example", "item1.URL;PREF=1:http://www.acme.example" },
        { "3.0", "BDAY;value=date:1980-03-22", "BDAY:19800322" },
        { "3.0", "BDAY:1980-03-22T10:00:00Z", "BDAY:19800322" },
        { "3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "BDAY:--0412" },
        { "3.0", "BDAY:around Easter", "BDAY;VALUE=text:around Easter" },
        { "3.0", "REV:2012-03-05T13:32:54Z", "REV:20120305T133254Z" },
        { "3.0", "GEO:37.386;-122.08", "GEO:geo:37.386,-122.08" },
        { "3.0", "NOTE;CHARSET=UTF-8:a\\, b", "NOTE:a\\, b" },
        { "3.0", "X-ADDRESSBOOKSERVER-KIND:group", "KIND:group" },
        { "3.0", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1", "MEMBER:urn:uuid:1" },
        { "3.0", "CLASS:CONFIDENTIAL", "CLASS:CONFIDENTIAL" },
        { "3.0", "X-Foo;X-P=\"a;b\":kept\\, \\;as it is", "X-FOO;X-P=\"a;b\":kept\\, \\;as it is" },
        { "3.0", "LABEL;TYPE=work:1 Main Street\\nLondon", "LABEL;TYPE=work:1 Main Street\\nLondon" },
        { "4.0", "NOTE;ENCODING=QUOTED-PRINTABLE:Z=C3=BCrich", "NOTE:Zürich" },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_of_an_older_version_becomes_one_of_4_0(string version, string property, string expected)
    {
        var stored = Vcf.Upgraded(version, property);

        Assert.Equal(expected, stored);
        Assert.Equal(stored, Vcf.Upgraded("4.0", stored));
    }

    [Fact]
    public void A_quoted_printable_line_goes_on_after_each_equals_sign_and_its_white_space_counts()
    {
        string[] lines = ["NOTE;ENCODING=QUOTED-PRINTABLE:one=", " two=", "=20three=3D=", "", "TEL;HOME:1"];

        var stored = Vcf.Stored(Vcf.Of("2.1", ["FN:Ada", .. lines]));

        Assert.Equal(["FN:Ada", "NOTE:one two three=", "TEL;TYPE=home:1"], stored);
    }

    [Theory]
    [InlineData("PHOTO;ENCODING=BASE64;JPEG:{0}\r\n {1}\r\n\r\n")]
    [InlineData("PHOTO;BASE64:\r\n  {0}\r\n  {1}\r\n")]
    [InlineData("PHOTO;TYPE=PNG;ENCODING=BASE64:{0}\r\n{1}\r\n\r\n")]
    [InlineData("PHOTO;ENCODING=b;TYPE=JPEG:{0}{1}\r\n")]
    public void A_photo_is_read_however_it_is_broken_and_called_by_what_it_is(string form)
    {
        var base64 = Convert.ToBase64String(Image);
        var photo = string.Format(null, form, base64[..40], base64[40..]);

        var stored = Vcf.Stored($"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\n{photo}TEL:1\r\nEND:VCARD\r\n");

        Assert.Equal(["FN:Ada", $"PHOTO:data:image/png;base64,{base64}", "TEL:1"], stored);
    }

    [Fact]
    public void An_agent_that_is_a_card_of_its_own_is_kept_as_text()
    {
        var stored = Vcf.Stored(Vcf.Of("2.1", "FN:Ada", "AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Bob", "END:VCARD", "TEL:1"));

        Assert.Equal(["FN:Ada", "AGENT:BEGIN:VCARD\\nVERSION:2.1\\nFN:Bob\\nEND:VCARD\\n", "TEL:1"], stored);
    }

    [Theory]
    [InlineData("FN:Ada King", "N:Lovelace;Ada;;;", "FN:Ada King")]
    [InlineData("N:Lovelace;Ada;Noel;Lady;jr.", "ORG:Acme", "FN:Lady Ada Noel Lovelace jr.")]
    [InlineData("ORG:Acme;Engines", "TEL:1", "FN:Acme\\, Engines")]
    [InlineData("EMAIL:ada@acme.example", "TEL:1", "FN:ada@acme.example")]
    [InlineData("NOTE:nobody", "NOTE:at all", "FN:")]
    public void A_card_without_a_name_gets_the_best_that_it_has(string first, string second, string expected) =>
        Assert.Contains(expected, Vcf.Stored(Vcf.Of("3.0", first, second)));

    [Fact]
    public void An_anniversary_in_a_labelled_group_is_one()
    {
        var stored = Vcf.Stored(Vcf.Of("3.0", "FN:Ada", "item1.X-ABDATE:1975-03-01", "item1.X-ABLabel:_$!<Anniversary>!$_", "item2.X-ABDATE:1970-01-02", "item2.X-ABLabel:Met"));

        Assert.Equal(["FN:Ada", "item1.ANNIVERSARY:19750301", "item1.X-ABLABEL:_$!<Anniversary>!$_", "item2.X-ABDATE:19700102", "item2.X-ABLABEL:Met"], stored);
    }

    [Fact]
    public async Task A_line_in_another_character_set_is_read_by_the_one_it_names_else_as_Windows_1252()
    {
        var sjis = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!;
        byte[] file = [.. "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:1\r\nFN;CHARSET=SHIFT_JIS:"u8, .. sjis.GetBytes("日本"), .. "\r\nNOTE:Z"u8, 0xFC, .. "rich\r\nEND:VCARD\r\n"u8];

        var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await Vcf.SplitAsync(file)));

        Assert.Contains("FN:日本\r\nNOTE:Zürich", entry.Text, StringComparison.Ordinal);
    }

    /// <summary>Everything that 4.0 has comes back from 3.0, but for what 3.0 cannot say.</summary>
    [Fact]
    public void A_card_written_as_3_0_is_the_same_when_it_is_read_again()
    {
        var card = Vcf.Card(
            "N:Lovelace;Ada;;;", "KIND:group", "MEMBER:urn:uuid:2", "BDAY:--0229", "ANNIVERSARY:18350708", "TEL;TYPE=home;PREF=1:+41 44 1", "item1.EMAIL;TYPE=work:ada@acme.example",
            "item1.X-ABLABEL:Office", $"PHOTO:data:image/png;base64,{Convert.ToBase64String(Image)}", "GEO:geo:47.3,8.5", "X-UNKNOWN;X-P=1:kept\\, as it is", "REV:20260101T000000Z");

        var old = CardDowngrade.Write(card);

        Assert.Equal(Vcf.Stored(card), Vcf.Stored(old));
        Assert.Contains("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n", old, StringComparison.Ordinal);
        Assert.Contains("PHOTO;ENCODING=b;TYPE=PNG:", old, StringComparison.Ordinal);
        Assert.DoesNotContain("VERSION:4.0", old, StringComparison.Ordinal);
    }
}
