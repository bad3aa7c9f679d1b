using System.Text;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>A property that is being put together.</summary>
/// <param name="name">Upper case, without the group.</param>
/// <param name="value">As it is to be written, with its escapes.</param>
internal sealed class CardProperty(string? group, string name, string value)
{
    public string? Group { get; } = group;

    public string Name { get; set; } = name;

    public string Value { get; set; } = value;

    public List<PropertyParameter> Parameters { get; } = [];

    /// <summary>A copy of a line that can be changed.</summary>
    public static CardProperty Of(CardLine line)
    {
        var property = new CardProperty(line.Group, line.Name, line.Line.Value);
        property.Parameters.AddRange(line.Line.Parameters);
        return property;
    }

    public string? Parameter(string name) => Parameters.Find(parameter => parameter.Name == name) is { Values: [var first, ..] } ? first : null;

    /// <summary>Puts a parameter where one of its name was; no values take it away.</summary>
    public void Set(string name, params IReadOnlyList<string> values)
    {
        var at = Parameters.FindIndex(parameter => parameter.Name == name);
        Parameters.RemoveAll(parameter => parameter.Name == name);
        if (values.Count > 0)
            Parameters.Insert(at < 0 ? Parameters.Count : at, new PropertyParameter(name, values));
    }

    public CardLine ToLine(int number) => CardLine.Parse(ToString(), number);

    /// <remarks>RFC 6350 3.3; carets as in RFC 6868 3.1.</remarks>
    public override string ToString()
    {
        var text = new StringBuilder(Value.Length + 40);
        if (Group is not null)
            text.Append(Group).Append('.');
        text.Append(Name);
        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.Name);
            for (var i = 0; i < parameter.Values.Count; i++)
                AppendValue(text.Append(i == 0 ? '=' : ','), parameter.Values[i]);
        }
        return text.Append(':').Append(Value).ToString();
    }

    private static void AppendValue(StringBuilder text, string value)
    {
        var isQuoted = value.AsSpan().ContainsAny(",;:");
        if (isQuoted)
            text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '^' => text.Append("^^"),
                '"' => text.Append("^'"),
                '\n' => text.Append("^n"),
                _ => text.Append(c),
            };
        }
        if (isQuoted)
            text.Append('"');
    }
}
