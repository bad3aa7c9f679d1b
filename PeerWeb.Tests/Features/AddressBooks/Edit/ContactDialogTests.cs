using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Edit;

public sealed class ContactDialogTests : BunitContext
{
    private readonly FakeTimeProvider _time = new(Contacts.Now);
    private readonly Contacts _contacts = new();

    public ContactDialogTests()
    {
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(new AddressBookQueries(
            _contacts.Calls,
            (_, _, _, _) => throw new InvalidOperationException("No address book is made here."),
            (source, _, _) => Task.FromResult<IReadOnlyList<MergedEntry>>([Contacts.Entry(Contacts.Mine, "00000000-0000-0000-0000-000000000007", "Grace Hopper", ContactDetail.Empty)]),
            (_, members, _) => Task.FromResult<IReadOnlyList<GroupMember>>([.. members.Select(member => new GroupMember(member, "Bob", null))]),
            _ => throw new InvalidOperationException("Nobody looks for duplicates here.")));
        Services.AddScoped<DraftBrowser>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task A_new_contact_has_what_was_typed_and_a_birthday_needs_no_year()
    {
        var dialog = Open(PlainEntrySession.New(_contacts.Calls, ContactShape.Instance, Contacts.Scene(Contacts.Mine), ContactForm.Empty));
        By(dialog, "entry-given").Change("Ada");
        By(dialog, "entry-family").Change("King");
        By(dialog, "add-phones").Click();
        dialog.Find("[data-testid=entry-phones] input[type=tel]").Change("+41 44 1");
        dialog.Find("[data-testid=entry-phones] select").Change("work,fax");
        By(dialog, "add-mails").Click();
        By(dialog, "entry-birthday-day").Change("12");
        By(dialog, "entry-birthday-month").Change("4");

        await SubmitAsync(dialog);

        var card = ContactCard.Read(Assert.Single(_contacts.Texts));
        Assert.Equal("Ada King", card.FormattedName);
        Assert.Equal(new StructuredName("King", "Ada", "", "", ""), card.Fields.Name);
        Assert.Equal([new ContactValue("+41 44 1") { Types = ["work", "fax"] }], card.Fields.Phones);
        Assert.Empty(card.Fields.Mails);
        Assert.Equal("--0412", card.Fields.Birthday?.ToString());
    }

    [Fact]
    public async Task A_change_leaves_the_rest_alone_and_a_removed_value_goes()
    {
        var dialog = Open("TEL;TYPE=work:1", "TEL;TYPE=home:2", "X-UNKNOWN:kept", "BDAY;VALUE=text:circa 1800");
        dialog.Find("[aria-label='Remove phone 1']").Click();
        By(dialog, "entry-organization").Change("Acme");

        await SubmitAsync(dialog);

        var text = _contacts.Text(Contacts.Mine);
        Assert.Contains("X-UNKNOWN:kept", text, StringComparison.Ordinal);
        Assert.Contains("circa 1800", text, StringComparison.Ordinal);
        Assert.Contains("ORG:Acme", text, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(Vcf.Fields(text ?? "").Phones).Value);
    }

    [Fact]
    public void Two_changes_of_one_row_that_come_at_once_are_both_there_and_the_focus_stays_where_work_goes_on()
    {
        var dialog = Open("TEL;TYPE=work:1");
        var (value, type) = (dialog.Find("[data-testid=entry-phones] input[type=tel]"), dialog.Find("[data-testid=entry-phones] select"));

        // Both as they were drawn first.
        value.Change("22");
        type.Change("home");

        Assert.Equal("22", dialog.Find("[data-part='phones.0.value']").GetAttribute("value"));
        Assert.Equal("home", dialog.Find("[data-testid=entry-phones] select").GetAttribute("value"));
        var focused = JSInterop.Invocations.Count(call => call.Identifier.EndsWith("focus", StringComparison.Ordinal));
        By(dialog, "add-phones").Click();
        dialog.Find("[aria-label='Remove phone 2']").Click();
        Assert.Equal(focused + 2, JSInterop.Invocations.Count(call => call.Identifier.EndsWith("focus", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_rights_do_not_allow_is_disabled_and_says_why()
    {
        var dialog = Open(Contacts.Sams(Rights.Read), "TEL:1", "ADR:;;Street;;;;");

        Assert.All(dialog.FindAll("form input:not([type=hidden]), form select, form textarea"), input => Assert.True(input.HasAttribute("disabled"), input.OuterHtml));
        Assert.Empty(dialog.FindAll("[data-testid=add-phones], [data-testid=entry-photo], .mark"));
        Assert.Contains("sam@globex.example lets you read this address book, not edit its contacts.", By(dialog, "entry-reason").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_is_none_and_a_nameless_contact_are_not_saved()
    {
        var dialog = Open();
        By(dialog, "entry-summary").Change("");
        By(dialog, "entry-birthday-day").Change("31");
        By(dialog, "entry-birthday-month").Change("2");

        await SubmitAsync(dialog);

        Assert.Empty(_contacts.Sent);
        Assert.Contains(dialog.FindAll(".problem:not([hidden])"), problem => problem.TextContent.Contains("This is no date", StringComparison.Ordinal));
        Assert.Contains(dialog.FindAll(".problem:not([hidden])"), problem => problem.TextContent.Contains("Give a name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_photo_is_what_its_octets_say_and_no_larger_than_a_card_may_have()
    {
        var dialog = Open();
        var input = dialog.FindComponent<InputFile>();

        input.UploadFiles(InputFileContent.CreateFromText("<svg onload=alert(1)>", "x.png"));
        dialog.WaitForAssertion(() => Assert.Contains("no PNG", dialog.Find(".photo .problem").TextContent, StringComparison.Ordinal));
        input.UploadFiles(InputFileContent.CreateFromBinary(Vcf.Png(CardCaps.PhotoSide + 1, 9), "bomb.png"));
        dialog.WaitForAssertion(() => Assert.Contains("4097", dialog.Find(".photo .problem").TextContent, StringComparison.Ordinal));
        input.UploadFiles(InputFileContent.CreateFromBinary(Vcf.Png(9, 9), "me.png"));
        dialog.WaitForAssertion(() => Assert.StartsWith("data:image/png;base64,", dialog.Find(".photo img").GetAttribute("src"), StringComparison.Ordinal));
        await SubmitAsync(dialog);

        Assert.Equal("image/png", Vcf.Fields(_contacts.Text(Contacts.Mine) ?? "").Photo?.MediaType);
    }

    [Fact]
    public async Task A_known_photo_is_not_sent_to_the_browser_and_can_be_removed()
    {
        var dialog = Open("PHOTO:data:image/png;base64," + Convert.ToBase64String(Vcf.Png(9, 9)));

        Assert.StartsWith("/addressbook/photo?entry=", dialog.Find(".photo img").GetAttribute("src"), StringComparison.Ordinal);
        Assert.DoesNotContain("base64", dialog.Markup, StringComparison.Ordinal);
        By(dialog, "entry-photo-remove").Click();
        await SubmitAsync(dialog);

        Assert.DoesNotContain("PHOTO", _contacts.Text(Contacts.Mine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_names_its_members_and_takes_more()
    {
        var dialog = Open("KIND:group", "MEMBER:urn:uuid:00000000-0000-0000-0000-000000000001");
        dialog.WaitForAssertion(() => Assert.Equal("Bob", By(dialog, "entry-member").QuerySelector(".member")?.TextContent));

        Assert.Equal(string.Empty, By(dialog, "member-search").GetAttribute("form"));
        By(dialog, "member-search").Input("grace");
        _time.Advance(ListFrame.SearchPause);
        dialog.WaitForElement("[data-testid=member-add]").Click();
        Assert.Equal(["Bob", "Grace Hopper"], dialog.FindAll("[data-testid=entry-member] .member").Select(member => member.TextContent));
        Assert.Empty(dialog.FindAll("[data-testid=member-add]"));
        await SubmitAsync(dialog);

        Assert.Equal(
            ["urn:uuid:00000000-0000-0000-0000-000000000001", "urn:uuid:00000000-0000-0000-0000-000000000007"], Vcf.Fields(_contacts.Text(Contacts.Mine) ?? "").Members);
    }

    private static IElement By(IRenderedComponent<MudDialogProvider> dialog, string testId) => dialog.Find($"[data-testid={testId}]");

    private static Task SubmitAsync(IRenderedComponent<MudDialogProvider> dialog) => dialog.Find("form").SubmitAsync();

    private IRenderedComponent<MudDialogProvider> Open(params string[] lines) => Open(Contacts.Mine, lines);

    private IRenderedComponent<MudDialogProvider> Open(Source source, params string[] lines)
    {
        _contacts.Put(source, Vcf.Card(lines));
        var scene = source == Contacts.Mine ? Contacts.Scene(source) : Contacts.Scene(Contacts.Mine, source);
        return Open(PlainEntrySession.Of(_contacts.Calls, ContactShape.Instance, scene, source.Id, Uid.Parse("card-1"), ContactForm.Empty));
    }

    private IRenderedComponent<MudDialogProvider> Open(PlainEntrySession<ContactForm, ContactFields> session)
    {
        var provider = Render<MudDialogProvider>();
        provider.InvokeAsync(() => ContactDialog.ShowAsync(Services.GetRequiredService<IDialogService>(), session, _ => Task.FromResult<ConflictChoice?>(null)));
        provider.WaitForElement("[data-testid=entry-dialog]");
        return provider;
    }
}
