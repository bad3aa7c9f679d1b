using Microsoft.Playwright;
using PeerWeb.Features.Calendars.Edit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Notes are longer than what the circuit takes in one message.</summary>
[Collection(BrowserTests.Name)]
public sealed class LongNotesTests(Chrome chrome)
{
    private const string Day = "2027-06-16";

    /// <summary>As long as notes may be: signs of one, two and four bytes, and a line break that is written as two.</summary>
    private static string Longest => "Grüße 😀\n" + new string('x', EventForm.MaxNotes - 14);

    [Fact]
    public async Task A_hundred_kilobytes_are_typed_on_saved_and_read_again()
    {
        await using var carol = await VisitAsync();
        await WriteAsync(carol, "Long story");
        await carol.By("entry-notes").FillAsync(Longest[..^4]);
        await carol.By("entry-notes").PressAsync("End");
        await carol.Page.Keyboard.TypeAsync("yyyy");
        await carol.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(carol.By("entry-dialog")).ToHaveCountAsync(0);

        await Shown(carol, "Long story").ClickAsync();
        await Expect(carol.By("entry-save")).ToBeEnabledAsync();
        Assert.Equal(Longest[..^4] + "yyyy", await carol.By("entry-notes").InputValueAsync());
        await carol.By("entry-notes").FillAsync("Cut short");
        await carol.By("entry-save").ClickAsync();
        await Expect(carol.By("entry-dialog")).ToHaveCountAsync(0);
        await Shown(carol, "Long story").ClickAsync();
        await Expect(carol.By("entry-notes")).ToHaveValueAsync("Cut short");
        carol.AssertNoComplaints();
    }

    [Fact]
    public async Task Too_long_a_text_is_refused_with_a_reason_and_stays_where_it_was_pasted()
    {
        await using var carol = await VisitAsync();
        var tooLong = Longest + new string('z', 250_000);
        await WriteAsync(carol, "Longer story");
        await carol.By("entry-notes").FillAsync(tooLong);
        await carol.By("entry-save").ClickAsync();
        await Expect(carol.By("entry-dialog")).ToContainTextAsync("The notes are too long: 250000 of 350000 bytes must go.");
        Assert.Equal(tooLong, await carol.By("entry-notes").InputValueAsync());

        await carol.Page.ReloadAsync();
        await carol.UntilInteractiveAsync();
        await carol.By("writing-continue").ClickAsync();
        await Expect(carol.By("entry-summary")).ToHaveValueAsync("Longer story");
        Assert.Equal(tooLong, await carol.By("entry-notes").InputValueAsync());

        await carol.By("entry-notes").FillAsync(Longest);
        await carol.By("entry-save").ClickAsync();
        await Expect(Shown(carol, "Longer story")).ToBeVisibleAsync();
        carol.AssertNoComplaints();
    }

    private static ILocator Shown(Visit visit, string summary) => visit.By("event", $"[data-summary='{summary}']");

    private static async Task WriteAsync(Visit carol, string summary)
    {
        await carol.By("new-entry").ClickAsync();
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await carol.By("entry-summary").FillAsync(summary);
    }

    private async Task<Visit> VisitAsync()
    {
        var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync($"/calendar/month/{Day}");
        return carol;
    }
}
