using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using PeerWeb.Core.Federation.Signing.StructuredFields;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The one signature of a message, parsed from Signature-Input and Signature.</summary>
internal sealed record SignatureFields(InnerList Input, byte[] Signature)
{
    public long Created => Number("created") ?? 0;

    public string KeyId => Text("keyid") ?? "";

    public string Nonce => Text("nonce") ?? "";

    /// <summary>Exactly one signature with our label, in canonical spelling, with 64 bytes; a reason for a person where it is not.</summary>
    public static bool TryRead(FieldSection fields, [NotNullWhen(true)] out SignatureFields? signature, [NotNullWhen(false)] out string? reason)
    {
        signature = null;
        reason = null;
        try
        {
            if (fields.Lines(PeerHeaders.SignatureInput) is not [var inputText] || fields.Lines(PeerHeaders.Signature) is not [var signatureText])
            {
                reason = "Signature-Input and Signature must each be one header line.";
            }
            else if (Only(inputText) is not InnerList input || Only(signatureText) is not Item { Value: SfBytes { Value.Length: 64 } bytes })
            {
                reason = $"There must be exactly one signature, labelled {SignatureProfile.Label}, of 64 bytes.";
            }
            else
            {
                signature = new SignatureFields(input, bytes.Value);
                if (signature.InputText != inputText || signature.SignatureText != signatureText)
                    (signature, reason) = (null, "The signature's fields are not in canonical form.");
            }
        }
        catch (FormatException problem)
        {
            reason = $"The signature's fields cannot be parsed: {problem.Message}.";
        }

        return signature is not null;
    }

    /// <summary>Canonical, so that two of them say the same exactly where they are the same text.</summary>
    public string InputText { get; } = $"{SignatureProfile.Label}={StructuredFieldWriter.Member(Input)}";

    public string SignatureText => $"{SignatureProfile.Label}=:{Convert.ToBase64String(Signature)}:";

    /// <summary>What is wrong with a request's parameters, or null: exactly created, expires, nonce, keyid and tag, each well-formed.</summary>
    public string? RequestParametersProblem()
    {
        if (!HasExactly("created", "expires", "nonce", "keyid", "tag"))
            return "The signature's parameters must be created, expires, nonce, keyid and tag, and no other.";
        if (Text("tag") != SignatureProfile.RequestTag) return $"The signature's tag is not {SignatureProfile.RequestTag}.";
        if (Number("created") is not { } created || Number("expires") != created + (long)SignatureProfile.Lifetime.TotalSeconds)
            return $"The signature's expires is not created and {SignatureProfile.Lifetime.TotalSeconds} seconds.";
        if (!IsThumbprint(KeyId)) return "The signature's keyid is not a thumbprint.";
        return Nonce.Length is >= 22 and <= 128 && Nonce.All(IsBase64Url) ? null : "The signature's nonce is not base64url of at least 128 bits.";
    }

    /// <summary>What is wrong with an answer's parameters, or null: exactly created, keyid and tag.</summary>
    public string? AnswerParametersProblem()
    {
        if (!HasExactly("created", "keyid", "tag") || Number("created") is null || !IsThumbprint(KeyId))
            return "The answer's signature must have the parameters created, keyid and tag, and no other.";
        return Text("tag") == SignatureProfile.AnswerTag ? null : $"The answer's tag is not {SignatureProfile.AnswerTag}.";
    }

    /// <summary>True where these are the components, in this order, and no other.</summary>
    public bool Covers(IReadOnlyList<Item> components) =>
        InputText.StartsWith($"{SignatureProfile.Label}={StructuredFieldWriter.Member(new InnerList(components, []))}", StringComparison.Ordinal);

    public static byte[] Bytes(string signatureBase) => Encoding.ASCII.GetBytes(signatureBase);

    private static Member? Only(string text) =>
        StructuredFieldParser.Dictionary(text) is [{ Key: SignatureProfile.Label, Value: var member }] ? member : null;

    // The parser refuses a parameter that is given twice.
    private bool HasExactly(params ReadOnlySpan<string> names)
    {
        if (Input.Parameters.Count != names.Length)
            return false;
        foreach (var name in names)
        {
            if (Input[name] is null)
                return false;
        }
        return true;
    }

    // Beyond year 9999 DateTimeOffset throws, and no honest clock is there.
    private long? Number(string name) => Input[name] is SfInteger { Value: >= 0 and < 253_402_300_000 and var value } ? value : null;

    private string? Text(string name) => Input[name] is SfString { Value: var value } ? value : null;

    private static bool IsThumbprint(string text) => text.Length == 43 && Base64Url.IsValid(text) && text.All(IsBase64Url);

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
