using System.Globalization;
using PeerWeb.Shared;
using PeerWeb.Tests.Features.Calendars;
using Xunit;

namespace PeerWeb.Tests.Shared;

public sealed class SourceColorTests
{
    private const string LightSurface = "#ffffff";
    private const string DarkSurface = "#181f26";
    private const string LightText = "#17212b";
    private const string DarkText = "#e6ebf0";

    [Fact]
    public void The_owners_colour_is_kept() =>
        Assert.Equal("#AB12cd", SourceColor.Of([Merged.NewSource("ada@acme.example", "Work", 1, color: "#AB12cd")]).Values.Single());

    [Theory]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("#123456;background:url(//evil.example)")]
    [InlineData(null)]
    public void Anything_else_becomes_a_colour_of_the_palette(string? color) =>
        Assert.Contains(SourceColor.Of([Merged.NewSource("ada@acme.example", "Work", 1, color: color)]).Values.Single(), SourceColor.Palette);

    [Fact]
    public void Sources_without_a_colour_get_different_ones_while_there_are_any()
    {
        var sources = Enumerable.Range(1, SourceColor.Palette.Count + 2).Select(i => Merged.NewSource("ada@acme.example", $"{i}", i)).ToList();

        var colors = SourceColor.Of(sources);

        Assert.Equal(sources.Count, colors.Count);
        Assert.Equal(SourceColor.Palette.Count, colors.Values.Distinct().Count());
    }

    [Fact]
    public void A_colour_does_not_depend_on_the_order_of_arrival()
    {
        var sources = Enumerable.Range(1, 5).Select(i => Merged.NewSource("ada@acme.example", $"{i}", i)).ToList();

        Assert.Equal(SourceColor.Of(sources), SourceColor.Of(Enumerable.Reverse(sources)));
    }

    [Fact]
    public void Palette_colours_stand_out_from_both_grounds() => Assert.All(SourceColor.Palette, color =>
    {
        Assert.True(Contrast(color, LightSurface) >= 3, $"{color} on light: {Contrast(color, LightSurface)}");
        Assert.True(Contrast(color, DarkSurface) >= 3, $"{color} on dark: {Contrast(color, DarkSurface)}");
    });

    [Theory]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#ffff00")]
    [InlineData("#0000ff")]
    public void Text_on_the_tint_of_any_colour_can_be_read(string color)
    {
        Assert.True(Contrast(LightText, Tint(color, LightSurface)) >= 4.5);
        Assert.True(Contrast(DarkText, Tint(color, DarkSurface)) >= 4.5);
    }

    /// <summary>As the bars of the month are: 30 % of the colour while the pointer is over it.</summary>
    private static string Tint(string color, string surface)
    {
        var mixed = Channels(color).Zip(Channels(surface), (c, s) => (int)Math.Round((0.3 * c) + (0.7 * s)));
        return $"#{string.Concat(mixed.Select(c => c.ToString("x2", CultureInfo.InvariantCulture)))}";
    }

    /// <summary>WCAG 2.2, 1.4.3.</summary>
    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        var linear = Channels(color).Select(c => c / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static IEnumerable<int> Channels(string color) =>
        Enumerable.Range(0, 3).Select(i => int.Parse(color.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
