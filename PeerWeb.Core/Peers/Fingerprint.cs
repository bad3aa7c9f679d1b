using System.Globalization;
using System.Numerics;

namespace PeerWeb.Core.Peers;

/// <summary>What two admins read to each other: the first 88 bits of a key's thumbprint as 8 words and as 8 groups of 4 digits, and the whole of it as text.</summary>
/// <remarks>Each digit group is the number (0000 to 2047) of the word beside it.</remarks>
public sealed record Fingerprint
{
    public const int Groups = 8;
    private const int BitsPerGroup = 11;
    private readonly int[] _numbers;

    private Fingerprint(KeyThumbprint thumbprint, int[] numbers) => (Thumbprint, _numbers) = (thumbprint, numbers);

    public KeyThumbprint Thumbprint { get; }

    public IReadOnlyList<string> Words => [.. _numbers.Select(number => FingerprintWords.All[number])];

    public IReadOnlyList<string> Digits => [.. _numbers.Select(number => number.ToString("D4", CultureInfo.InvariantCulture))];

    public static Fingerprint Of(KeyThumbprint thumbprint)
    {
        var bits = new BigInteger(thumbprint.ToBytes().AsSpan(0, Groups * BitsPerGroup / 8), isUnsigned: true, isBigEndian: true);
        var numbers = new int[Groups];
        for (var group = Groups - 1; group >= 0; group--, bits >>= BitsPerGroup)
            numbers[group] = (int)(bits & ((1 << BitsPerGroup) - 1));
        return new Fingerprint(thumbprint, numbers);
    }

    /// <summary>Whether a person typed this fingerprint: the 8 words in any case, the 8 digit groups, or the whole thumbprint exactly.</summary>
    public bool IsWrittenAs(string text)
    {
        if (text.Trim() == Thumbprint.Value)
            return true;
        var parts = text.Split([' ', '\t', '\n', '\r', '-', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == Groups
            && (parts.SequenceEqual(Digits, StringComparer.Ordinal)
                || parts.Select(part => FingerprintWords.NumberOf(part.ToLowerInvariant())).SequenceEqual(_numbers));
    }

    public bool Equals(Fingerprint? other) => other is not null && other.Thumbprint == Thumbprint;

    public override int GetHashCode() => Thumbprint.GetHashCode();

    public override string ToString() => string.Join(' ', Words);
}
