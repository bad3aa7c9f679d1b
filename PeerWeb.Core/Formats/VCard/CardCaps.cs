using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>How large a card and what is in it may be, beside <see cref="LineCaps"/>.</summary>
public static class CardCaps
{
    /// <summary>Octets of an image, decoded.</summary>
    public const int Photo = 256 * 1024;

    /// <summary>Pixels of an image, in each direction.</summary>
    public const int PhotoSide = 4096;

    /// <summary>Octets of an unfolded property that holds an image: what base64 makes of the largest, and its parameters.</summary>
    public const int PhotoProperty = (Photo / 3 * 4) + (16 * 1024);

    /// <summary>Octets of the value of FN.</summary>
    public const int FormattedName = 1024;

    /// <summary>Properties of one card.</summary>
    public const int Lines = 5_000;

    /// <exception cref="InvalidEntryException">Something is larger than it may be, or there are too many of it.</exception>
    public static void Check(IReadOnlyList<CardLine> lines)
    {
        if (lines.Count > Lines)
            throw new InvalidEntryException($"The card has more than {Lines} properties.", lines[0].Line.Number);
        foreach (var line in lines)
        {
            LineCaps.CheckLine(line.Line, line.HoldsImage ? PhotoProperty : LineCaps.Property);
            if (line.Name == "FN" && LineCaps.IsLonger(line.Line.Value, FormattedName))
                throw new InvalidEntryException($"FN is larger than {FormattedName / 1024} KiB.", line.Line.Number);
            if (line.HoldsImage)
                CheckImage(line);
        }
    }

    /// <summary>An image in the text is what its first octets say, and no larger than they say; one elsewhere is never fetched.</summary>
    private static void CheckImage(CardLine line)
    {
        if (!InlineData.IsInline(line.Line.Value))
            return;
        var what = line.Name == "LOGO" ? "logo" : "photo";
        if (InlineData.Read(line.Line.Value) is not { } data || data.Octets is not { } octets)
            throw new InvalidEntryException($"The {what} is not encoded in base64.", line.Line.Number);
        RasterImage.Check(octets, what, line.Line.Number);
    }
}
