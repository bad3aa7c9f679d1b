using PeerWeb.Core.Peers;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class FingerprintTests
{
    // RFC 8037 A.3's thumbprint: any 32 bytes serve, these are fixed by a standard.
    private static readonly KeyThumbprint Known = KeyThumbprint.Parse("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    [Fact]
    public void The_word_list_has_exactly_2048_different_words_in_order()
    {
        Assert.Equal(2048, FingerprintWords.All.Count);
        Assert.Equal(2048, FingerprintWords.All.Distinct().Count());
        Assert.Equal(FingerprintWords.All.Order(StringComparer.Ordinal), FingerprintWords.All);
        Assert.All(FingerprintWords.All, word => Assert.Matches("^[a-z]{4,8}$", word));
    }

    [Fact]
    public void No_two_words_share_their_first_four_letters() =>
        Assert.Equal(2048, FingerprintWords.All.Select(word => word[..4]).Distinct().Count());

    [Fact]
    public void No_two_words_differ_in_only_one_letter()
    {
        var masked = FingerprintWords.All.SelectMany(word => Enumerable.Range(0, word.Length).Select(i => $"{word[..i]}_{word[(i + 1)..]}"));
        var shortened = FingerprintWords.All.SelectMany(word => Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1)).Distinct());

        Assert.DoesNotContain(masked.GroupBy(word => word), group => group.Count() > 1);
        Assert.Empty(shortened.Intersect(FingerprintWords.All));
    }

    [Fact]
    public void Words_and_digits_are_the_first_88_bits_of_the_thumbprint()
    {
        var bits = string.Concat(Known.ToBytes().Take(11).Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        var numbers = Enumerable.Range(0, 8).Select(i => Convert.ToInt32(bits.Substring(i * 11, 11), 2)).ToList();

        var fingerprint = Fingerprint.Of(Known);

        Assert.Equal(numbers.Select(number => FingerprintWords.All[number]), fingerprint.Words);
        Assert.Equal(numbers.Select(number => $"{number:D4}"), fingerprint.Digits);
    }

    [Fact]
    public void The_words_of_a_known_key_never_change() =>
        Assert.Equal("limpet soft rascal engine bagel phantom flight inward", Fingerprint.Of(Known).ToString());

    [Fact]
    public void A_fingerprint_is_recognised_as_words_digits_or_the_whole_thumbprint()
    {
        var fingerprint = Fingerprint.Of(Known);

        Assert.True(fingerprint.IsWrittenAs(Known.Value));
        Assert.True(fingerprint.IsWrittenAs(string.Join("  ", fingerprint.Words).ToUpperInvariant()));
        Assert.True(fingerprint.IsWrittenAs(string.Join('-', fingerprint.Words)));
        Assert.True(fingerprint.IsWrittenAs(string.Join(' ', fingerprint.Digits)));
        Assert.True(fingerprint.IsWrittenAs(string.Join(' ', fingerprint.Words.Select(word => word[..4]))));
    }

    [Fact]
    public void A_page_copied_whole_is_recognised_and_one_wrong_group_in_it_is_not()
    {
        var fingerprint = Fingerprint.Of(Known);
        var pairs = fingerprint.Words.Zip(fingerprint.Digits, (word, digits) => $"{word} {digits}").ToList();

        Assert.True(fingerprint.IsWrittenAs(string.Join('\n', [.. pairs, Known.Value])));
        Assert.True(fingerprint.IsWrittenAs(string.Join("\r\n", pairs)));
        Assert.False(fingerprint.IsWrittenAs(string.Join('\n', [.. pairs.Skip(1), Known.Value])));
        Assert.False(fingerprint.IsWrittenAs(string.Join('\n', [.. pairs, Keys.New().Thumbprint.Value])));
        Assert.False(fingerprint.IsWrittenAs(string.Join('\n', [.. pairs.Select(pair => pair[..^1] + "x"), Known.Value])));
    }

    [Fact]
    public void Another_fingerprint_or_a_part_or_another_order_of_one_is_not_it()
    {
        var fingerprint = Fingerprint.Of(Known);

        Assert.False(fingerprint.IsWrittenAs(Fingerprint.Of(Keys.New().Thumbprint).ToString()));
        Assert.False(fingerprint.IsWrittenAs(string.Join(' ', fingerprint.Words.Take(7))));
        Assert.False(fingerprint.IsWrittenAs(string.Join(' ', fingerprint.Words.Reverse())));
        Assert.False(fingerprint.IsWrittenAs(Known.Value.ToLowerInvariant()));
        Assert.False(fingerprint.IsWrittenAs(string.Empty));
        Assert.False(fingerprint.IsWrittenAs(" - , "));
    }

    [Theory]
    [InlineData("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", true)]
    [InlineData("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4l", false)] // the same bytes, spelled another way
    [InlineData("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k=", false)]
    [InlineData("kPrK/qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", false)]
    [InlineData("", false)]
    public void Only_one_spelling_is_a_thumbprint(string text, bool isOne) => Assert.Equal(isOne, KeyThumbprint.TryParse(text, out _));

    [Fact]
    public void A_key_survives_its_canonical_text()
    {
        var key = Keys.New();

        Assert.Equal(key, PublicKey.FromJwk(key.ToJwk()));
        Assert.Equal(key.Thumbprint, PublicKey.FromJwk(key.ToJwk()).Thumbprint);
    }
}
