using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks;

/// <summary>A contact's photo: in the card, or somewhere else, from where it is never fetched.</summary>
/// <param name="Uri">A <c>data:</c> URI in base64, or any other.</param>
public sealed record ContactPhoto(string Uri)
{
    public bool IsInline => InlineData.IsInline(Uri);

    /// <summary>By the octets and not by what the card says; null of one that is elsewhere, is no such image, or claims more pixels or octets than a card may have: a peer's card is not checked by us.</summary>
    public string? MediaType =>
        Octets is { Length: <= CardCaps.Photo } octets && RasterImage.Read(octets) is { Width: <= CardCaps.PhotoSide, Height: <= CardCaps.PhotoSide } image ? image.MediaType : null;

    /// <summary>Null of one that is elsewhere.</summary>
    public byte[]? Octets => InlineData.Read(Uri)?.Octets;

    /// <summary>Of an image file.</summary>
    /// <exception cref="InvalidEntryException">Larger than 256 KiB or 4,096 by 4,096 pixels, or no PNG, JPEG, GIF or WebP.</exception>
    public static ContactPhoto Of(ReadOnlySpan<byte> image) =>
        new(InlineData.Of(RasterImage.Check(image, "photo", line: null).MediaType, Convert.ToBase64String(image)).ToString());
}
