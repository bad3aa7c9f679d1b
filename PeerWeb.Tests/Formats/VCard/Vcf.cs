using System.Buffers.Binary;
using System.Text;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>Short ways to write cards and to ask for what becomes of them.</summary>
internal static class Vcf
{
    public static readonly AddressBookApp App = new();

    public static readonly TimeRange Years = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0));

    /// <summary>A card of version 4.0 with a UID and a name.</summary>
    public static string Card(params IEnumerable<string> lines) => Of("4.0", ["UID:card-1", "FN:Ada Lovelace", .. lines]);

    /// <summary>A card of these properties and no others.</summary>
    public static string Of(string version, params IEnumerable<string> lines) =>
        string.Concat(lines.Prepend($"VERSION:{version}").Prepend("BEGIN:VCARD").Append("END:VCARD").Select(line => line + "\r\n"));

    public static IndexedEntry Index(string text) => App.Index(text, Years);

    public static InvalidEntryException Refused(string text) => Assert.Throws<InvalidEntryException>(() => Index(text));

    /// <summary>Unfolded properties as they are stored, without BEGIN, VERSION and END.</summary>
    public static string[] Stored(string text) => [.. CardText.Read(text).Lines.Select(line => line.Line.Raw)];

    /// <summary>What is stored of one property of a card of that version.</summary>
    public static string Upgraded(string version, params IEnumerable<string> property) =>
        Assert.Single(Stored(Of(version, [.. property, "FN:Ada"])), line => line != "FN:Ada");

    public static ContactFields Fields(string text) => new ContactText().Read(text);

    public static Task<List<FileEntry>> SplitAsync(string file) => SplitAsync(Encoding.UTF8.GetBytes(file));

    public static async Task<List<FileEntry>> SplitAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await App.SplitAsync(stream, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static string[] Unfolded(string text) => [.. ContentLines.Unfold(text).Select(line => line.Raw)];

    /// <summary>The header of an image with that many pixels; nothing behind it.</summary>
    public static byte[] Png(int width, int height, int length = 40)
    {
        var octets = new byte[length];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52 }.CopyTo(octets, 0);
        BinaryPrimitives.WriteInt32BigEndian(octets.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(octets.AsSpan(20), height);
        return octets;
    }

    public static byte[] Gif(ushort width, ushort height) => [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0, 0];

    /// <summary>With a segment before the frame, as cameras write it.</summary>
    public static byte[] Jpeg(ushort width, ushort height) =>
        [0xFF, 0xD8, 0xFF, 0xE1, 0, 8, .. "Exif\0\0"u8, 0xFF, 0xFF, 0xC2, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 0, 0];

    /// <param name="kind">VP8X, VP8L or VP8 with a space.</param>
    public static byte[] WebP(string kind, int width, int height)
    {
        var data = new byte[12];
        switch (kind)
        {
            case "VP8X":
                BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), width - 1);
                BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(7), height - 1);
                break;
            case "VP8L":
                data[0] = 0x2F;
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(1), (uint)(width - 1) | ((uint)(height - 1) << 14));
                break;
            default:
                new byte[] { 0x9D, 0x01, 0x2A }.CopyTo(data, 3);
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(6), (ushort)width);
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(8), (ushort)height);
                break;
        }
        return [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(kind), 0, 0, 0, 0, .. data];
    }

    public static string Photo(byte[] image, string mediaType = "image/png") => $"PHOTO:data:{mediaType};base64,{Convert.ToBase64String(image)}";
}
