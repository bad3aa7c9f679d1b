using System.Globalization;
using System.Text;

namespace PeerWeb.Core.Federation.Signing.StructuredFields;

/// <summary>Serialises structured fields in the one canonical form (RFC 8941 4.1).</summary>
internal static class StructuredFieldWriter
{
    public static string Dictionary(IEnumerable<KeyValuePair<string, Member>> members) =>
        string.Join(", ", members.Select(member => member.Value is Item { Value: SfBoolean { Value: true } } flag
            ? member.Key + Parameters(flag.Parameters)
            : $"{member.Key}={Member(member.Value)}"));

    public static string List(IEnumerable<Member> members) => string.Join(", ", members.Select(Member));

    public static string Member(Member member) => new StringBuilder().AppendMember(member).ToString();

    public static StringBuilder AppendMember(this StringBuilder text, Member member)
    {
        switch (member)
        {
            case Item item:
                text.AppendBare(item.Value);
                break;
            case InnerList list:
                text.Append('(');
                for (var i = 0; i < list.Items.Count; i++)
                    text.Append(i == 0 ? "" : " ").AppendMember(list.Items[i]);
                text.Append(')');
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(member));
        }
        return text.AppendParameters(member.Parameters);
    }

    private static string Parameters(IReadOnlyList<Parameter> parameters) => new StringBuilder().AppendParameters(parameters).ToString();

    private static StringBuilder AppendParameters(this StringBuilder text, IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            text.Append(';').Append(parameter.Key);
            if (parameter.Value is not SfBoolean { Value: true })
                text.Append('=').AppendBare(parameter.Value);
        }
        return text;
    }

    private static StringBuilder AppendBare(this StringBuilder text, BareItem item) => item switch
    {
        SfInteger integer => text.Append(CultureInfo.InvariantCulture, $"{integer.Value}"),
        SfDecimal number => text.Append(number.Value.ToString("0.0##", CultureInfo.InvariantCulture)),
        SfString quoted => text.Append('"')
            .Append(quoted.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"'),
        SfToken token => text.Append(token.Value),
        SfBytes bytes => text.Append(':').Append(Convert.ToBase64String(bytes.Value)).Append(':'),
        SfBoolean flag => text.Append(flag.Value ? "?1" : "?0"),
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };
}
