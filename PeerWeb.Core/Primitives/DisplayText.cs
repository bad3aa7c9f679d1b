using System.Text;

namespace PeerWeb.Core.Primitives;

/// <summary>Text of others that is shown: one line, no control and no bidirectional override characters, cut to a length.</summary>
public static class DisplayText
{
    public static string Clean(string? text, int maxLength)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
                break;
            if (IsBidirectionalControl(rune.Value))
                continue;
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return clean.ToString().Trim();
    }

    private static bool IsBidirectionalControl(int value) => value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
