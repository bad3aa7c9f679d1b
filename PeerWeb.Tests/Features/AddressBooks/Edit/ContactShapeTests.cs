using System.Text.Json;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Edit;

public sealed class ContactShapeTests
{
    private static readonly EntryScene Scene = Contacts.Scene(Contacts.Mine);

    private static readonly string Full = Vcf.Card(
        "N:Lovelace;Ada;Noel,King;Dr.;MP", "NICKNAME:Countess", "ORG:Acme;Engines", "TITLE:Analyst", "ROLE:Founder", "item1.TEL;TYPE=work,voice;PREF=1:+41 44 1", "item1.X-ABLABEL:Desk", "TEL:2",
        "EMAIL;TYPE=home:ada@acme.example", "ADR;TYPE=home:Box 1;;Street 1\\nDoor 2;Zürich;ZH;8001;CH", "URL:https://acme.example", "IMPP:xmpp:ada@acme.example", "BDAY:--0412", "ANNIVERSARY:20010203",
        "NOTE:one\\ntwo", "CATEGORIES:A\\, B,C", "CLASS:PRIVATE", "PHOTO:data:image/png;base64," + Convert.ToBase64String(Vcf.Png(9, 9)));

    [Fact]
    public void What_nobody_touched_comes_back_as_it_was()
    {
        var fields = ContactShape.Instance.Text.Read(Full);

        Assert.Equal(fields, ContactShape.Instance.Fields(ContactShape.Instance.Show(fields, "s", Scene), fields, Scene));
        Assert.Equal("known", ContactShape.Instance.Show(fields, "s", Scene).Photo);
    }

    [Fact]
    public void A_form_survives_its_draft()
    {
        var form = ContactShape.Instance.Show(ContactShape.Instance.Text.Read(Full), "s", Scene) with { Members = ["urn:uuid:1"] };
        var draft = new EntryDraft<ContactForm>("", "u1", null, null, null, ContactForm.Empty, form);

        Assert.Equal(draft, EntryDraft.Read(JsonSerializer.Serialize(draft, ContactEntryKind.Instance.Drafts), ContactEntryKind.Instance));
    }

    [Fact]
    public void Empty_rows_are_nothing_and_a_name_is_what_there_is()
    {
        var form = ContactForm.Empty with { Phones = [new ValueRow(" ", "home", null, false), new ValueRow(" 5 ", "work,fax", null, true)], Addresses = [new AddressRow("", "", " ", "", "", "", "", "home", null, false)] };

        var fields = ContactShape.Instance.Fields(form, null, Scene);

        Assert.Equal("5", fields.FormattedName);
        Assert.Equal([new ContactValue("5") { Types = ["work", "fax"], IsPreferred = true }], fields.Phones);
        Assert.Empty(fields.Addresses);
        Assert.True(ContactShape.Instance.HasProblems(ContactForm.Empty with { Source = "s" }, ContactForm.Empty, isTried: true));
    }

    [Fact]
    public void The_name_follows_its_parts_until_it_is_typed_itself()
    {
        var typed = ContactForm.Empty.WithName(form => form with { Given = "Ada" }).WithName(form => form with { Family = "King" });
        Assert.Equal("Ada King", typed.Title);
        Assert.Equal("Lady Ada", (typed with { Title = "Lady Ada" }).WithName(form => form with { Family = "Lovelace" }).Title);
    }

    [Theory]
    [InlineData("12", "4", "", "--0412")]
    [InlineData("", "4", "1985", "1985-04")]
    [InlineData("29", "2", "", "--0229")]
    [InlineData("29", "2", "2025", null)]
    [InlineData("x", "2", "", null)]
    [InlineData("12", "", "1985", null)]
    public void A_date_may_lack_parts_and_is_one_or_says_so(string day, string month, string year, string? expected)
    {
        var parts = new DateParts(day, month, year);

        Assert.Equal(expected, parts.Date?.ToString());
        Assert.Equal(expected is null, parts.Problem is not null);
        if (parts.Date is { } date)
            Assert.Equal(parts, DateParts.Of(date));
    }

    [Fact]
    public void What_was_typed_goes_on_top_of_what_the_contact_says_now()
    {
        var before = ContactShape.Instance.Show(ContactShape.Instance.Text.Read(Full), "s", Scene);
        var now = before with { Family = "Byron", Phones = [], Notes = "theirs" };

        var rebased = ContactShape.Instance.Rebase(before with { Notes = "mine", Birthday = DateParts.Of(CardDate.Parse("1815")) }, before, now);

        Assert.Equal(now with { Notes = "mine", Birthday = new DateParts("", "", "1815") }, rebased);
    }
}
