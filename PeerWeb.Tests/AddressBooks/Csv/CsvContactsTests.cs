using System.Text;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks.Csv;

/// <summary>Contacts in files of rows, as spreadsheets and other address books write them.</summary>
public sealed class CsvContactsTests
{
    private const string Google = """
        First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,Organization Name,Organization Title,Organization Department,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value
        Ada,Noel,Lovelace,,Countess,,Enchantress,Analytical Engines,Programmer,Research,--12-10,"Likes ""engines"",
        and poetry",* myContacts ::: Friends ::: Pioneers,* Home,ada@acme.example ::: lovelace@acme.example,Secret,x@acme.example,Mobile,+41 79 1,Work Fax,+41 44 2,Home,all of it,Street 1,Zürich,PO 5,ZH,8001,Switzerland,Apt. 3,Blog,https://acme.example
        """;

    private const string Outlook = "Title,First Name,Last Name,Company,Department,Job Title,Business Street,Business Street 2,Business City,Business Postal Code,Business Country/Region,Home City,Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Anniversary,Birthday,Categories,E-mail Address,E-mail Type,E-mail 2 Address,Notes,Sensitivity,Web Page\r\n"
        + "Dr.,Grace,Hopper,Navy,Computing,Rear admiral,Pier 1,Back door,Arlington,22202,United States of America,New York,+1 1,+1 2,+1 3,+1 4,+1 5,0/0/00,12/9/1906,Friends;Pioneers,grace@navy.example,SMTP,hopper@navy.example,,Private,http://navy.example\r\n";

    [Fact]
    public async Task Columns_of_Google_are_known()
    {
        var fields = Vcf.Fields(Assert.Single(await ReadAsync(Google)).Text);

        Assert.Equal(new StructuredName("Lovelace", "Ada", "Noel", "Countess", ""), fields.Name);
        Assert.Equal(("Countess Ada Noel Lovelace", "Enchantress", "Analytical Engines", "Research", "Programmer"), (fields.FormattedName, fields.Nickname, fields.Organization, fields.Unit, fields.Title));
        Assert.Equal("Likes \"engines\",\nand poetry", fields.Notes);
        Assert.Equal(["Friends", "Pioneers"], fields.Categories);
        Assert.Equal(
            [
                new ContactValue("ada@acme.example") { Types = ["home"], IsPreferred = true },
                new ContactValue("lovelace@acme.example") { Types = ["home"], IsPreferred = true },
                new ContactValue("x@acme.example") { Label = "Secret" },
            ],
            fields.Mails);
        Assert.Equal([new ContactValue("+41 79 1") { Types = ["cell"] }, new ContactValue("+41 44 2") { Types = ["work", "fax"] }], fields.Phones);
        Assert.Equal([new PostalAddress("PO 5", "Apt. 3", "Street 1", "Zürich", "ZH", "8001", "Switzerland") { Types = ["home"] }], fields.Addresses);
        Assert.Equal([new ContactValue("https://acme.example") { Label = "Blog" }], fields.Urls);
        Assert.Equal(CardDate.Of(null, 12, 10), fields.Birthday);
    }

    [Fact]
    public async Task Columns_of_Outlook_are_known()
    {
        var fields = Vcf.Fields(Assert.Single(await ReadAsync(Outlook)).Text);

        Assert.Equal(new StructuredName("Hopper", "Grace", "", "Dr.", ""), fields.Name);
        Assert.Equal(("Navy", "Computing", "Rear admiral", true), (fields.Organization, fields.Unit, fields.Title, fields.IsPrivate));
        Assert.Equal(["+1 1 work fax", "+1 2 work", "+1 3 work", "+1 4 home", "+1 5 cell"], fields.Phones.Select(phone => $"{phone.Value} {string.Join(' ', phone.Types)}"));
        Assert.Equal(["grace@navy.example", "hopper@navy.example"], fields.Mails.Select(mail => mail.Value));
        Assert.Equal(
            [
                new PostalAddress("", "", "Pier 1\nBack door", "Arlington", "", "22202", "United States of America") { Types = ["work"] },
                new PostalAddress("", "", "", "New York", "", "", "") { Types = ["home"] },
            ],
            fields.Addresses);
        Assert.Equal((CardDate.Of(1906, 12, 9), null), (fields.Birthday, fields.Anniversary));
        Assert.Equal(["Friends", "Pioneers"], fields.Categories);
    }

