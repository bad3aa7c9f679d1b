using System.Buffers.Binary;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>What the header of an image says, without decoding it: a small file may claim a picture that fills the memory of who opens it.</summary>
/// <param name="MediaType">image/png, image/jpeg, image/gif or image/webp, by the magic numbers and not by what anybody says.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record RasterImage(string MediaType, int Width, int Height)
{
    /// <summary>Null for all that is none of the four, and where the header is broken.</summary>
    public static RasterImage? Read(ReadOnlySpan<byte> octets)
    {
        var image = octets switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(octets),
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(octets),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif(octets),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(octets),
            _ => null,
        };
        return image is { Width: > 0, Height: > 0 } ? image : null;
    }

    /// <param name="noun">What it is called in the reason.</param>
    /// <exception cref="InvalidEntryException">Too large, of another kind, or broken.</exception>
    public static RasterImage Check(ReadOnlySpan<byte> octets, string noun, int? line)
    {
        if (octets.Length > CardCaps.Photo)
            throw new InvalidEntryException($"The {noun} is larger than {CardCaps.Photo / 1024} KiB.", line);
        var image = Read(octets) ?? throw new InvalidEntryException($"The {noun} is no PNG, JPEG, GIF or WebP image.", line);
        return image.Width <= CardCaps.PhotoSide && image.Height <= CardCaps.PhotoSide
            ? image
            : throw new InvalidEntryException($"The {noun} has {image.Width} by {image.Height} pixels; {CardCaps.PhotoSide} by {CardCaps.PhotoSide} are the most.", line);
    }

    private static RasterImage? Png(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < 24 || !octets[12..16].SequenceEqual("IHDR"u8))
            return null;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(octets[16..]), BinaryPrimitives.ReadUInt32BigEndian(octets[20..]));
        return new RasterImage("image/png", Pixels(width), Pixels(height));
    }

    private static RasterImage? Gif(ReadOnlySpan<byte> octets) => octets.Length < 10
        ? null
        : new RasterImage("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(octets[6..]), BinaryPrimitives.ReadUInt16LittleEndian(octets[8..]));

    /// <summary>The first frame header; what comes before it has its length with it.</summary>
    private static RasterImage? Jpeg(ReadOnlySpan<byte> octets)
    {
        var at = 2;
        while (at + 9 <= octets.Length)
        {
            if (octets[at] != 0xFF)
                return null;
            var marker = octets[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is (>= 0xC0 and <= 0xCF) and not (0xC4 or 0xC8 or 0xCC))
            {
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 7)..]));
                return new RasterImage("image/jpeg", width, height);
            }
            // Markers without a length have no place before the frame, but for these.
            at += marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 2)..]);
        }
        return null;
    }

    private static RasterImage? WebP(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < 30)
            return null;
        var kind = octets[12..16];
        var data = octets[20..];
        if (kind.SequenceEqual("VP8X"u8))
            return new RasterImage("image/webp", 1 + Int24(data[4..]), 1 + Int24(data[7..]));
        if (kind.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return new RasterImage("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return kind.SequenceEqual("VP8 "u8) && data[3..6].SequenceEqual<byte>([0x9D, 0x01, 0x2A])
            ? new RasterImage("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : null;
    }

    private static int Int24(ReadOnlySpan<byte> octets) => octets[0] | (octets[1] << 8) | (octets[2] << 16);

    private static int Pixels(uint side) => (int)Math.Min(side, int.MaxValue);
}
