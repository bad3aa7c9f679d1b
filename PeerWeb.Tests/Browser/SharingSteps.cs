using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>How one person shares a collection and another takes it up, on the pages of both.</summary>
internal static class SharingSteps
{
    public static async Task NewCollectionAsync(this Visit visit, string name)
    {
        await visit.By("collection-new").ClickAsync();
        await visit.By("collection-name").FillAsync(name);
        await visit.By("collection-name").PressAsync("Enter");
    }

    /// <param name="source">As <c>data-source</c> has it.</param>
    /// <param name="with">An address.</param>
    public static async Task ShareAsync(this Visit visit, string source, string with, params string[] rights)
    {
        await visit.GoAsync("/sharing");
        var grid = visit.By("acl-grid");
        await grid.GetByTestId("acl-add-principal").FillAsync(with);
        await grid.GetByTestId("acl-add-principal").PressAsync("Enter");
        foreach (var right in rights)
            await grid.Locator($"[data-testid=acl-cell][data-collection='{source.Split('/')[^1]}'][data-right={right}]").GetByRole(AriaRole.Checkbox).ClickAsync();
        await grid.GetByTestId("acl-save").ClickAsync();
        await Expect(grid.GetByTestId("acl-save")).ToBeHiddenAsync();
    }

    /// <summary>Then waits until it shows on that page.</summary>
    public static async Task AcceptAsync(this Visit visit, string source, string page)
    {
        await visit.GoAsync("/sharing/offers");
        var accept = visit.By("offer", $"[data-source='{source}']").GetByTestId("offer-accept");
        await accept.ClickAsync();
        await Expect(accept).ToBeHiddenAsync();
        await visit.GoAsync(page);
        await Expect(visit.By("source", $"[data-source='{source}'][data-state=live]")).ToBeVisibleAsync();
    }
}
