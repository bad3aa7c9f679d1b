using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Edit;

public sealed class ContactCopyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_another_contact_that_says_whose_it_was_and_can_be_taken_away_again()
    {
        var (contacts, sams) = (new Contacts(), Contacts.Sams(Rights.Read));
        contacts.Put(sams, Vcf.Card("TEL:1", "X-UNKNOWN:kept"));

        var done = await ContactCopy.RunAsync(contacts.Calls, Contacts.Link(sams), Contacts.Mine.Id, Contacts.Mine, Cancel);

        var sent = Assert.Single(contacts.Sent);
        Assert.Equal((Contacts.Mine.Id, "Copied to “Personal”."), (sent.Source, done.Message));
        Assert.NotEqual(Uid.Parse("card-1"), sent.Uid);
        Assert.Contains("X-UNKNOWN:kept", sent.Text, StringComparison.Ordinal);
        Assert.Equal(("sam@globex.example", sent.Uid), (ContactCard.Read(sent.Text ?? "").Source, ContactCard.Read(sent.Text ?? "").Uid));
        await contacts.Calls.Write(Assert.Single(done.Undo), Cancel);
        Assert.NotNull(Assert.Single(contacts.Texts));
        Assert.NotNull(contacts.Text(sams));
    }

    [Fact]
    public async Task What_is_not_there_any_more_is_not_copied()
    {
        var contacts = new Contacts();

        var done = await ContactCopy.RunAsync(contacts.Calls, Contacts.Link(Contacts.Sams(Rights.Read)), Contacts.Mine.Id, known: null, Cancel);

        Assert.Empty(contacts.Sent);
        Assert.Contains("not there any more", done.Message, StringComparison.Ordinal);
        Assert.Empty(done.Undo);
    }
}
