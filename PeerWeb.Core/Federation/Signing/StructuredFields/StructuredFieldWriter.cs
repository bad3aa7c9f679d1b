using System.Globalization;

namespace PeerWeb.Core.Federation.Signing.StructuredFields;

/// <summary>Serialises structured fields in the one canonical form (RFC 8941 4.1).</summary>
internal static class StructuredFieldWriter
{
    public static string Dictionary(IEnumerable<KeyValuePair<string, Member>> members) =>
        string.Join(", ", members.Select(member => member.Value is Item { Value: SfBoolean { Value: true } } flag
            ? member.Key + Parameters(flag.Parameters)
            : $"{member.Key}={Member(member.Value)}"));

    public static string List(IEnumerable<Member> members) => string.Join(", ", members.Select(Member));

    public static string Member(Member member) => member switch
    {
        Item item => Bare(item.Value) + Parameters(item.Parameters),
        InnerList list => $"({string.Join(' ', list.Items.Select(Member))})" + Parameters(list.Parameters),
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    private static string Parameters(IReadOnlyList<Parameter> parameters) =>
        string.Concat(parameters.Select(parameter =>
            parameter.Value is SfBoolean { Value: true } ? $";{parameter.Key}" : $";{parameter.Key}={Bare(parameter.Value)}"));

    private static string Bare(BareItem item) => item switch
    {
        SfInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        SfDecimal number => number.Value.ToString("0.0##", CultureInfo.InvariantCulture),
        SfString text => $"\"{text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        SfToken token => token.Value,
        SfBytes bytes => $":{Convert.ToBase64String(bytes.Value)}:",
        SfBoolean flag => flag.Value ? "?1" : "?0",
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };
}
