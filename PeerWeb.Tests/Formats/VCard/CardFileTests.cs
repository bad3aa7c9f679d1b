using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>Files of many cards: each its own result, whatever the others are.</summary>
public sealed class CardFileTests
{
    [Fact]
    public async Task A_broken_card_does_not_stop_the_others_and_is_reported_with_its_line()
    {
        var file = Vcf.Of("4.0", "UID:a", "FN:A")
            + Vcf.Of("4.0", "UID:b", "FN:Broken", "no property")
            + "BEGIN:VCARD\r\nFN:Unclosed\r\n"
            + Vcf.Of("2.1", "UID:c", "FN:C")
            + Vcf.Of("4.0", "UID:d", "FN:Huge", "NOTE:" + new string('x', 110_000))
            + Vcf.Of("4.0", "UID:e", "FN:Huger", "NOTE:" + new string('x', 600_000), "NOTE:more")
            + Vcf.Of("4.0", "UID:f", "FN:Svg", Vcf.Photo("<svg/>"u8.ToArray(), "image/svg+xml"))
            + Vcf.Of("3.0", "UID:g", "FN:G");

        var entries = await Vcf.SplitAsync(file);

        Assert.Equal(["A", "Broken", "Unclosed", "C", "Huge", "Huger", "Svg", "G"], entries.Select(entry => entry.Label));
        Assert.Equal([(2, 10), (3, 12), (5, 23), (6, 29), (7, 36)], entries.OfType<FileEntry.Unreadable>().Select(entry => (entry.Number, entry.Line)));
        Assert.All(entries, entry => Assert.Equal(8, entry.Total));
    }

    [Fact]
    public async Task A_card_without_UID_gets_the_same_one_in_every_import()
    {
        var card = Vcf.Of("3.0", "FN:Ada", "TEL;TYPE=HOME:1", "REV:2026-01-01T00:00:00Z");
        var later = Vcf.Of("3.0", "FN:Ada", "TEL;TYPE=HOME:1", "REV:2026-02-02T00:00:00Z");

        var uids = new List<Uid>();
        foreach (var file in (string[])[card, Vcf.Of("4.0", "UID:x", "FN:Bob") + later, Vcf.Of("3.0", "FN:Ada", "TEL;TYPE=HOME:2")])
            uids.Add(Assert.IsType<FileEntry.Readable>((await Vcf.SplitAsync(file))[^1]).Uid);

        Assert.Equal(uids[0], uids[1]);
        Assert.NotEqual(uids[0], uids[2]);
    }

    [Fact]
    public async Task Of_several_cards_with_one_UID_the_first_counts_and_the_others_are_reported()
    {
        var file = Vcf.Of("4.0", "UID:a", "FN:First") + Vcf.Of("4.0", "UID:b", "FN:Other") + Vcf.Of("4.0", "UID:a", "FN:Second") + Vcf.Of("4.0", "UID:a", "FN:Third");

        var entries = await Vcf.SplitAsync(file);

        Assert.Equal(["First", "Other"], entries.OfType<FileEntry.Readable>().Select(entry => entry.Label));
        Assert.Equal([("Second", 11), ("Third", 16)], entries.OfType<FileEntry.Unreadable>().Select(entry => (entry.Label, entry.Line)));
        Assert.All(entries.OfType<FileEntry.Unreadable>(), entry => Assert.Contains("line 1 ", entry.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_the_text_is_found_in_the_file()
    {
        var file = "\r\n\r\n" + Vcf.Of("3.0", "NOTE:" + new string('x', 200), "TEL:1", "FN:Ada");

        var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await Vcf.SplitAsync(file)));

        var line = entry.Text.Split("\r\n").ToList().FindIndex(text => text == "TEL:1") + 1;
        Assert.Equal((3, 6), (entry.Line, entry.LineInFile(line)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name,Mail\r\nAda,ada@acme.example")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR")]
    public async Task What_is_no_file_of_cards_is_said_to_be_none(string file) =>
        Assert.Contains("no vCard file", Assert.IsType<FileEntry.Unreadable>(Assert.Single(await Vcf.SplitAsync(file))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_in_UTF_16_and_one_with_doubled_line_ends_are_read()
    {
        var text = Vcf.Of("2.1", "UID:1", "FN:Jörg", "NOTE;ENCODING=QUOTED-PRINTABLE:one=", "=20two");

        foreach (var file in (byte[][])[[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], Encoding.UTF8.GetBytes(text.Replace("\r\n", "\r\r\n", StringComparison.Ordinal))])
        {
            var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await Vcf.SplitAsync(file)));
            Assert.Contains("FN:Jörg\r\nNOTE:one two\r\n", entry.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_exported_is_imported_as_it_was()
    {
        var collection = CollectionId.New();
        var texts = Enumerable.Range(0, 50).Select(i => Vcf.Index(Vcf.Of("4.0", $"UID:{i}", $"FN:Contact {i}", "X-UNKNOWN:a;b,c", Vcf.Photo(Vcf.Png(1 + i, 2)))).Text).ToList();
        var entries = texts.Select((text, i) => new Entry(collection, Uid.Parse($"{i}"), ETag.Parse("1"), text)).ToList();
        entries.Insert(7, new Entry(collection, Uid.Parse("bad"), ETag.Parse("1"), "no card"));
        using var file = new MemoryStream();
        var skipped = new List<SkippedEntry>();

        await Vcf.App.JoinAsync(entries.ToAsyncEnumerable(), file, skipped.Add, TestContext.Current.CancellationToken);

        Assert.Equal("bad", Assert.Single(skipped).Uid.Value);
        Assert.Equal(texts, (await Vcf.SplitAsync(file.ToArray())).Cast<FileEntry.Readable>().Select(entry => entry.Text));
    }
}
