using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Entries;
using PeerWeb.Shared.Import;

namespace PeerWeb.Features.AddressBooks.Files;

/// <summary>What the columns of a table of contacts are.</summary>
internal sealed class ContactColumns(CsvPreview preview, CsvMapping mapping) : ColumnMapping
{
    /// <summary>Rows whose values are shown.</summary>
    private const int Looked = 10;

    public override string FileWords { get; } = $"{preview.EncodingName}, columns parted by {NameOf(preview.Delimiter)}";

    public override IReadOnlyList<MappedColumn> Columns { get; } =
        [.. mapping.Columns.Select((column, i) => new MappedColumn(preview.Headers[i], [.. preview.Rows.Select(row => i < row.Count ? row[i].Trim() : string.Empty)], CsvColumnNames.NameOf(column)))];

    /// <summary>What is usual, and what this file has beside that.</summary>
    public override IReadOnlyList<ColumnField> Fields { get; } =
        [.. CsvColumnNames.Usual.Concat(mapping.Columns).Distinct().Select(column => new ColumnField(CsvColumnNames.NameOf(column), CsvColumnNames.LabelOf(column), CsvColumnNames.GroupOf(column.Field), column.Field != CsvField.None))];

    /// <param name="head">The beginning of a file.</param>
    /// <returns>Null where it is no table.</returns>
    public static async Task<ColumnMapping?> FindAsync(ReadOnlyMemory<byte> head, CancellationToken cancellationToken) =>
        await CsvContacts.FindAsync(head, Looked, cancellationToken) is { } preview ? new ContactColumns(preview, preview.Mapping) : null;

    public override ColumnMapping? With(int column, string field) =>
        CsvColumnNames.TryParse(field, out var parsed) ? new ContactColumns(preview, mapping.With(column, parsed)) : null;

    public override IAsyncEnumerable<FileEntry> ReadAsync(Stream file, CancellationToken cancellationToken) => CsvContacts.ReadAsync(file, mapping, cancellationToken);

    private static string NameOf(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => $"“{delimiter}”",
    };
}
