using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>A photo is what its first octets say and no larger than they say; nothing is decoded to know it.</summary>
public sealed class PhotoTests
{
    public static TheoryData<string, byte[]> Images => new()
    {
        { "image/png", Vcf.Png(300, 200) },
        { "image/gif", Vcf.Gif(300, 200) },
        { "image/jpeg", Vcf.Jpeg(300, 200) },
        { "image/webp", Vcf.WebP("VP8X", 300, 200) },
        { "image/webp", Vcf.WebP("VP8L", 300, 200) },
        { "image/webp", Vcf.WebP("VP8 ", 300, 200) },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Kind_and_size_are_in_the_header(string mediaType, byte[] image)
    {
        Assert.Equal(new RasterImage(mediaType, 300, 200), RasterImage.Read(image));
        Assert.Equal(mediaType, Vcf.Fields(Vcf.Card(Vcf.Photo(image, "text/html"))).Photo?.MediaType);
        Assert.Equal(image, ContactPhoto.Of(image).Octets);
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "4097", Vcf.Png(4097, 1) },
        { "2147483647", Vcf.Png(-1, 1) },
        { "65535", Vcf.Gif(1, 65535) },
        { "5000", Vcf.Jpeg(5000, 5000) },
        { "16000", Vcf.WebP("VP8X", 100, 16000) },
        { "256 KiB", Vcf.Png(10, 10, CardCaps.Photo + 1) },
        { "no PNG", Vcf.Png(0, 10) },
        { "no PNG", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray() },
        { "no PNG", "<html><script>alert(1)</script></html>"u8.ToArray() },
        { "no PNG", [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 0, 0] },
        { "no PNG", [] },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_would_fill_the_memory_or_is_no_image_is_refused_with_its_line(string reason, byte[] image)
    {
        var refused = Vcf.Refused(Vcf.Card("NOTE:a", Vcf.Photo(image)));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(6, refused.Line);
        Assert.Throws<InvalidEntryException>(() => ContactPhoto.Of(image));
        Assert.Null(new ContactPhoto("data:image/png;base64," + Convert.ToBase64String(image)).MediaType);
    }

    [Fact]
    public void The_largest_photo_that_may_be_is_read()
    {
        var photo = Vcf.Png(CardCaps.PhotoSide, CardCaps.PhotoSide, CardCaps.Photo);

        Assert.Equal(photo, Vcf.Fields(Vcf.Index(Vcf.Card(Vcf.Photo(photo))).Text).Photo?.Octets);
    }

    [Theory]
    [InlineData("PHOTO:data:image/png;base64,!!!!")]
    [InlineData("PHOTO:data:image/png,abc")]
    [InlineData("LOGO:data:image/svg+xml;base64,PHN2Zz4=")]
    public void What_is_not_in_base64_or_no_raster_image_is_refused(string line) => Assert.Equal(5, Vcf.Refused(Vcf.Card(line)).Line);

    [Fact]
    public void A_photo_elsewhere_is_kept_as_a_link_and_has_no_octets()
    {
        var photo = Assert.IsType<ContactPhoto>(Vcf.Fields(Vcf.Card("PHOTO:https://acme.example/ada.png")).Photo);

        Assert.Equal((false, null, "https://acme.example/ada.png"), (photo.IsInline, photo.Octets, photo.Uri));
    }
}
