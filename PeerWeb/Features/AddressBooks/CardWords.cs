using System.Buffers;
using System.Globalization;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Shared;

namespace PeerWeb.Features.AddressBooks;

/// <summary>What cards say, in words, and what of it may be followed.</summary>
public static class CardWords
{
    private static readonly SearchValues<char> NotInMail = SearchValues.Create(" ?&#%<>\"/\\:,;");

    /// <summary>"AL" of Ada King Lovelace; of one word its first letter, of none a question mark. Numbers and what stands in brackets count only where there is nothing else.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', ',', '-', '.'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var named = words.Where(word => !char.IsDigit(word[0]) && !char.IsPunctuation(word[0])).ToArray();
        return (named.Length > 0 ? named : words) switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    /// <summary>"Work, fax"; what its user calls it where they did. Null where nothing is said.</summary>
    public static string? Type(TypedValue value)
    {
        var type = value.Label ?? Types(value.Types);
        var words = new[] { type.Length > 0 ? type : null, value.IsPreferred ? "preferred" : null }.OfType<string>().ToList();
        return words.Count > 0 ? string.Join(", ", words) : null;
    }

    /// <summary>"Work, fax" of work and fax; empty of none.</summary>
    public static string Types(IEnumerable<string> types)
    {
        var words = string.Join(", ", types.Select(type => type == "cell" ? "mobile" : type));
        return words.Length > 0 ? char.ToUpperInvariant(words[0]) + words[1..] : string.Empty;
    }

    /// <summary>"Analyst, Research, Acme"; empty where nothing is said.</summary>
    public static string Work(ContactFields fields) =>
        string.Join(", ", new[] { fields.Title, fields.Role, fields.Unit, fields.Organization }.Where(text => text.Length > 0));

    /// <summary>"12 April 1985", with what is known of it.</summary>
    public static string Day(CardDate date)
    {
        var month = date.Month is { } number ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(number) : null;
        return date is { Day: { } day, Month: null }
            ? $"on the {day.ToString(CultureInfo.InvariantCulture)}."
            : string.Join(' ', new[] { date.Day?.ToString(CultureInfo.InvariantCulture), month, date.Year?.ToString(CultureInfo.InvariantCulture) }.OfType<string>());
    }

    /// <summary>"Acme · ada@acme.example"; null where there is nothing.</summary>
    public static string? About(MergedEntry entry)
    {
        var detail = ContactDetail.Parse(entry.Summary.Detail);
        var words = new[] { detail.Kind is ContactKind.Group ? "Group" : null, detail.Organization == entry.Summary.Title ? null : detail.Organization, detail.Mail ?? detail.Phone }.OfType<string>().ToList();
        return words.Count > 0 ? string.Join(" · ", words) : null;
    }

    /// <summary>Full years since that day; null where the day is not known whole, or is yet to come.</summary>
    public static int? Age(CardDate date, LocalDate today)
    {
        if (date is not { Year: { } year, Month: { } month, Day: { } day } || new LocalDate(year, month, day) is var born && born > today)
            return null;
        return Period.Between(born, today, PeriodUnits.Years).Years;
    }

    /// <summary>Null for what cannot be dialled.</summary>
    public static string? Dial(string phone)
    {
        var number = string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#' or ',' or ';'));
        return number.Any(char.IsAsciiDigit) ? LinkedText.HrefOf("tel:" + number.Replace("#", "%23", StringComparison.Ordinal)) : null;
    }

    /// <summary>Null for what is no address alone, such as one with a subject.</summary>
    public static string? Write(string mail) =>
        mail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < mail.Length - 1 && !mail.AsSpan().ContainsAny(NotInMail) ? LinkedText.HrefOf("mailto:" + mail) : null;

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