    [Theory]
    [InlineData(",", "utf-8", "UTF-8")]
    [InlineData(";", "utf-8", "UTF-8")]
    [InlineData("\t", "utf-16", "UTF-16")]
    [InlineData(";", "windows-1252", "Windows-1252")]
    public async Task Separator_and_character_set_are_found_out(string separator, string charset, string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] file = [.. encoding.Preamble, .. encoding.GetBytes("Name;E-mail Address;Notes\r\nJörg Müller;j@acme.example;\"a;b,c\"\r\n".Replace(";", separator, StringComparison.Ordinal).Replace($"a{separator}b", "a;b", StringComparison.Ordinal))];

        var preview = await CsvContacts.PreviewAsync(new MemoryStream(file), 10, TestContext.Current.CancellationToken);

        Assert.Equal((separator[0], name), (preview.Delimiter, preview.EncodingName));
        Assert.Equal(["Name", "E-mail Address", "Notes"], preview.Headers);
        Assert.Equal(["Jörg Müller", "j@acme.example", "a;b,c"], Assert.Single(preview.Rows));
        Assert.Equal([CsvField.FormattedName, CsvField.Mail, CsvField.Notes], preview.Mapping.Columns.Select(column => column.Field));
    }

    [Fact]
    public async Task What_is_wrong_with_a_row_costs_that_row_and_nothing_else()
    {
        byte[] file =
        [
            .. "Name,Mail,Birthday\r\nAda,ada@acme.example,1815-12-10\r\n"u8,
            .. "too,many,values,here\r\n"u8,
            .. "Bob\r\n"u8,
            .. ",,\r\n,,1815-12-10\r\n"u8,
            .. "J"u8, 0xF6, .. "rg,j@acme.example,some day\r\n"u8,
            .. "\"never closed,x@acme.example,\r\n"u8,
            .. "Carol \"Caz\" C.,carol@acme.example,\r\n"u8,
            .. "a\0b,,\r\n"u8,
            .. "\"Dan\n\nD.\",dan@acme.example,"u8,
        ];

        var entries = await ReadAllAsync(file, null);

        Assert.Equal(["Ada", "too", "Bob", "1815-12-10", "Jörg", "\"never closed,x@acme.example,", "Carol \"Caz\" C.", "a b", "Dan  D."], entries.Select(entry => entry.Label));
        Assert.Collection(
            entries.OfType<FileEntry.Unreadable>().Select(entry => $"{entry.Line}: {entry.Reason}"),
            said => Assert.Equal("3: The row has 4 values, and the file 3 columns.", said),
            said => Assert.StartsWith("6: The row has neither name", said, StringComparison.Ordinal),
            said => Assert.Equal("8: A quotation mark of this row is never closed.", said));
        Assert.Equal("Birthday: some day", Vcf.Fields(((FileEntry.Readable)entries[4]).Text).Notes);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], entries.Select(entry => entry.Number));
    }

    [Theory]
    [InlineData("", "no row")]
    [InlineData("\r\n\r\n", "no row")]
    [InlineData("Colour,Size\r\nred,1\r\n", "No column")]
    [InlineData("BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD", "No column")]
    public async Task A_file_without_contacts_is_said_to_have_none(string file, string reason) =>
        Assert.Contains(reason, Assert.IsType<FileEntry.Unreadable>(Assert.Single(await ReadAllAsync(Encoding.UTF8.GetBytes(file), null))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Values_and_rows_beyond_all_measure_are_refused_and_the_rest_is_read()
    {
        var file = $"Name,Mail\r\n\"{new string('x', 200_000)}\",a@acme.example\r\n{new string(',', 2_000)}x\r\n{new string('y', 600_000)}\r\nAda,ada@acme.example\r\n";

        var entries = await ReadAllAsync(Encoding.UTF8.GetBytes(file), null);

        Assert.Equal("Ada", Assert.IsType<FileEntry.Readable>(entries[^1]).Label);
        Assert.Equal(3, entries.OfType<FileEntry.Unreadable>().Count());
    }

    [Fact]
    public async Task A_second_import_has_the_same_UIDs_and_says_the_same()
    {
        var first = await ReadAsync(Google + "\n" + "Bob,,Bob");
        var second = await ReadAsync(Google.Replace(",", ";", StringComparison.Ordinal).Replace("\";\n", "\",\n", StringComparison.Ordinal).Replace("\"\";", "\"\",", StringComparison.Ordinal) + "\nBob;;Bob");

        Assert.Equal(2, first.Select(entry => entry.Uid).Distinct().Count());
        Assert.Equal(first.Select(entry => (entry.Uid, entry.Text)), second.Select(entry => (entry.Uid, entry.Text)));
    }

    [Fact]
    public async Task Whoever_imports_may_say_what_a_column_is()
    {
        const string file = "Wer,Womit,Name\r\nAda,+41 79 1,ignored\r\n";
        var preview = await CsvContacts.PreviewAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), 1, TestContext.Current.CancellationToken);

        var mapping = preview.Mapping.With(0, new CsvColumn(CsvField.GivenName)).With(1, new CsvColumn(CsvField.Phone, "cell")).With(2, CsvColumn.Ignored);

        var fields = Vcf.Fields(Assert.IsType<FileEntry.Readable>(Assert.Single(await ReadAllAsync(Encoding.UTF8.GetBytes(file), mapping))).Text);
        Assert.Equal(("Ada", new ContactValue("+41 79 1") { Types = ["cell"] }), (fields.FormattedName, Assert.Single(fields.Phones)));
    }

    [Fact]
    public async Task What_was_exported_is_read_again_and_no_cell_is_a_formula()
    {
        string[] texts =
        [
            Vcf.Card("N:=1+1;@SUM(A1);-x;+y;", "TEL;TYPE=home;PREF=1:+41 44 1", "EMAIL;TYPE=work:=cmd|' /C calc'!A0@acme.example", "NOTE:=HYPERLINK(\"http://evil.example\")\\nline, two", "CATEGORIES:A,B",
                "ADR;TYPE=home:;;Street 1\\, back;Zürich;;8001;CH", "BDAY:--0229", "ORG:-Acme;East", "CLASS:PRIVATE", "URL:https://acme.example"),
            Vcf.Of("4.0", ["UID:card-2", "FN:Many", .. Enumerable.Range(0, 8).Select(i => $"TEL:{i}00000")]),
        ];
        using var file = new MemoryStream();

        await CsvExport.WriteAsync(
            texts.Select((text, i) => new Entry(CollectionId.New(), Uid.Parse($"card-{i + 1}"), ETag.Parse("1"), text)).ToAsyncEnumerable(), file, _ => Assert.Fail("skipped"), TestContext.Current.CancellationToken);

        var written = Encoding.UTF8.GetString(file.ToArray())[1..];
        Assert.DoesNotMatch("(^|[,\r\n])\"?[=+@\t-]", written);
        var read = (await ReadAllAsync(file.ToArray(), null)).Cast<FileEntry.Readable>().ToList();
        Assert.Equal(["card-1", "card-2"], read.Select(entry => entry.Uid.Value));
        Assert.Equal(Vcf.Fields(texts[0]), Vcf.Fields(read[0].Text));
        Assert.Equal(Vcf.Fields(texts[1]).Phones, Vcf.Fields(read[1].Text).Phones);
    }

    private static async Task<List<FileEntry.Readable>> ReadAsync(string file) => [.. (await ReadAllAsync(Encoding.UTF8.GetBytes(file), null)).Cast<FileEntry.Readable>()];

    private static async Task<List<FileEntry>> ReadAllAsync(byte[] file, CsvMapping? mapping)
    {
        using var stream = new MemoryStream(file);
        var entries = await CsvContacts.ReadAsync(stream, mapping, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        foreach (var entry in entries.OfType<FileEntry.Readable>())
            Assert.Equal(entry.Uid, Vcf.Index(entry.Text).Uid);
        return entries;
    }
}
