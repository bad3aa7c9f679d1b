using System.Text.Json;
using System.Text.Json.Serialization;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>What a list shows of a contact beside its name, and what duplicates are found by; the JSON of <see cref="Entries.EntrySummary.Detail"/>.</summary>
/// <param name="Organization">One line; null where there is none.</param>
/// <param name="Mail">The preferred, else the first.</param>
/// <param name="Phone">The preferred, else the first, as it is written.</param>
/// <param name="HasPhoto">In the card itself; one that it only names is never fetched.</param>
/// <param name="Birthday">As <see cref="CardDate"/> writes it.</param>
/// <param name="Categories">At most ten.</param>
/// <param name="Mails">Up to six, normalised by <see cref="ContactKeys"/>; null where there is none.</param>
/// <param name="Numbers">Up to six telephone numbers, normalised so.</param>
public sealed record ContactDetail(
    string? Organization,
    string? Mail,
    string? Phone,
    ContactKind Kind,
    bool HasPhoto,
    string? Birthday,
    IReadOnlyList<string>? Categories,
    IReadOnlyList<string>? Mails,
    IReadOnlyList<string>? Numbers)
{
    private const int MaxText = 100;
    private const int MaxCategories = 10;
    private const int MaxKeys = 6;

    public static readonly ContactDetail Empty = new(null, null, null, ContactKind.Individual, false, null, null, null, null);

    /// <summary>Reads what <see cref="ToJson"/> wrote, here or at a peer; what cannot be read says nothing.</summary>
    public static ContactDetail Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContactDetailJson.Default.ContactDetail) ?? Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, ContactDetailJson.Default.ContactDetail);

    internal static ContactDetail Of(CardText card)
    {
        var (mails, phones) = (Preferred(card, "EMAIL"), Preferred(card, "TEL"));
        return new ContactDetail(
            card.Find("ORG") is { } org && StructuredValue.Read(org.Line.Value) is [{ Length: > 0 } name, ..] ? DisplayText.Excerpt(name, MaxText) : null,
            First(mails),
            First(phones),
            ContactKinds.Of(card),
            card.Find("PHOTO") is { } photo && InlineData.IsInline(photo.Line.Value),
            card.Find("BDAY") is { } birthday && CardDate.Parse(birthday.Line.Value) is { } date ? date.ToString() : null,
            NullIfEmpty(card.All("CATEGORIES").SelectMany(line => TextValue.List(line.Line.Value)).Select(category => DisplayText.Excerpt(category, MaxText)).Distinct().Take(MaxCategories)),
            NullIfEmpty(mails.Select(ContactKeys.OfMail).OfType<string>().Distinct().Take(MaxKeys)),
            NullIfEmpty(phones.Select(ContactKeys.OfPhone).OfType<string>().Distinct().Take(MaxKeys)));
    }

    private static List<string> Preferred(CardText card, string name) =>
        [.. card.All(name).OrderBy(line => line.Preference).Select(line => ContactValues.ValueOf(line)).Where(value => value.Length > 0)];

    private static string? First(List<string> values) => values is [var first, ..] ? DisplayText.Excerpt(first, MaxText) : null;

    private static List<string>? NullIfEmpty(IEnumerable<string> values) => values.ToList() is { Count: > 0 } some ? some : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ContactDetail))]
internal sealed partial class ContactDetailJson : JsonSerializerContext;
