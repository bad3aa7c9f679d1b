using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Duplicates;

/// <summary>Forms in which the same mail address, telephone number or name is the same text, however it was written.</summary>
public static class ContactKeys
{
    /// <summary>Digits that tell a telephone number from others: without the country, which some write and some do not.</summary>
    private const int NumberDigits = 9;

    /// <summary>Fewer are an extension, the same in many offices.</summary>
    private const int ShortestNumber = 6;

    private const int LongestMail = 254;

    /// <summary>Null for what is no address.</summary>
    public static string? OfMail(string mail)
    {
        var trimmed = mail.Trim();
        return trimmed.Length is >= 3 and <= LongestMail && trimmed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < trimmed.Length - 1
            ? trimmed.ToLowerInvariant()
            : null;
    }

    /// <summary>The last nine digits, without leading zeros; null for what has fewer than six.</summary>
    public static string? OfPhone(string phone)
    {
        // An extension comes last, and is not the number.
        var end = phone.IndexOfAny([';', 'x', 'X', '#']);
        var digits = string.Concat((end > 0 ? phone[..end] : phone).Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length < ShortestNumber ? null : digits.Length > NumberDigits ? digits[^NumberDigits..] : digits;
    }

    /// <summary>Folded, its words in order, so that "Lovelace, Ada" is "Ada Lovelace"; null for one without two words.</summary>
    public static string? OfName(string name)
    {
        var words = Folding.Fold(name).Split([' ', ',', '.', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return null;
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }
}
