using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Files;
using PeerWeb.Shared;
using PeerWeb.Shared.Import;
using PeerWeb.Tests.Entries;
using PeerWeb.Tests.Features.Calendars;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks;

/// <summary>Contacts come as cards or as a table, whose columns their user may name; every entry is shown with what would become of it.</summary>
public sealed class ContactImportPageTests : BunitContext
{
    private const string Table = "First Name,Last Name,Rufname,E-mail 1 - Value,Colour\r\nAda,Lovelace,Countess,ada@acme.example,blue\r\nGrace,Hopper,Amazing,grace@navy.example,\r\n";

    private static readonly SourceId Book = Merged.Mine.Id with { App = AddressBookApp.AppId };

    /// <summary>What the import was given, read as it would read it.</summary>
    private readonly List<FileEntry> _imported = [];

    public ContactImportPageTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(ContactFiles.Instance);
        Services.AddSingleton<ImportCallsOf>(_ => new ImportCalls(
            _ => new IReadOnlyList<Source>[] { [Merged.Mine with { Id = Book }] }.ToAsyncEnumerable(),
            (_, _) => Task.FromResult(Book),
            (_, file, token) => PreviewAsync(file, token),
            (_, file, token) => ImportAsync(file, token)));
        Services.AddScoped<BrowserDownload>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Columns_are_recognised_shown_with_their_values_and_read_as_their_user_says()
    {
        var page = Choose("google.csv", Encoding.UTF8.GetBytes(Table));

        Assert.Equal(["given-name", "family-name", "none", "mail", "none"], page.FindAll("[data-testid=import-column]").Select(column => column.GetAttribute("data-field")));
        Assert.Contains("UTF-8, columns parted by commas", page.Find("[data-testid=import-columns]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Countess", "Amazing"], page.FindAll("[data-column=Rufname] .value").Select(Words));
        Assert.Contains("Ada Lovelace", Words(page.FindAll("[data-testid=import-preview-row]")[0]), StringComparison.Ordinal);

        page.Find("[data-column=Rufname] select").Change("nickname");
        page.WaitForAssertion(() => Assert.Equal("nickname", page.Find("[data-column=Rufname]").GetAttribute("data-field")));
        page.Find("[data-column='Last Name'] select").Change("organization");
        page.WaitForAssertion(() => Assert.Contains("Lovelace", Words(page.FindAll("[data-testid=import-preview-row]")[0].QuerySelectorAll("td")[2]), StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled")));
        page.Find("form").Submit();

        page.WaitForElement("[data-testid=import-report]");
        var first = ContactCard.Read(Assert.IsType<FileEntry.Readable>(_imported[0]).Text).Fields;
        Assert.Equal(("Ada", "Countess", "Lovelace", "ada@acme.example"), (first.FormattedName, first.Nickname, first.Organization, Assert.Single(first.Mails).Value));
        Assert.Empty(page.FindAll("[data-testid=import-columns]"));
    }

    [Fact]
    public void Where_no_column_names_anybody_it_is_said_and_one_choice_mends_it()
    {
        var page = Choose("spalten.csv", Encoding.UTF8.GetBytes("Wer;Farbe\r\nAda;blau\r\n"));
        Assert.Contains("No column is a name", page.Find("[data-testid=import-preview-row]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=import-start]").HasAttribute("disabled"));

        page.Find("[data-column=Wer] select").Change("name");

        page.WaitForAssertion(() => Assert.Equal("added", page.Find("[data-testid=import-preview-row]").GetAttribute("data-outcome")));
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled")));
    }

    [Fact]
    public void What_is_wrong_with_a_row_is_said_of_that_row()
    {
        var page = Choose("old.csv", [.. "Name,Mail\r\nJ"u8, 0xF6, .. "rg,j@acme.example\r\ntoo,many,values\r\n\"open,x@acme.example\r\n,\r\nBob,bob@acme.example\r\n"u8]);

        Assert.Contains("Windows-1252", page.Find("[data-testid=import-columns]").TextContent, StringComparison.Ordinal);
        var rows = page.FindAll("[data-testid=import-preview-row]").ToList();
        Assert.Equal(["added", "failed", "failed", "added"], rows.Select(row => row.GetAttribute("data-outcome")));
        Assert.Contains("Jörg", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("The row has 3 values, and the file 2 columns. (line 3)", Words(rows[1]), StringComparison.Ordinal);
        Assert.Contains("never closed. (line 4)", Words(rows[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Cards_have_no_columns_to_name()
    {
        var page = Choose("cards.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada, of Acme;x,y\r\nEMAIL:ada@acme.example\r\nEND:VCARD\r\n"u8.ToArray());

        Assert.Empty(page.FindAll("[data-testid=import-columns]"));
        Assert.Contains("ada@acme.example", page.Find("[data-testid=import-preview-row]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=import-range]"));
    }

    [Fact]
    public void Columns_that_nobody_filled_are_behind_a_button()
    {
        var page = Choose("wide.csv", Encoding.UTF8.GetBytes($"Name,{string.Join(',', Enumerable.Range(0, 300).Select(i => $"Empty {i}"))}\r\nAda{new string(',', 300)}\r\n"));

        Assert.Single(page.FindAll("[data-testid=import-column]"));
        page.Find("[data-testid=import-columns-all]").Click();
        page.WaitForAssertion(() => Assert.Equal(301, page.FindAll("[data-testid=import-column]").Count));
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async IAsyncEnumerable<PreviewedEntry> PreviewAsync(ImportedFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntryPreview.RunAsync(new ScriptedStore(), new AddressBookApp(), null, Rights.All, file.SplitAsync(new AddressBookApp(), cancellationToken), cancellationToken))
            yield return entry;
    }

    private async IAsyncEnumerable<ImportedEntry> ImportAsync(ImportedFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in file.SplitAsync(new AddressBookApp(), cancellationToken))
        {
            _imported.Add(entry);
            yield return new ImportedEntry(entry.Number, entry.Label, ImportOutcome.Added, null, null);
        }
    }

    private IRenderedComponent<ContactImportPage> Choose(string name, byte[] content)
    {
        var page = Render<ContactImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(content, name));
        page.WaitForElement("[data-testid=import-preview][data-complete=true]");
        return page;
    }
}
