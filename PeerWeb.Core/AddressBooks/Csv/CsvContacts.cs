using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PeerWeb.Core.AddressBooks.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>The first rows of a file, so that its user can say what its columns are.</summary>
/// <param name="Headers">The first row.</param>
/// <param name="Rows">As they are, each with as many values as it has.</param>
/// <param name="Mapping">Guessed by the headers.</param>
/// <param name="EncodingName">For people: UTF-8, UTF-16 or Windows-1252.</param>
public sealed record CsvPreview(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, CsvMapping Mapping, char Delimiter, string EncodingName);

/// <summary>Contacts of a file of rows, a result for each row.</summary>
/// <remarks>A row without UID gets one made of what it says, so that a second import changes nothing. Of a contact that is there a row changes what it says something of:
/// no table has a place for all that a card has.</remarks>
public static partial class CsvContacts
{
    /// <summary>Columns of a file; more is none of contacts.</summary>
    public const int MostColumns = 500;

    private const int LongestLabel = 200;

    /// <param name="most">Rows to show.</param>
    /// <exception cref="InvalidEntryException">It has no header, or more than 500 columns.</exception>
    public static async Task<CsvPreview> PreviewAsync(Stream file, int most, CancellationToken cancellationToken)
    {
        using var source = await CsvSource.OpenAsync(file, cancellationToken);
        var headers = await HeadersAsync(source, cancellationToken);
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < most && await source.ReadAsync(cancellationToken))
        {
            if (source.Row.Any(value => value.Length > 0))
                rows.Add(source.Row);
        }
        return new CsvPreview(headers, rows, CsvMapping.Guess(headers), source.Delimiter, source.EncodingName);
    }

    /// <summary>The same of a file of which nobody has said that it is a table.</summary>
    /// <param name="head">Its beginning.</param>
    /// <returns>Null where it is none: cards, one column that is nothing of a contact, or no text.</returns>
    public static async Task<CsvPreview?> FindAsync(ReadOnlyMemory<byte> head, int most, CancellationToken cancellationToken)
    {
        // Without the zeroes of UTF-16 and UTF-32 these words stand there as they are.
        if (CardBegins().IsMatch(System.Text.Encoding.Latin1.GetString([.. head.ToArray().Where(octet => octet != 0)])))
            return null;
        try
        {
            using var file = new MemoryStream(head.ToArray());
            var preview = await PreviewAsync(file, most, cancellationToken);
            return (preview.Headers.Count > 1 || preview.Mapping.IsUsable) && !preview.Headers.Any(IsBinary) ? preview : null;
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }

    /// <param name="file">Read once, asynchronously only, to its end.</param>
    /// <param name="mapping">What its columns are; null as their names say.</param>
    public static async IAsyncEnumerable<FileEntry> ReadAsync(Stream file, CsvMapping? mapping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var source = await CsvSource.OpenAsync(file, cancellationToken);
        var (known, columns, refusal) = await HeadAsync(source, mapping, cancellationToken);
        if (refusal is not null)
            yield return refusal;
        for (var number = 0; known is not null && await source.ReadAsync(cancellationToken);)
        {
            var row = new CsvRow(known, source.Row);
            if (source.Problem is not null || !row.IsEmpty)
                yield return Read(row, ++number, columns, source);
        }
    }

    /// <summary>What the columns are, or why nobody knows.</summary>
    private static async Task<(CsvMapping? Mapping, int Columns, FileEntry.Unreadable? Refusal)> HeadAsync(CsvSource source, CsvMapping? mapping, CancellationToken cancellationToken)
    {
        try
        {
            var headers = await HeadersAsync(source, cancellationToken);
            mapping ??= CsvMapping.Guess(headers);
            return mapping.IsUsable
                ? (mapping, headers.Count, null)
                : throw new InvalidEntryException("No column is a name, an organisation, a mail address or a telephone number.", 1);
        }
        catch (InvalidEntryException invalid)
        {
            return (null, 0, new FileEntry.Unreadable(1, string.Empty, invalid.Line ?? 1, invalid.Message));
        }
    }

    private static async Task<IReadOnlyList<string>> HeadersAsync(CsvSource source, CancellationToken cancellationToken)
    {
        if (!await source.ReadAsync(cancellationToken) || source.Problem is not null || source.Row.All(string.IsNullOrWhiteSpace))
            throw new InvalidEntryException("The file has no row with the names of its columns.", 1);
        return source.Row.Count <= MostColumns ? source.Row : throw new InvalidEntryException($"The file has more than {MostColumns} columns.", 1);
    }

    private static bool IsBinary(string header) => header.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));

    [GeneratedRegex("(?:^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)?|[\\r\\n])[ \\t]*BEGIN[ \\t]*:[ \\t]*VCARD", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CardBegins();

    private static FileEntry Read(CsvRow row, int number, int columns, CsvSource source)
    {
        var label = DisplayText.Excerpt(source.Row.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)), LongestLabel);
        try
        {
            return ParserBoundary.Guard(() =>
            {
                if (source.Problem is { } problem)
                    throw new InvalidEntryException(problem, source.Line);
                if (source.Row.Skip(columns).Any(value => value.Length > 0))
                    throw new InvalidEntryException($"The row has {source.Row.Count} values, and the file {columns} columns.", source.Line);
                var fields = row.Read(source.Line);
                var change = new CsvChange(fields, row.HasName);
                var (uid, text) = Write(row.Uid, fields);
                return new FileEntry.Readable(number, DisplayText.Excerpt(fields.FormattedName, LongestLabel), source.Line, uid, text, []) { Over = current => change.Over(current) ?? text };
            });
        }
        catch (InvalidEntryException invalid)
        {
            return new FileEntry.Unreadable(number, label, source.Line, invalid.Message);
        }
    }

    private static (Uid Uid, string Text) Write(string known, ContactFields fields)
    {
        var document = new ContactDocument([]);
        FieldWriter.Write(document, ContactFields.Empty, fields);
        var uid = Uid.TryParse(known.Length > 0 ? known : CardFile.UidOf(document.Lines), out var parsed)
            ? parsed
            : throw new InvalidEntryException($"The UID is longer than {Uid.MaxLength} characters.", null);
        return (uid, CardText.Of([CardUid.ToLine(uid.Value), .. document.Lines]).Text);
    }
}
