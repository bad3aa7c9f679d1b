using System.Buffers.Text;
using System.Text;

namespace PeerWeb.Core.Primitives;

/// <summary>The globally unique identifier of an entry, as its text says it.</summary>
/// <remarks>RFC 5545 3.8.4.7, RFC 6350 6.7.6. 1 to 512 characters, no control characters; compared ordinally.</remarks>
public readonly record struct Uid : IComparable<Uid>
{
    public const int MaxLength = 512;

    private readonly string? _value;

    private Uid(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out Uid uid)
    {
        uid = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || HasControl(text))
            return false;
        uid = new Uid(text.Normalize(NormalizationForm.FormC));
        return true;
    }

    /// <exception cref="FormatException">Empty, longer than 512 characters, or with a control character.</exception>
    public static Uid Parse(string? text) =>
        TryParse(text, out var uid) ? uid : throw new FormatException("A UID is 1 to 512 characters without control characters.");

    /// <summary>The form used in paths: base64url of the UTF-8 bytes, no padding.</summary>
    public string ToPathSegment() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Value));

    public static bool TryParsePathSegment(string? segment, out Uid uid)
    {
        uid = default;
        if (string.IsNullOrEmpty(segment) || segment.Length > 4 * MaxLength || !Base64Url.IsValid(segment))
            return false;
        try
        {
            return TryParse(StrictUtf8.GetString(Base64Url.DecodeFromChars(segment)), out uid);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    public int CompareTo(Uid other) => Folding.Compare(Value, other.Value);

    public override string ToString() => Value;

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
                return true;
        }
        return false;
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
