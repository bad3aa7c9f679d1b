using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Signing.StructuredFields;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>Components one by one; the examples are those of RFC 9421 2.1 and 2.2.</summary>
public sealed class SignatureBaseTests
{
    private static readonly RequestMessage Request = new()
    {
        Method = "POST",
        Scheme = "https",
        Authority = "WWW.Example.com:443",
        Path = "/path%2Fto",
        Query = "param=value&foo=bar&baz=bat%2Dman&qux=&twice=1&twice=2&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something",
        Fields = new FieldSection(
        [
            new("Example-Dict", "  a=1,    b=2;x=1;y=2,   c=(a   b   c), d"),
            new("Example-Header", "value, with, lots"),
            new("example-header", "of, commas"),
            new("Empty", ""),
            new("Signature", "sig1=:AAEC:"),
            new("Odd", "caf\u00e9"),
        ]),
        Trailers = new FieldSection([new("Expires", "Wed, 9 Nov 2022 07:28:00 GMT")]),
    };

    [Theory]
    [InlineData("\"@method\"", "POST")]
    [InlineData("\"@authority\"", "www.example.com")]
    [InlineData("\"@scheme\"", "https")]
    [InlineData("\"@path\"", "/path%2Fto")]
    [InlineData("\"@query-param\";name=\"baz\"", "bat-man")]
    [InlineData("\"@query-param\";name=\"qux\"", "")]
    [InlineData("\"@query-param\";name=\"param\"", "value")]
    [InlineData("\"@query-param\";name=\"bar\"", "with%20plus%20whitespace")]
    [InlineData("\"@query-param\";name=\"fa%C3%A7ade%22%3A%20\"", "something")]
    [InlineData("\"example-dict\"", "a=1,    b=2;x=1;y=2,   c=(a   b   c), d")]
    [InlineData("\"example-dict\";sf", "a=1, b=2;x=1;y=2, c=(a b c), d")]
    [InlineData("\"example-dict\";key=\"a\"", "1")]
    [InlineData("\"example-dict\";key=\"d\"", "?1")]
    [InlineData("\"example-dict\";key=\"b\"", "2;x=1;y=2")]
    [InlineData("\"example-dict\";key=\"c\"", "(a b c)")]
    [InlineData("\"example-header\"", "value, with, lots, of, commas")]
    [InlineData("\"example-header\";bs", ":dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:")]
    [InlineData("\"empty\"", "")]
    [InlineData("\"expires\";tr", "Wed, 9 Nov 2022 07:28:00 GMT")]
    public void A_component_has_the_value_of_the_standard(string component, string value)
        => Assert.Equal($"{component}: {value}\n\"@signature-params\": ({component})", Base(component));

    [Fact]
    public void Target_and_request_target_keep_the_raw_path_and_query()
    {
        Assert.Contains("\"@target-uri\": https://www.example.com/path%2Fto?param=value&foo", Base("\"@target-uri\""), StringComparison.Ordinal);
        Assert.Contains("\"@request-target\": /path%2Fto?param=value&foo", Base("\"@request-target\""), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_query_the_component_is_a_question_mark_alone()
        => Assert.StartsWith("\"@query\": ?\n", SignatureBase.Build(Components("\"@query\""), Request with { Query = null }, null), StringComparison.Ordinal);

    [Fact]
    public void An_answer_covers_parts_of_its_request()
    {
        var answer = new AnswerMessage { Status = 503, Fields = new FieldSection([new("ETag", "\"1\"")]) };
        Assert.Equal(
            "\"@status\": 503\n\"etag\": \"1\"\n\"@method\";req: POST\n\"signature\";req;key=\"sig1\": :AAEC:\n"
            + "\"@signature-params\": (\"@status\" \"etag\" \"@method\";req \"signature\";req;key=\"sig1\")",
            SignatureBase.Build(Components("\"@status\" \"etag\" \"@method\";req \"signature\";req;key=\"sig1\""), Request, answer));
    }

    [Theory]
    [InlineData("\"absent\"")]
    [InlineData("\"@nonsense\"")]
    [InlineData("\"@status\"")]
    [InlineData("\"@query-param\";name=\"twice\"")]
    [InlineData("\"@query-param\";name=\"none\"")]
    [InlineData("\"@query-param\"")]
    [InlineData("\"@method\" \"@method\"")]
    [InlineData("\"@method\";req")]
    [InlineData("\"@method\";sf")]
    [InlineData("\"Empty\"")]
    [InlineData("\"empty\";other")]
    [InlineData("\"empty\";sf")]
    [InlineData("\"example-dict\";bs;sf")]
    [InlineData("\"example-dict\";key=\"z\"")]
    [InlineData("\"odd\"")]
    [InlineData("token")]
    public void A_component_that_cannot_be_had_is_refused(string components)
        => Assert.Throws<FormatException>(() => Base(components));

    private static string Base(string components) => SignatureBase.Build(Components(components), Request, null);

    private static InnerList Components(string text) => (InnerList)StructuredFieldParser.List($"({text})").Single();
}
