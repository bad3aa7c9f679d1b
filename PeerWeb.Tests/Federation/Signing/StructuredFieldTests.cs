using PeerWeb.Core.Federation.Signing.StructuredFields;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>RFC 8941.</summary>
public sealed class StructuredFieldTests
{
    [Theory]
    [InlineData("a=1,  b;x=?0 ,\tc=(a  \"b\";q=0.5 :AAEC:);n=-3, d=*tok/en:~", "a=1, b;x=?0, c=(a \"b\";q=0.5 :AAEC:);n=-3, d=*tok/en:~")]
    [InlineData("", "")]
    [InlineData("s=\"a\\\"b\\\\c\"", "s=\"a\\\"b\\\\c\"")]
    [InlineData("n=999999999999999, d=123456789012.125", "n=999999999999999, d=123456789012.125")]
    [InlineData("f=?1", "f")]
    public void A_dictionary_is_written_in_its_canonical_form(string text, string canonical)
        => Assert.Equal(canonical, StructuredFieldWriter.Dictionary(StructuredFieldParser.Dictionary(text)));

    [Theory]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("A=1")]
    [InlineData("a=1, a=2")]
    [InlineData("a;x;x")]
    [InlineData("a=(1 2")]
    [InlineData("a=(1\t2)")]
    [InlineData("a=(1\"b\")")]
    [InlineData("a=\"open")]
    [InlineData("a=\"\\n\"")]
    [InlineData("a=\"\u00e9\"")]
    [InlineData("a=:AAE:")]
    [InlineData("a=:AAF=:")]
    [InlineData("a=:AA EC:")]
    [InlineData("a=:AAEC")]
    [InlineData("a=?2")]
    [InlineData("a=1000000000000000")]
    [InlineData("a=1.")]
    [InlineData("a=1.2345")]
    [InlineData("a=-")]
    [InlineData("a=@1659578233")]
    [InlineData("a==1")]
    public void What_the_grammar_does_not_allow_is_refused(string text)
        => Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary(text));
}
