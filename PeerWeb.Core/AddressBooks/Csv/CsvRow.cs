using System.Globalization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>One row of a file as a contact.</summary>
internal sealed class CsvRow(CsvMapping mapping, IReadOnlyList<string> values)
{
    /// <summary>Google's own: several values in one cell.</summary>
    public const string Separator = " ::: ";

    /// <summary>Groups that Google puts everybody in.</summary>
    private static readonly string[] NoCategories = ["* mycontacts", "* my contacts"];

    private static readonly Dictionary<string, string> TypeWords = new()
    {
        ["mobile"] = "cell",
        ["business"] = "work",
        ["main"] = "pref",
        ["other"] = "",
        ["profile"] = "",
        ["homepage"] = "",
    };

    private readonly List<string> _unread = [];

    /// <summary>Empty where the file has no such column.</summary>
    public string Uid => Text(CsvField.Uid);

    /// <summary>Whether it says a name, and not only what else one can be called by.</summary>
    public bool HasName => new[] { CsvField.FormattedName, CsvField.FamilyName, CsvField.GivenName, CsvField.AdditionalName }.Any(named => Text(named).Length > 0);

    public bool IsEmpty => values.All(string.IsNullOrWhiteSpace);

    /// <exception cref="InvalidEntryException">There is nothing to call it by.</exception>
    public ContactFields Read(int line)
    {
        var name = new StructuredName(Text(CsvField.FamilyName), Text(CsvField.GivenName), Text(CsvField.AdditionalName), Text(CsvField.Prefix), Text(CsvField.Suffix));
        var fields = new ContactFields
        {
            Name = name,
            Nickname = Text(CsvField.Nickname),
            Organization = Text(CsvField.Organization),
            Unit = Text(CsvField.Unit),
            Title = Text(CsvField.Title),
            Role = Text(CsvField.Role),
            Phones = Values(CsvField.Phone, CsvField.PhoneType),
            Mails = Values(CsvField.Mail, CsvField.MailType),
            Urls = Values(CsvField.Url, CsvField.UrlType),
            InstantMessaging = Values(CsvField.InstantMessaging, CsvField.None),
            Addresses = Addresses(),
            Birthday = Date(CsvField.Birthday),
            Anniversary = Date(CsvField.Anniversary),
            Categories = [.. Categories()],
            IsPrivate = Text(CsvField.Private).ToUpperInvariant() is "TRUE" or "YES" or "1" or "PRIVATE" or "CONFIDENTIAL",
        };
        fields = fields with { FormattedName = NameOf(fields), Notes = string.Join('\n', _unread.Prepend(Text(CsvField.Notes)).Where(text => text.Length > 0)) };
        return fields.FormattedName.Length > 0 ? fields : throw new InvalidEntryException("The row has neither name, organisation, mail address nor telephone number.", line);
    }

    private string NameOf(ContactFields fields)
    {
        string[] names = [Text(CsvField.FormattedName), fields.Name.Formatted, fields.Nickname, fields.Organization,
            fields.Mails is [var mail, ..] ? mail.Value : string.Empty, fields.Phones is [var phone, ..] ? phone.Value : string.Empty];
        return names.FirstOrDefault(name => name.Length > 0) ?? string.Empty;
    }

    private string Text(CsvField field)
    {
        for (var i = 0; i < mapping.Columns.Count && i < values.Count; i++)
        {
            if (mapping.Columns[i].Field == field && Unguarded(values[i]) is { Length: > 0 } text)
                return text;
        }
        return string.Empty;
    }

    /// <summary>Cells of one field with their columns, in the order of the file.</summary>
    private IEnumerable<(CsvColumn Column, string Text)> Cells(Func<CsvField, bool> isWanted) =>
        mapping.Columns.Zip(values).Where(cell => isWanted(cell.First.Field)).Select(cell => (cell.First, Unguarded(cell.Second))).Where(cell => cell.Item2.Length > 0);

    private ValueList<ContactValue> Values(CsvField field, CsvField typeField)
    {
        var found = new List<ContactValue>();
        foreach (var (column, text) in Cells(known => known == field))
        {
            var said = typeField == CsvField.None ? null : Cells(known => known == typeField).Where(cell => cell.Column.Number == column.Number).Select(cell => cell.Text).FirstOrDefault();
            var typed = Typed(new ContactValue(string.Empty), said ?? column.Type);
            found.AddRange(text.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(value => typed with { Value = value }));
        }
        return [.. found];
    }

    private ValueList<PostalAddress> Addresses() =>
    [
        .. Cells(field => field is >= CsvField.PoBox and <= CsvField.AddressType)
            .GroupBy(cell => (cell.Column.Type, Number: cell.Column.Number % 100))
            .Where(group => group.Any(cell => cell.Column.Field != CsvField.AddressType))
            .Select(group => AddressOf(group.Key.Type, [.. group])),
    ];

    private static PostalAddress AddressOf(string type, IReadOnlyList<(CsvColumn Column, string Text)> cells)
    {
        // Outlook has three columns for lines of a street.
        string At(CsvField field) => string.Join('\n', cells.Where(cell => cell.Column.Field == field).Select(cell => cell.Text));
        var address = new PostalAddress(At(CsvField.PoBox), At(CsvField.Extended), At(CsvField.Street), At(CsvField.Locality), At(CsvField.Region), At(CsvField.PostalCode), At(CsvField.Country));
        return Typed(address, At(CsvField.AddressType) is { Length: > 0 } said ? said : type);
    }

    /// <summary>Words that vCard has are types, all others are what its user calls it.</summary>
    private static T Typed<T>(T value, string said)
        where T : TypedValue
    {
        var isPreferred = said.StartsWith('*');
        var types = new List<string>();
        string? label = null;
        foreach (var word in said.TrimStart('*').ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var type = TypeWords.GetValueOrDefault(word, word);
            if (type == "pref")
                isPreferred = true;
            else if (type is "home" or "work" or "cell" or "fax" or "pager" or "voice" or "text" or "video" or "car")
                types.Add(type);
            else if (type.Length > 0)
                label = said.TrimStart('*').Trim();
        }
        return value with { Types = label is null ? [.. types] : [], IsPreferred = isPreferred, Label = label };
    }

    private CardDate? Date(CsvField field)
    {
        var text = Text(field);
        // Outlook's "there is none".
        if (text.Length == 0 || text is "0/0/00" or "00/00/00")
            return null;
        if (CardDate.Parse(text) is { } date)
            return date;
        if (DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) && day.Year > 1)
            return CardDate.Of(day.Year, day.Month, day.Day);
        _unread.Add($"{CsvColumn.LabelOf(field)}: {text}");
        return null;
    }

    private IEnumerable<string> Categories() =>
        Text(CsvField.Categories)
            .Split([Separator, ";"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(category => !NoCategories.Contains(category, StringComparer.OrdinalIgnoreCase))
            .Select(category => category.TrimStart('*').Trim())
            .Distinct();

    /// <summary>Takes back the sign that keeps a spreadsheet from running a cell as a formula.</summary>
    private static string Unguarded(string cell)
    {
        var text = cell.Trim();
        return text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
    }
}
