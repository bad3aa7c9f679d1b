using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks;

/// <summary>Two people changed the same contact.</summary>
public sealed class ContactMergeTests
{
    private static readonly ContactText Texts = new();
    private static readonly string[] Base = ["N:Lovelace;Ada;;;", "item1.TEL;TYPE=work:1", "item1.X-ABLABEL:Desk", "TEL;TYPE=home:2", "NOTE:old", "CATEGORIES:A,B", "REV:20260101T000000Z"];

    [Fact]
    public void What_each_side_changed_is_taken_whichever_is_called_mine()
    {
        var mine = Vcf.Card("N:King;Ada;;;", "item1.TEL;TYPE=work:1", "item1.X-ABLABEL:Office", "TEL;TYPE=home:2", "item2.EMAIL:a@acme.example", "item2.X-ABLABEL:New", "NOTE:old", "CATEGORIES:A,C", "REV:20260102T000000Z");
        var theirs = Vcf.Card("N:Lovelace;Ada;;;", "item1.TEL;TYPE=work:1", "item1.X-ABLABEL:Desk", "item2.URL:https://acme.example", "item2.X-ABLABEL:Site", "NOTE:new", "CATEGORIES:B,A,D", "REV:20260103T000000Z");

        var merged = Texts.Merge(Vcf.Card(Base), mine, theirs).Text;

        Assert.Equal(merged, Texts.Merge(Vcf.Card(Base), theirs, mine).Text);
        Assert.Equal(
            ["UID:card-1", "FN:Ada Lovelace", "N:King;Ada;;;", "item1.TEL;TYPE=work:1", "item1.X-ABLABEL:Office", "NOTE:new", "CATEGORIES:A,C,D", "REV:20260103T000000Z",
                "item2.EMAIL:a@acme.example", "item2.X-ABLABEL:New", "item3.URL:https://acme.example", "item3.X-ABLABEL:Site"],
            Vcf.Stored(Assert.IsType<string>(merged)).Select(line => line.Replace("item0", "item3", StringComparison.Ordinal)));
    }

    [Fact]
    public void Both_sides_numbers_are_kept_and_one_that_went_is_gone()
    {
        var merged = Texts.Merge(Vcf.Card("TEL:1", "TEL:2"), Vcf.Card("TEL:1", "TEL:2", "TEL:3"), Vcf.Card("TEL:2", "TEL:4"));

        Assert.Equal(["2", "3", "4"], Vcf.Fields(merged.Text!).Phones.Select(phone => phone.Value));
    }

    [Theory]
    [InlineData("NOTE:mine", "NOTE:theirs", "Notes: mine | theirs")]
    [InlineData("BDAY:19850412", "BDAY:--0413", "Birthday: 12 April 1985 | 13 April")]
    [InlineData("TEL;TYPE=home:1", "TEL;TYPE=fax:1", "Phone: 1 (home) | 1 (fax)")]
    [InlineData("CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "Visibility: private | private")]
    [InlineData("N:a;b;;;", "N:c;b;;;", "Parts of the name: b a | b c")]
    public void What_both_changed_differently_is_a_conflict_in_words(string mine, string theirs, string expected)
    {
        var merge = Texts.Merge(Vcf.Card("TEL:1", "NOTE:old"), Vcf.Card(Lines(mine)), Vcf.Card(Lines(theirs)));

        Assert.Null(merge.Text);
        Assert.Equal([expected], merge.Conflicts.Select(Said));

        static string[] Lines(string line) => [line.StartsWith("TEL", StringComparison.Ordinal) ? line : "TEL:1", line.StartsWith("NOTE", StringComparison.Ordinal) ? line : "NOTE:old", .. line[..3] is "TEL" or "NOT" ? Array.Empty<string>() : [line]];
    }

    [Fact]
    public void A_number_that_one_side_took_away_and_the_other_changed_is_a_conflict()
    {
        var merge = Texts.Merge(Vcf.Card("TEL;TYPE=home:1"), Vcf.Card("TEL;TYPE=work:1"), Vcf.Card());

        Assert.Equal(["Phone: 1 (work) | "], merge.Conflicts.Select(Said));
    }

    [Fact]
    public void Differences_are_in_words_and_a_changed_number_is_one()
    {
        var photo = Vcf.Photo(Vcf.Png(20, 30));
        var left = Vcf.Card("TEL;TYPE=home:1", "TEL:2", "ORG:Acme", photo, "REV:20260101T000000Z", "X-A:1");
        var right = Vcf.Card("TEL;TYPE=home:3", "TEL:2", "ORG:Acme;Engines", "REV:20270101T000000Z", "X-A:2", "ADR;TYPE=work:;;Street 1;Zürich;;8001;CH");

        Assert.Equal(
            ["Phone: 1 (home) | 3 (home)", "Organisation: Acme | Acme, Engines", "Photo: 20 by 30 pixels, 1 KiB | ", "X-A: 1 | 2", "Address:  | Street 1, 8001 Zürich, CH (work)"],
            Texts.Differences(left, right).Select(Said));
        Assert.Empty(Texts.Differences(left, left.Replace("REV:2026", "REV:2025", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_group_called_otherwise_says_nothing() =>
        Assert.Empty(Texts.Differences(Vcf.Card("item1.TEL:1", "item1.X-ABLABEL:a"), Vcf.Card("g.TEL:1", "g.X-ABLABEL:a")));

    private static string Said(EntryDifference difference) => $"{difference.Label}: {difference.Left} | {difference.Right}";
}
