using CsCheck;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Primitives;

public sealed class PrimitivesTests
{
    [Theory]
    [InlineData("ada@acme.example", "ada", "acme.example")]
    [InlineData("a.b-c_d@acme.localhost:5101", "a.b-c_d", "acme.localhost:5101")]
    public void An_address_is_a_user_name_and_a_domain(string text, string user, string domain)
    {
        var address = Address.Parse(text);
        Assert.Equal((user, domain, text), (address.User.Value, address.Domain.Value, address.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@acme.example")]
    [InlineData("ada@")]
    [InlineData("Ada@acme.example")]
    [InlineData("ada@Acme.example")]
    [InlineData("ada@acme.example.")]
    [InlineData("ada@@acme.example")]
    [InlineData("sam@globex@acme.example")]
    [InlineData("acct:ada@acme.example")]
    [InlineData("ada%40@acme.example")]
    [InlineData("ada@acme.example:0")]
    [InlineData("ada@acme.example:65536")]
    [InlineData("ada@acme.example:05101")]
    [InlineData("ada@acme.example:5101:1")]
    [InlineData("ada@münchen.example")]
    [InlineData("ada@-acme.example")]
    [InlineData("ada@acme..example")]
    [InlineData("ada @acme.example")]
    [InlineData("ada@[::1]")]
    public void Other_spellings_are_refused_rather_than_normalised(string text) => Assert.False(Address.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_uid_has_text_without_control_characters(string text) => Assert.False(Uid.TryParse(text, out _));

    [Fact]
    public void Any_uid_survives_the_path()
    {
        Gen.String.Where(text => Uid.TryParse(text, out _) && text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar)).ForAll(text =>
        {
            var uid = Uid.Parse(text);
            Assert.True(Uid.TryParsePathSegment(uid.ToPathSegment(), out var back));
            Assert.Equal(uid, back);
            Assert.DoesNotContain('/', uid.ToPathSegment());
        });
    }

    [Theory]
    [InlineData("Straße Zürich", "straße zurich")]
    [InlineData("ÅNGSTRÖM", "angstrom")]
    [InlineData("ﬁle", "file")]
    [InlineData("a\tb", "a b")]
    public void Folding_takes_case_marks_and_compatibility_forms_away(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Folded_text_compares_as_its_utf8_bytes_do_in_a_database()
    {
        var text = Gen.String.Where(t => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(t)) == t);
        Gen.Select(text, text).ForAll((left, right) =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
            Assert.Equal(Math.Sign(bytes), Math.Sign(Folding.Compare(left, right)));
        });
    }

    [Theory]
    [InlineData("\"1.42\"", true)]
    [InlineData("W/\"1.42\"", false)]
    [InlineData("1.42", false)]
    [InlineData("*", false)]
    [InlineData("\"1\", \"2\"", false)]
    [InlineData("\"\"", false)]
    public void Only_one_strong_entity_tag_is_read_from_a_header(string header, bool isTag) => Assert.Equal(isTag, ETag.TryParseHeader(header, out _));

    [Theory]
    [InlineData(Rights.Edit | Rights.Delete | Rights.Private, Rights.None)]
    [InlineData(Rights.Read, Rights.Read | Rights.FreeBusy)]
    [InlineData(Rights.Add | Rights.Edit, Rights.Add)]
    [InlineData((Rights)64, Rights.None)]
    public void Rights_take_effect_with_what_they_need(Rights given, Rights effective) => Assert.Equal(effective, given.InEffect());

    [Theory]
    [InlineData("abc\u202Egpj.exe", "abcgpj.exe")]
    [InlineData("two\r\nlines", "two  lines")]
    public void Shown_text_cannot_turn_its_line_around(string text, string shown) => Assert.Equal(shown, DisplayText.OneLine(text));
}
