using System.Collections.Frozen;
using System.Globalization;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>What columns are called: in a command, <c>field[:type][:number]</c> such as <c>phone:work fax:2</c>, and in a list to choose from.</summary>
public static class CsvColumnNames
{
    private static readonly string[] Types = ["home", "work"];

    private static readonly string[] PhoneTypes = ["cell", "home", "work", "home fax", "work fax", "pager"];

    private static readonly Dictionary<CsvField, string> Names = Enum.GetValues<CsvField>().ToDictionary(field => field, field => field switch
    {
        CsvField.FormattedName => "name",
        CsvField.AdditionalName => "additional-names",
        CsvField.Url => "link",
        CsvField.UrlType => "link-type",
        CsvField.InstantMessaging => "messaging",
        CsvField.Locality => "city",
        _ => string.Concat(field.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : string.Empty) + char.ToLowerInvariant(c) : c.ToString())),
    });

    private static readonly FrozenDictionary<string, CsvField> Fields = Names.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names without type and number, "none" first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.OrderBy(name => name.Key).Select(name => name.Value)];

    /// <summary>What a column usually is, "not imported" first; files may have more of each.</summary>
    public static IReadOnlyList<CsvColumn> Usual { get; } = [.. Enum.GetValues<CsvField>().SelectMany(field => TypesOf(field).Select(type => new CsvColumn(field, type)))];

    public static string NameOf(CsvColumn column) =>
        Names[column.Field] + (column.Type.Length > 0 ? $":{column.Type}" : string.Empty) + (column.Number > 1 ? string.Create(CultureInfo.InvariantCulture, $":{column.Number}") : string.Empty);

    /// <summary>Reads what <see cref="NameOf"/> writes; a type is any word without a colon.</summary>
    public static bool TryParse(string text, out CsvColumn column)
    {
        column = CsvColumn.Ignored;
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length > 3 || !Fields.TryGetValue(parts[0], out var field))
            return false;
        column = new CsvColumn(field);
        foreach (var part in parts.Skip(1))
        {
            if (!CsvColumn.MayRepeat(field) || part.Length == 0)
                return false;
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                column = column with { Number = number };
            else
                column = column with { Type = part.ToLowerInvariant() };
        }
        return column.Number is >= 1 and < 1000;
    }

    /// <summary>"Phone (mobile)", "Kind of phone 2"</summary>
    public static string LabelOf(CsvColumn column)
    {
        // Beyond a hundred are columns whose name came twice.
        var number = column.Number % 100 > 1 ? string.Create(CultureInfo.InvariantCulture, $" {column.Number % 100}") : string.Empty;
        return CsvColumn.LabelOf(column.Field) + number + (column.Type.Length > 0 ? $" ({(column.Type == "cell" ? "mobile" : column.Type)})" : string.Empty);
    }

    /// <summary>Under which heading it stands; empty for "not imported".</summary>
    public static string GroupOf(CsvField field) => field switch
    {
        CsvField.None => string.Empty,
        >= CsvField.FormattedName and <= CsvField.Nickname => "Person",
        >= CsvField.Organization and <= CsvField.Role => "Work",
        CsvField.Phone or CsvField.PhoneType => "Phone",
        CsvField.Mail or CsvField.MailType => "Mail",
        >= CsvField.Url and <= CsvField.InstantMessaging => "Links",
        >= CsvField.PoBox and <= CsvField.AddressType => "Address",
        _ => "Other",
    };

    private static IEnumerable<string> TypesOf(CsvField field) => field switch
    {
        CsvField.Phone => PhoneTypes.Prepend(string.Empty),
        CsvField.Mail or CsvField.Url or (>= CsvField.PoBox and <= CsvField.Country) => Types.Prepend(string.Empty),
        _ => [string.Empty],
    };
}
