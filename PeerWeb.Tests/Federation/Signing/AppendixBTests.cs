using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Signing.StructuredFields;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>RFC 9421 Appendix B, from <c>Rfc9421/appendix-b.json</c>.</summary>
public sealed class AppendixBTests
{
    private static readonly AppendixB Data = Read();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Data.Cases.Count)];

    public static TheoryData<int> Verifiable => [.. Enumerable.Range(0, Data.Cases.Count).Where(i => Data.Cases[i].Algorithm != "ed25519")];

    [Fact]
    public void Every_section_of_the_appendix_with_a_signature_is_there()
        => Assert.Equal(["B.2.1", "B.2.2", "B.2.3", "B.2.4", "B.2.5", "B.2.6", "B.3", "B.4"], Data.Cases.Select(c => c.Section).Distinct());

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_signature_base_is_equal_to_the_last_byte(int index)
    {
        var example = Data.Cases[index];
        Assert.Equal(string.Join('\n', example.Base), Built(example));
    }

    [Theory]
    [MemberData(nameof(Verifiable))]
    public void The_published_signature_holds_over_our_base_and_over_no_other(int index)
    {
        var example = Data.Cases[index];
        var signature = ((SfBytes)((Item)Member(example.Signature!, example.Label)).Value).Value;
        var data = Encoding.ASCII.GetBytes(Built(example));

        Assert.True(Holds(example, data, signature));
        data[^1] ^= 1;
        Assert.False(Holds(example, data, signature));
    }

    [Fact]
    public void A_transformation_that_breaks_the_signature_changes_the_base()
    {
        Assert.Equal(2, Data.Broken.Count);
        Assert.All(Data.Broken, example => Assert.NotEqual(string.Join('\n', example.Base), Built(example)));
    }

    [Fact]
    public void Fields_are_written_back_as_they_were()
        => Assert.All(Data.Cases, example => Assert.Equal(
            example.SignatureInput, StructuredFieldWriter.Dictionary(StructuredFieldParser.Dictionary(example.SignatureInput))));

    private static string Built(Example example) =>
        SignatureBase.Build((InnerList)Member(example.SignatureInput, example.Label), example.Request?.Message(), example.Answer?.Message());

    private static Member Member(string field, string label) => StructuredFieldParser.Dictionary(field).Single(member => member.Key == label).Value;

    private static bool Holds(Example example, byte[] data, byte[] signature)
    {
        var keyId = ((SfString)Member(example.SignatureInput, example.Label)["keyid"]!).Value;
        var key = Convert.FromBase64String(Data.Keys[keyId]);
        switch (example.Algorithm)
        {
            case "rsa-pss-sha512":
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(key, out _);
                    return rsa.VerifyData(data, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss);
                }

            case "ecdsa-p256-sha256":
                Assert.True(PeerKey.TryFromSpki(key, out var peerKey));
                return peerKey.Verifies(data, signature);
            case "hmac-sha256":
                return HMACSHA256.HashData(key, data).AsSpan().SequenceEqual(signature);
            default:
                throw new ArgumentOutOfRangeException(nameof(example));
        }
    }

    private static AppendixB Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Federation", "Signing", "Rfc9421", "appendix-b.json");
        return JsonSerializer.Deserialize<AppendixB>(File.ReadAllBytes(path), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException(path);
    }

    private sealed record AppendixB(Dictionary<string, string> Keys, List<Example> Cases, List<Example> Broken);

    private sealed record Example(
        string Section, string? Algorithm, string Label, ExampleRequest? Request, ExampleAnswer? Answer, string SignatureInput, string? Signature,
        List<string> Base);

    private sealed record ExampleRequest(string Method, string Scheme, string Authority, string Path, string Query, List<List<string>> Fields)
    {
        public RequestMessage Message() => new()
        {
            Method = Method,
            Scheme = Scheme,
            Authority = Authority,
            Path = Path,
            Query = Query,
            Fields = Section(Fields),
        };
    }

    private sealed record ExampleAnswer(int Status, List<List<string>> Fields)
    {
        public AnswerMessage Message() => new() { Status = Status, Fields = Section(Fields) };
    }

    private static FieldSection Section(List<List<string>> fields) => new(fields.Select(field => KeyValuePair.Create(field[0], field[1])));
}
