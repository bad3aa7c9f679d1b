using System.Text;
using PeerWeb.Core.AddressBooks.Csv;
using Xunit;

namespace PeerWeb.Tests.AddressBooks.Csv;

/// <summary>What columns are called, and what is no table.</summary>
public sealed class CsvColumnNamesTests
{
    [Fact]
    public void Every_column_is_read_as_it_is_written_and_called_by_a_label_of_its_own()
    {
        CsvColumn[] columns = [.. CsvColumnNames.Usual, new(CsvField.Phone, "work fax", 2), new(CsvField.PhoneType, Number: 3), new(CsvField.Mail, Number: 101)];

        foreach (var column in columns)
        {
            Assert.True(CsvColumnNames.TryParse(CsvColumnNames.NameOf(column), out var parsed));
            Assert.Equal(column, parsed);
        }
        Assert.Equal("phone:work fax:2", CsvColumnNames.NameOf(columns[^3]));
        Assert.Equal(["Phone 2 (work fax)", "Kind of phone 3", "Mail"], columns[^3..].Select(CsvColumnNames.LabelOf));
        Assert.Equal(CsvColumnNames.Usual.Count, CsvColumnNames.Usual.Select(CsvColumnNames.LabelOf).Distinct().Count());
        Assert.Equal(CsvColumn.Ignored, CsvColumnNames.Usual[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("colour")]
    [InlineData("phone:")]
    [InlineData("phone:0")]
    [InlineData("phone:1000")]
    [InlineData("name:work")]
    [InlineData("phone:work:2:3")]
    public void Anything_else_is_no_column(string text) => Assert.False(CsvColumnNames.TryParse(text, out _));

    [Theory]
    [InlineData("Name,Mail\r\nAda,ada@acme.example\r\n", true)]
    [InlineData("Name\r\nAda\r\n", true)]
    [InlineData("Wer;Wo\r\nAda;Zürich\r\n", true)]
    [InlineData("BEGIN:VCARD\r\nFN:Ada, Countess\r\nEND:VCARD\r\n", false)]
    [InlineData("\r\n \tbegin:vcard\r\nFN:Ada\r\n", false)]
    [InlineData("junk, before\nBEGIN:VCARD\nFN:Ada\n", false)]
    [InlineData("Only words\r\nof some letter\r\n", false)]
    [InlineData("PK\u0003\u0004,\u0001,\u0002\r\n", false)]
    [InlineData("", false)]
    public async Task A_table_is_told_from_cards_and_from_anything_else_in_every_encoding(string text, bool isTable)
    {
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] file = [.. encoding.Preamble, .. encoding.GetBytes(text)];
            Assert.Equal(isTable, await CsvContacts.FindAsync(file, 10, TestContext.Current.CancellationToken) is not null);
        }
    }

    [Fact]
    public async Task UTF_16_without_its_mark_is_known()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var found = await CsvContacts.FindAsync(encoding.GetBytes("Name;Mail\r\nJörg;j@acme.example\r\n"), 10, TestContext.Current.CancellationToken);

            Assert.Equal(("UTF-16", "Jörg"), (found?.EncodingName, found?.Rows[0][0]));
        }
    }
}
