using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks;

/// <summary>What the index of a contact says.</summary>
public sealed class AddressBookAppTests
{
    private static readonly string Ada = Vcf.Card(
        "N:Lovelace;Ada;;;", "NICKNAME:Enchantress,Countess", "ORG:Analytical Engines;Programs", "TITLE:Chief programmer", "TEL;TYPE=home:+41 44 123 45 67", "TEL;PREF=1:044 765 43 21",
        "EMAIL:Ada@Acme.example", "ADR:;;Bahnhofstrasse 1;Zürich;;8001;Switzerland", "NOTE:Likes\\nengines", "CATEGORIES:Friends,Pioneers", "BDAY:19851210", "KIND:individual",
        Vcf.Photo(Vcf.Png(9, 9)), "X-UNKNOWN:secret");

    [Fact]
    public void The_detail_has_what_a_list_shows_and_is_small()
    {
        var indexed = Vcf.Index(Ada);
        var detail = ContactDetail.Parse(indexed.Detail);

        Assert.Equal(("Ada Lovelace", "card-1"), (indexed.Title, indexed.Uid.Value));
        Assert.Equal(("Analytical Engines", "Ada@Acme.example", "044 765 43 21"), (detail.Organization, detail.Mail, detail.Phone));
        Assert.Equal((ContactKind.Individual, true, "19851210"), (detail.Kind, detail.HasPhoto, detail.Birthday));
        Assert.False(ContactDetail.Parse(Vcf.Index(Vcf.Card("PHOTO:https://elsewhere.example/p.png")).Detail).HasPhoto);
        Assert.Equal(["Friends", "Pioneers"], detail.Categories);
        Assert.Equal(["ada@acme.example"], detail.Mails);
        Assert.Equal(["447654321", "441234567"], detail.Numbers);
        Assert.InRange(indexed.Detail.Length, 1, 400);
    }

    [Theory]
    [InlineData("lovelace")]
    [InlineData("countess")]
    [InlineData("analytical")]
    [InlineData("programs")]
    [InlineData("chief")]
    [InlineData("41441234567")]
    [InlineData("044 765 43")]
    [InlineData("ada@acme")]
    [InlineData("zurich")]
    [InlineData("8001")]
    [InlineData("engines")]
    [InlineData("pioneers")]
    public void Search_looks_at_everything_by_which_one_is_known(string word) => Assert.Contains(word, Vcf.Index(Ada).SearchText, StringComparison.Ordinal);

    [Fact]
    public void Search_does_not_look_at_what_nobody_sees() => Assert.DoesNotContain("secret", Vcf.Index(Ada).SearchText, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(false, "CLASS:public")]
    [InlineData(true, "CLASS:PRIVATE")]
    [InlineData(true, "CLASS:CONFIDENTIAL")]
    [InlineData(true, "CLASS:X-UNKNOWN")]
    [InlineData(true, "CLASS:")]
    [InlineData(true, "CLASS:PUBLIC", "item1.CLASS:PRIVATE")]
    public void A_class_other_than_public_is_private(bool isPrivate, params string[] lines) => Assert.Equal(isPrivate, Vcf.Index(Vcf.Card(lines)).IsPrivate);

    [Fact]
    public void A_birthday_is_an_all_day_instance_of_every_year_with_the_age()
    {
        var indexed = Vcf.Index(Ada);

        Assert.Equal(["20261210 Ada Lovelace's birthday (41)", "20271210 Ada Lovelace's birthday (42)"], Said(indexed.Instances));
        Assert.Equal((Instant.FromUtc(1985, 12, 10, 0, 0), null, true), (indexed.First, indexed.Last, indexed.IsUnbounded));
        Assert.All(indexed.Instances, instance => Assert.Equal((TimeKind.Date, Period.FromDays(1)), (instance.Start.Kind, instance.End.Local.Date - instance.Start.Local.Date)));
    }

    [Fact]
    public void A_birthday_on_the_29th_of_February_is_on_the_28th_in_other_years()
    {
        var range = new TimeRange(Instant.FromUtc(2027, 1, 1, 0, 0), Instant.FromUtc(2029, 1, 1, 0, 0));

        var instances = Vcf.App.Expand(Vcf.Card("BDAY:--0229", "ANNIVERSARY:20200228"), range, DateTimeZone.Utc, 10);

        Assert.Equal(
            ["20270228 Ada Lovelace's birthday and anniversary (7)", "20280228 Ada Lovelace's anniversary (8)", "20280229 Ada Lovelace's birthday"], Said(instances));
    }

    [Theory]
    [InlineData("BDAY:1985")]
    [InlineData("BDAY:1985-04")]
    [InlineData("BDAY:---12")]
    [InlineData("BDAY;VALUE=text:circa 1800")]
    [InlineData("BDAY:25000101")]
    [InlineData("NOTE:a")]
    public void What_is_no_day_of_the_year_is_no_instance(string line)
    {
        var indexed = Vcf.Index(Vcf.Card(line));

        Assert.Equal((0, null, false), (indexed.Instances.Count, indexed.First, indexed.IsUnbounded));
    }

    [Fact]
    public void Nobody_has_a_birthday_before_they_are_born_nor_outside_of_the_years_that_there_are()
    {
        var range = new TimeRange(TimeRange.Earliest, TimeRange.Latest);

        Assert.Equal("19850412 Ada Lovelace's birthday", Said(Vcf.App.Expand(Vcf.Card("BDAY:19850412"), range, DateTimeZone.Utc, 1))[0]);
        Assert.Equal(300, Vcf.App.Expand(Vcf.Card("BDAY:18151210"), range, DateTimeZone.Utc, 1_000).Count);
        Assert.Equal(Instant.FromUtc(1900, 12, 10, 0, 0), Vcf.Index(Vcf.Card("BDAY:18151210")).First);
    }

    /// <summary>Days are cut in the zone of who looks; the horizon has them with enough to spare for every zone.</summary>
    [Fact]
    public void A_day_begins_where_the_viewer_is()
    {
        var tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];
        var evening = new TimeRange(Instant.FromUtc(2026, 12, 9, 16, 0), Instant.FromUtc(2026, 12, 9, 17, 0));

        Assert.Single(Vcf.App.Expand(Ada, evening, tokyo, 10));
        Assert.Empty(Vcf.App.Expand(Ada, evening, DateTimeZone.Utc, 10));
        Assert.Single(Vcf.App.Index(Ada, evening).Instances);
    }

    [Theory]
    [InlineData(true, "TEL:1", "EMAIL:a@b", "REV:20260101T000000Z")]
    [InlineData(true, "EMAIL:a@b", "TEL:1")]
    [InlineData(false, "TEL:1")]
    [InlineData(false, "TEL:2", "EMAIL:a@b")]
    public void Two_texts_are_the_same_where_they_say_the_same(bool isSame, params string[] lines)
    {
        Assert.Equal(isSame, Vcf.App.IsSame(Vcf.Card("EMAIL:a@b", "TEL:1", "PRODID:x"), Vcf.Card(lines)));
        Assert.False(Vcf.App.IsSame("no card", Vcf.Card(lines)));
    }

    [Fact]
    public void A_card_of_another_version_is_the_same_as_what_is_stored_of_it()
    {
        var old = Vcf.Of("2.1", "UID:1", "FN:Ada", "TEL;HOME;PREF:1", "BDAY:1985-04-12");

        Assert.True(Vcf.App.IsSame(Vcf.Index(old).Text, old));
    }

    private static string[] Said(IEnumerable<IndexedInstance> instances) => [.. instances.Select(instance => $"{instance.RecurrenceId} {instance.Title}")];
}
