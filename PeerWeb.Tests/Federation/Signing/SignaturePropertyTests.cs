using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Signing.StructuredFields;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

public sealed class SignaturePropertyTests
{
    private static readonly Gen<string> FieldText =
        Gen.OneOf(Gen.Char["abz09 \t,;=:?()\"\\*-._/@A\u00e9"].Array[0, 40].Select(letters => new string(letters)), Gen.String[0, 40]);

    [Fact]
    public void A_field_is_parsed_or_refused_and_what_is_parsed_is_written_in_a_form_that_parses_the_same()
        => FieldText.ForAll(text =>
        {
            if (Canonical(text) is { } canonical) Assert.Equal(canonical, Canonical(canonical));
        });

    [Fact]
    public async Task No_request_with_one_letter_changed_is_accepted()
    {
        using var key = SigningKey.Create();
        var clock = new FakeTimeProvider();
        var verifier = new RequestVerifier("acme.example", clock);
        var genuine = Genuine(key, clock);
        Assert.IsType<RequestVerification.Verified>(await VerifyAsync(genuine));

        var gen = Gen.Select(Gen.Int[0, genuine.Count - 1], Gen.Int[0, 10_000], Gen.Char[' ', '~']);
        await gen.ForAllAsync(async spoilt =>
        {
            var (index, place, letter) = spoilt;
            var fields = genuine.ToList();
            var (name, value) = fields[index];
            var changed = new StringBuilder(value) { [place % value.Length] = letter }.ToString();
            // White space around a field is no part of it.
            if (changed.Trim() == value) return;
            fields[index] = new(name, changed);
            Assert.IsType<RequestVerification.Refused>(await VerifyAsync(fields));
        });

        ValueTask<RequestVerification> VerifyAsync(IEnumerable<KeyValuePair<string, string>> fields) => verifier.VerifyAsync(
            Message(new FieldSection(fields)), (_, _) => ValueTask.FromResult<PeerKey?>(key.Public), TestContext.Current.CancellationToken);
    }

    /// <summary>Null where the field is refused; any other exception fails the test.</summary>
    private static string? Canonical(string text)
    {
        try
        {
            return StructuredFieldWriter.Dictionary(StructuredFieldParser.Dictionary(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static List<KeyValuePair<string, string>> Genuine(SigningKey key, TimeProvider clock)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new(PeerHeaders.ContentType, "application/json"),
            new(PeerHeaders.ContentDigest, ContentDigest.Of("{}"u8)),
            new(PeerHeaders.IdempotencyKey, "k-1"),
            new(PeerHeaders.IfMatch, "\"3\""),
            new(PeerHeaders.Version, PeerHeaders.CurrentVersion),
            new(PeerHeaders.Actor, "\"sam\"; groups=(\"sales\")"),
            new(PeerHeaders.Destination, "acme.example"),
        ];
        var headers = new RequestSigner(key, clock).Sign(Message(new FieldSection(fields)));
        return [.. fields, new(PeerHeaders.SignatureInput, headers.SignatureInput), new(PeerHeaders.Signature, headers.Signature)];
    }

    private static RequestMessage Message(FieldSection fields) => new()
    {
        Method = "PUT",
        Authority = "peers.acme.example",
        Path = "/peer/v1/collections/1/entries/2",
        Fields = fields,
        Body = "{}"u8.ToArray(),
    };
}
