using System.Globalization;
using System.Text;

namespace PeerWeb.Core.Primitives;

/// <summary>The one way text is folded for search and sorting, so that every store and every database gives the same answer and order.</summary>
/// <remarks>NFKD, no marks, invariant lower case; compared by Unicode code point, which is how UTF-8 bytes compare in a database.</remarks>
public static class Folding
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            switch (char.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    break;
                case UnicodeCategory.Control:
                    folded.Append(' ');
                    break;
                default:
                    folded.Append(char.ToLowerInvariant(c));
                    break;
            }
        }
        return folded.ToString();
    }

    /// <summary>Order by Unicode code point: unlike <see cref="string.CompareOrdinal(string, string)"/> it puts astral characters last.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] == right[i])
                continue;
            var leftIsSurrogate = char.IsSurrogate(left[i]);
            return leftIsSurrogate == char.IsSurrogate(right[i]) ? left[i].CompareTo(right[i]) : leftIsSurrogate ? 1 : -1;
        }
        return left.Length.CompareTo(right.Length);
    }
}
