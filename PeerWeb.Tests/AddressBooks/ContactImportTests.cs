using System.Text;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.AddressBooks;

/// <summary>Contacts in a database: the same port, without a branch for them.</summary>
public sealed class ContactImportTests
{
    private static readonly string Cards = string.Concat(
        Vcf.Of("2.1", "N:Hopper;Grace", "TEL;HOME:1", "BDAY:19061209"), Vcf.Of("3.0", "FN:Broken", "no property"), Vcf.Of("4.0", "UID:ada", "FN:Ada Lovelace", "BDAY:18151210"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Importing_a_file_of_cards_again_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var book = await BookAsync(database);
        var store = database.StoreOf("ada");

        var first = await ImportAsync(store, book, token => Vcf.App.SplitAsync(Stream(Cards), token));
        var second = await ImportAsync(store, book, token => Vcf.App.SplitAsync(Stream(Cards), token));

        Assert.Equal([ImportOutcome.Added, ImportOutcome.Failed, ImportOutcome.Added], first.Select(result => result.Outcome));
        Assert.Equal(10, first[1].Line);
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Failed, ImportOutcome.Unchanged], second.Select(result => result.Outcome));
    }

    [Fact]
    public async Task Importing_rows_again_changes_nothing_and_a_preview_says_so()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var book = await BookAsync(database);
        var store = database.StoreOf("ada");
        const string rows = "Name,Phone,Birthday\r\nAda,1,1815-12-10\r\nBob,2,some day\r\n";

        var first = await ImportAsync(store, book, token => CsvContacts.ReadAsync(Stream(rows), null, token));
        var previewed = await EntryPreview.RunAsync(store, Vcf.App, book, Rights.All, CsvContacts.ReadAsync(Stream(rows), null, Cancel), Cancel).ToListAsync(Cancel);

        Assert.Equal([ImportOutcome.Added, ImportOutcome.Added], first.Select(result => result.Outcome));
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Unchanged], previewed.Select(entry => entry.Result.Outcome));
    }

    [Fact]
    public async Task A_row_changes_what_it_says_something_of_and_costs_the_contact_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var book = await BookAsync(database);
        var store = database.StoreOf("ada");
        var card = Vcf.Of(
            "4.0", "UID:ada", "FN:Ada Lovelace", "TEL;TYPE=cell:1", "TEL;TYPE=home:2", "EMAIL:old@acme.example", "BDAY:18151210", "CLASS:PRIVATE", "X-OTHER:kept", "PHOTO:https://acme.example/ada.png");
        await ImportAsync(store, book, token => Vcf.App.SplitAsync(Stream(card), token));
        const string rows = "UID,Name,Phone,Mail,Title\r\nada,,1,new@acme.example,\r\nada,Countess Ada,,,Programmer\r\nada,Countess Ada,,,\r\n";

        var previewed = await EntryPreview.RunAsync(store, Vcf.App, book, Rights.All, CsvContacts.ReadAsync(Stream(rows), null, Cancel), Cancel).ToListAsync(Cancel);
        var imported = await ImportAsync(store, book, token => CsvContacts.ReadAsync(Stream(rows), null, token));

        Assert.Equal([ImportOutcome.Updated, ImportOutcome.Updated, ImportOutcome.Unchanged], imported.Select(result => result.Outcome));
        Assert.Equal(imported.Select(result => result.Outcome), previewed.Select(entry => entry.Result.Outcome));
        var text = (await store.ReadAsync(book, Uid.Parse("ada"), Cancel))?.Text ?? string.Empty;
        var fields = Vcf.Fields(text);
        Assert.Equal(("Countess Ada", "Programmer", true), (fields.FormattedName, fields.Title, fields.IsPrivate));
        Assert.Equal([new ContactValue("1") { Types = ["cell"] }], fields.Phones);
        Assert.Equal("new@acme.example", Assert.Single(fields.Mails).Value);
        Assert.Equal("https://acme.example/ada.png", fields.Photo?.Uri);
        Assert.Contains("X-OTHER:kept", text, StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", Vcf.Fields(previewed[0].Text ?? string.Empty).FormattedName);
    }

    /// <summary>What a calendar asks is a range, whatever app it asks of.</summary>
    [Theory]
    [InlineData(2026, "Grace Hopper's birthday (120)", "Ada Lovelace's birthday (211)")]
    [InlineData(1950, "Grace Hopper's birthday (44)", "Ada Lovelace's birthday (135)")]
    [InlineData(2100, "Grace Hopper's birthday (194)", "Ada Lovelace's birthday (285)")]
    public async Task A_range_of_an_address_book_is_the_birthdays_in_it(int year, params string[] expected)
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var book = await BookAsync(database);
        var store = database.StoreOf("ada");
        await ImportAsync(store, book, token => Vcf.App.SplitAsync(Stream(Cards), token));

        var december = new TimeRange(Instant.FromUtc(year, 12, 1, 0, 0), Instant.FromUtc(year, 12, 31, 0, 0));
        var answer = await store.QueryAsync(new EntryQuery { App = AddressBookApp.AppId, Range = december, Zone = "Europe/Zurich" }, Cancel);

        Assert.Equal(expected, answer.Entries.Select(entry => entry.Title));
        Assert.All(answer.Entries, entry => Assert.True(entry.Start?.IsDate));
        Assert.Equal(["Ada Lovelace", "Grace Hopper"], (await store.QueryAsync(new EntryQuery { App = AddressBookApp.AppId, Sort = EntrySort.Title }, Cancel)).Entries.Select(entry => entry.Title));
    }

    private static Task<CollectionId> BookAsync(TestDatabase database) => database.Collections.CreateAsync(UserName.Parse("ada"), AddressBookApp.AppId, "People", null, Cancel);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<List<ImportedEntry>> ImportAsync(IEntryStore store, CollectionId book, Func<CancellationToken, IAsyncEnumerable<FileEntry>> read) =>
        [.. (await EntryImport.RunAsync(store, Vcf.App, book, "ada", read, ImportPace.Database, Cancel).ToListAsync(Cancel)).OrderBy(result => result.Number)];
}
