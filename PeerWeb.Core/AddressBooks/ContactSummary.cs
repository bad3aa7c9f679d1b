using System.Text;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>What a contact is called, and what search looks at: names, organisation, how to reach it, addresses, notes, categories.</summary>
internal static class ContactSummary
{
    public static string TitleOf(CardText card) => DisplayText.OneLine(CardNames.Of(card.Lines));

    public static string SearchedTextOf(CardText card)
    {
        var text = new StringBuilder(256);
        foreach (var line in card.Lines)
        {
            switch (line.Name)
            {
                case "FN" or "EMAIL" or "TITLE" or "ROLE" or "NOTE" or "URL" or "IMPP":
                    Append(text, line.Text);
                    break;
                case "N" or "ADR" or "ORG" or "NICKNAME" or "CATEGORIES":
                    foreach (var part in StructuredValue.Split(line.Line.Value))
                        Append(text, string.Join(' ', TextValue.List(part)));
                    break;
                case "TEL":
                    var number = ContactValues.ValueOf(line);
                    Append(text, number);
                    // Who types a number does not know how it was written.
                    Append(text, string.Concat(number.Where(char.IsAsciiDigit)));
                    break;
                default:
                    break;
            }
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        if (part.Length > 0)
            text.Append(text.Length > 0 ? " " : string.Empty).Append(part);
    }
}
