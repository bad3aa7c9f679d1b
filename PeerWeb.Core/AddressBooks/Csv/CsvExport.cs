using System.Buffers;
using System.Globalization;
using System.Text;
using PeerWeb.Core.AddressBooks.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>Writes contacts as rows with Google's columns, which spreadsheets and other address books read; what a column has no room for is left out.</summary>
/// <remarks>RFC 4180, UTF-8 with a byte order mark for spreadsheets. A cell that a spreadsheet would run as a formula begins with an apostrophe, which an import takes back.</remarks>
public static class CsvExport
{
    private const int Phones = 5;
    private const int Mails = 4;
    private const int Addresses = 3;
    private const int Urls = 2;
    private const string Formulas = "=+-@\t\r";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    /// <param name="onSkipped">Told of entries that cannot be read, which are left out.</param>
    public static async Task WriteAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 64 * 1024, leaveOpen: true);
        await text.WriteAsync(Row(Headers()).AsMemory(), cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (CellsOf(entry, onSkipped) is { } cells)
                await text.WriteAsync(Row(cells).AsMemory(), cancellationToken);
        }
    }

    private static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string cell)
    {
        if (cell.Length > 0 && Formulas.Contains(cell[0], StringComparison.Ordinal))
            cell = "'" + cell;
        return cell.AsSpan().ContainsAny(Quoted) || cell is [' ', ..] or [.., ' '] ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    private static IEnumerable<string> Headers() =>
    [
        "UID", "Name", "Given Name", "Additional Name", "Family Name", "Name Prefix", "Name Suffix", "Nickname", "Organization Name", "Organization Department", "Organization Title",
        "Role", "Birthday", "Anniversary", "Notes", "Labels", "Private",
        .. Numbered("E-mail", Mails, "Label", "Value"),
        .. Numbered("Phone", Phones, "Label", "Value"),
        .. Numbered("Address", Addresses, "Label", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address"),
        .. Numbered("Website", Urls, "Label", "Value"),
    ];

    private static IEnumerable<string> Numbered(string what, int count, params string[] parts) =>
        Enumerable.Range(1, count).SelectMany(number => parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{what} {number} - {part}")));

    private static List<string>? CellsOf(Entry entry, Action<SkippedEntry> onSkipped)
    {
        try
        {
            return ParserBoundary.Guard(() => Cells(entry.Uid, FieldReader.Read(CardText.Read(entry.Text))).ToList());
        }
        catch (InvalidEntryException invalid)
        {
            onSkipped(new SkippedEntry(entry.Collection, entry.Uid, invalid.Message, invalid.Line));
            return null;
        }
    }

    private static IEnumerable<string> Cells(Uid uid, ContactFields fields) =>
    [
        uid.Value, fields.FormattedName, fields.Name.Given, fields.Name.Additional, fields.Name.Family, fields.Name.Prefix, fields.Name.Suffix, fields.Nickname,
        fields.Organization, fields.Unit, fields.Title, fields.Role, Date(fields.Birthday), Date(fields.Anniversary), fields.Notes,
        string.Join(CsvRow.Separator, fields.Categories), fields.IsPrivate ? "true" : string.Empty,
        .. Values(fields.Mails, Mails),
        .. Values(fields.Phones, Phones),
        .. Padded(fields.Addresses, Addresses, 8, address =>
            [Label(address), address.Street, address.Locality, address.PoBox, address.Region, address.PostalCode, address.Country, address.Extended]),
        .. Values(fields.Urls, Urls),
    ];

    /// <summary>More values than columns stand together in the last.</summary>
    private static IEnumerable<string> Values(ValueList<ContactValue> values, int columns)
    {
        var rest = string.Concat(values.Skip(columns).Select(value => CsvRow.Separator + value.Value));
        return Padded(values, columns, 2, value => [Label(value), value.Value + (rest.Length > 0 && ReferenceEquals(value, values[columns - 1]) ? rest : string.Empty)]);
    }

    private static IEnumerable<string> Padded<T>(ValueList<T> values, int most, int columns, Func<T, string[]> cells)
        where T : IEquatable<T> =>
        values.Take(most).SelectMany(cells).Concat(Enumerable.Repeat(string.Empty, Math.Max(0, most - values.Count) * columns));

    private static string Label(TypedValue value) =>
        (value.IsPreferred ? "* " : string.Empty) + (value.Label ?? string.Join(' ', value.Types));

    private static string Date(CardDate? date) => date switch
    {
        { Year: { } year, Month: { } month, Day: { } day } => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"),
        { Year: null, Month: { } month, Day: { } day } => string.Create(CultureInfo.InvariantCulture, $"--{month:00}-{day:00}"),
        { } other => other.ToString(),
        null => string.Empty,
    };
}
