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

    /// <summary>Whether a person wrote this fingerprint: the 8 words in any case, the 8 digit groups, the whole thumbprint exactly, or several of these, as a copied page has them.</summary>
    /// <remarks>All that is written must agree: one wrong word beside the right thumbprint is another fingerprint.</remarks>
    public bool IsWrittenAs(string text)
    {
        var parts = text.Split([' ', '\t', '\n', '\r', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        var groups = parts.Where(part => part != Thumbprint.Value).SelectMany(part => part.Split(['-', '.', ',', ';', ':'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        var digits = groups.Where(group => char.IsAsciiDigit(group[0])).ToList();
        var words = groups.Where(group => !char.IsAsciiDigit(group[0])).ToList();
        return (groups.Count > 0 || parts.Contains(Thumbprint.Value))
            && (digits.Count == 0 || digits.SequenceEqual(Digits, StringComparer.Ordinal))
            && (words.Count == 0 || words.Select(word => FingerprintWords.NumberOf(word.ToLowerInvariant())).SequenceEqual(_numbers));
    }

    public bool Equals(Fingerprint? other) => other is not null && other.Thumbprint == Thumbprint;

    public override int GetHashCode() => Thumbprint.GetHashCode();

    public override string ToString() => string.Join(' ', Words);
}
