using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Features.AddressBooks;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks;

public sealed class CardWordsTests
{
    [Theory]
    [InlineData("Ada King Lovelace", "AL")]
    [InlineData("  élodie", "É")]
    [InlineData("", "?")]
    [InlineData("👩‍🚀 Zoë", "👩‍🚀Z")]
    [InlineData("Anna Frei (Basel) 17", "AF")]
    [InlineData("3M", "3")]
    public void Initials_are_whole_characters(string name, string initials) => Assert.Equal(initials, CardWords.Initials(name));

    [Theory]
    [InlineData("19850412", "12 April 1985", 40)]
    [InlineData("20250314", "14 March 2025", 1)]
    [InlineData("20240229", "29 February 2024", 2)]
    [InlineData("--0412", "12 April", null)]
    [InlineData("1985-04", "April 1985", null)]
    [InlineData("1985", "1985", null)]
    [InlineData("---12", "on the 12.", null)]
    [InlineData("20300101", "1 January 2030", null)]
    public void A_birthday_says_what_is_known_and_an_age_only_of_a_whole_date(string date, string words, int? age)
    {
        Assert.True(CardDate.Parse(date) is not null);
        var read = CardDate.Parse(date).GetValueOrDefault();

        Assert.Equal((words, age), (CardWords.Day(read), CardWords.Age(read, new LocalDate(2026, 3, 14))));
    }

    [Theory]
    [InlineData("+41 (0)44 123-45", "tel:+4104412345")]
    [InlineData("javascript:alert(1)", "tel:1")]
    [InlineData("call me", null)]
    public void Only_what_can_be_dialled_is_dialled(string phone, string? href) => Assert.Equal(href, CardWords.Dial(phone));

    [Theory]
    [InlineData("ada@acme.example", "mailto:ada@acme.example")]
    [InlineData("a@b?subject=x&body=y", null)]
    [InlineData("ada", null)]
    [InlineData("@acme", null)]
    public void A_mail_is_an_address_and_nothing_of_a_text(string mail, string? href) => Assert.Equal(href, CardWords.Write(mail));

    [Fact]
    public void A_line_of_a_search_says_where_somebody_works_and_how_to_reach_them()
    {
        var detail = ContactDetail.Empty with { Organization = "Acme", Mail = "ada@acme.example", Phone = "1" };

        Assert.Equal("Acme · ada@acme.example", CardWords.About(Contacts.Entry(Contacts.Mine, "a", "Ada", detail)));
        Assert.Equal("1", CardWords.About(Contacts.Entry(Contacts.Mine, "a", "Acme", detail with { Mail = null })));
        Assert.Null(CardWords.About(Contacts.Entry(Contacts.Mine, "a", "Ada", ContactDetail.Empty)));
    }

    [Fact]
    public void A_type_is_what_its_user_calls_it_else_what_the_card_says()
    {
        Assert.Equal("Mobile, work, preferred", CardWords.Type(new ContactValue("1") { Types = ["cell", "work"], IsPreferred = true }));
        Assert.Equal("Beach house", CardWords.Type(new ContactValue("1") { Types = ["home"], Label = "Beach house" }));
        Assert.Null(CardWords.Type(new ContactValue("1")));
    }
}
