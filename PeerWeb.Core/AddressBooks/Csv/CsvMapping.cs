using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>What the columns of a file are, in their order; guessed by their names, to be changed by who imports.</summary>
public sealed record CsvMapping(ValueList<CsvColumn> Columns)
{
    /// <summary>Columns called as Google, Outlook and our own export call them; what is not known is not read.</summary>
    public static CsvMapping Guess(IReadOnlyList<string> headers)
    {
        var names = headers.Select(Normalized).ToList();
        // With Outlook "Title" is what comes before the name, and the job has a column of its own.
        var hasJobTitle = names.Contains("job title");
        var taken = new HashSet<CsvColumn>();
        return new CsvMapping([.. names.Select(name =>
        {
            var column = name == "title" && hasJobTitle ? new CsvColumn(CsvField.Prefix) : CsvHeaders.Find(name);
            // "Company" and "Organization Name" in one file: the first of a kind is read, unless there may be several.
            while (column.Field != CsvField.None && !taken.Add(column))
                column = CsvColumn.MayRepeat(column.Field) ? column with { Number = column.Number + 100 } : CsvColumn.Ignored;
            return column;
        })]);
    }

    public CsvMapping With(int index, CsvColumn column) => new([.. Columns.Select((known, i) => i == index ? column : known)]);

    /// <summary>Whether anything is read by which a contact is known.</summary>
    public bool IsUsable => Columns.Any(column => column.Field is CsvField.FormattedName or CsvField.GivenName or CsvField.FamilyName
        or CsvField.Organization or CsvField.Nickname or CsvField.Mail or CsvField.Phone);

    private static string Normalized(string header) => string.Join(' ', header.ToLowerInvariant().Split([' ', '_', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
