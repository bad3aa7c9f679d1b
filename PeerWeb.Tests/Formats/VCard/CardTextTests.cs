using PeerWeb.Core.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>How a card is stored, and what is no card.</summary>
public sealed class CardTextTests
{
    [Fact]
    public void A_card_is_stored_as_it_came_composed_folded_and_with_its_unknown_properties()
    {
        var note = "NOTE:" + new string('x', 100) + "u\u0308";
        string[] lines = ["X-UNKNOWN;X-P=\"a;b:c\";X-Q=^'^n^^:kept\\, \\;as it is", "item1.X-ABLabel:Office", "XML:<a xmlns=\"b\"/>", note];

        var text = Vcf.Index(Vcf.Card(lines)).Text;

        Assert.Equal(["BEGIN:VCARD", "VERSION:4.0", "UID:card-1", "FN:Ada Lovelace", .. lines[..3], note[..^2] + "ü", "END:VCARD"], Vcf.Unfolded(text));
        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75));
        Assert.Equal(text, Vcf.Index(text).Text);
    }

    [Theory]
    [InlineData("BEGIN:VEVENT\r\nEND:VEVENT", 1, "BEGIN:VCARD")]
    [InlineData("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada", 1, "no END")]
    [InlineData("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEND:VCARD", 3, "no UID")]
    [InlineData("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:\r\nEND:VCARD", 3, "UID is empty")]
    [InlineData("BEGIN:VCARD\r\nVERSION:5.0\r\nUID:1\r\nEND:VCARD", 2, "another")]
    [InlineData("BEGIN:VCARD\r\nUID:1\r\nno property\r\nEND:VCARD", 3, "colon")]
    [InlineData("BEGIN:VCARD\r\nUID:1\r\nTEL;TYPE=\"home:1\r\nEND:VCARD", 3, "not closed")]
    [InlineData("BEGIN:VCARD\r\nUID:1\r\nEND:VCARD\r\nBEGIN:VCARD", 4, "follow")]
    [InlineData("BEGIN:VCARD\r\nUID:1\r\nBEGIN:VCARD\r\nEND:VCARD\r\nEND:VCARD", 1, "no END")]
    [InlineData("BEGIN:VCARD\r\nUID:1\r\nFN:a\u0000b\r\nEND:VCARD", 3, "control")]
    public void What_is_no_card_is_refused_with_line_and_reason(string text, int line, string reason)
    {
        var refused = Vcf.Refused(text);

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(line, refused.Line);
    }

    [Theory]
    [InlineData("19850412", 1985, 4, 12)]
    [InlineData("1985-04-12", 1985, 4, 12)]
    [InlineData("1985-04-12T10:22:00Z", 1985, 4, 12)]
    [InlineData("1985-04", 1985, 4, null)]
    [InlineData("1985", 1985, null, null)]
    [InlineData("--0412", null, 4, 12)]
    [InlineData("--04-12", null, 4, 12)]
    [InlineData("--04", null, 4, null)]
    [InlineData("---12", null, null, 12)]
    [InlineData("--0229", null, 2, 29)]
    [InlineData("16040412", null, 4, 12)]
    public void A_date_has_the_parts_that_are_known(string text, int? year, int? month, int? day)
    {
        var date = Assert.NotNull(CardDate.Parse(text));

        Assert.Equal((year, month, day), (date.Year, date.Month, date.Day));
        Assert.Equal(date, CardDate.Parse(date.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("circa 1800")]
    [InlineData("19850230")]
    [InlineData("--1301")]
    [InlineData("---32")]
    [InlineData("1985-4-1")]
    [InlineData("+1985")]
    [InlineData("--0230")]
    public void What_is_no_date_is_none(string text) => Assert.Null(CardDate.Parse(text));

    [Theory]
    [InlineData("TEL;TYPE=home;TYPE=\"work,Voice\":1", "home work voice", 101)]
    [InlineData("TEL;PREF=2:1", "", 2)]
    [InlineData("TEL;TYPE=pref,cell:1", "cell", 1)]
    [InlineData("TEL;PREF=0:1", "", 101)]
    public void Types_and_preferences_are_told_apart(string line, string types, int preference)
    {
        var read = CardLine.Parse(line, 1);

        Assert.Equal((types, preference), (string.Join(' ', read.Types), read.Preference));
    }

    [Fact]
    public void A_structured_value_has_parts_and_lists_and_escapes()
    {
        Assert.Equal(["Stevenson; sr.", "John", "Philip, Paul", "Dr.", "Jr., M.D."], StructuredValue.Read("Stevenson\\; sr.;John;Philip,Paul;Dr.;Jr.,M.D."));
        Assert.Equal("a\\;b;c\\,d;\\\\", StructuredValue.Write("a;b", "c,d", "\\"));
        Assert.Equal(["a", "", ""], StructuredValue.Split("a;;"));
    }
}
