using System.Text;
using System.Text.Json.Serialization;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>What the inputs of the dialog hold, as typed; it may be wrong.</summary>
public sealed record ContactForm : IEntryForm
{
    /// <summary>In <see cref="Photo"/>: the photo that the card has.</summary>
    public const string KnownPhoto = "known";

    /// <summary>Longest notes as they are written, in bytes: what a property may have, less its name and parameters.</summary>
    public const int MaxNotes = 100_000;

    public static readonly ContactForm Empty = new();

    /// <summary>The name as it shows.</summary>
    public string Title { get; init; } = string.Empty;

    public string Prefix { get; init; } = string.Empty;

    public string Given { get; init; } = string.Empty;

    public string Additional { get; init; } = string.Empty;

    public string Family { get; init; } = string.Empty;

    public string Suffix { get; init; } = string.Empty;

    public string Nickname { get; init; } = string.Empty;

    public string Organization { get; init; } = string.Empty;

    public string Unit { get; init; } = string.Empty;

    public string JobTitle { get; init; } = string.Empty;

    public string Role { get; init; } = string.Empty;

    [JsonConverter(typeof(ValueListJson<ValueRow>))]
    public ValueList<ValueRow> Phones { get; init; } = [];

    [JsonConverter(typeof(ValueListJson<ValueRow>))]
    public ValueList<ValueRow> Mails { get; init; } = [];

    [JsonConverter(typeof(ValueListJson<AddressRow>))]
    public ValueList<AddressRow> Addresses { get; init; } = [];

    [JsonConverter(typeof(ValueListJson<ValueRow>))]
    public ValueList<ValueRow> Urls { get; init; } = [];

    [JsonConverter(typeof(ValueListJson<ValueRow>))]
    public ValueList<ValueRow> Messaging { get; init; } = [];

    public DateParts Birthday { get; init; } = DateParts.None;

    public DateParts Anniversary { get; init; } = DateParts.None;

    public string Notes { get; init; } = string.Empty;

    /// <summary>Parted by commas.</summary>
    public string Categories { get; init; } = string.Empty;

    /// <summary>The name of a <see cref="ContactKind"/>.</summary>
    public string Kind { get; init; } = nameof(ContactKind.Individual);

    /// <summary>URIs of a group's members.</summary>
    [JsonConverter(typeof(ValueListJson<string>))]
    public ValueList<string> Members { get; init; } = [];

    /// <summary>Empty for none, <see cref="KnownPhoto"/>, or a new one as a <c>data:</c> URI.</summary>
    public string Photo { get; init; } = string.Empty;

    public bool IsPrivate { get; init; }

    public string Source { get; init; } = string.Empty;

    [JsonIgnore]
    public bool IsGroup => Kind == nameof(ContactKind.Group);

    [JsonIgnore]
    public StructuredName Name => new(Family.Trim(), Given.Trim(), Additional.Trim(), Prefix.Trim(), Suffix.Trim());

    /// <summary>What it is called where no name was typed: by its parts, else what else there is of it.</summary>
    [JsonIgnore]
    public string TitleInEffect => new[] { Title, Name.Formatted, Organization, Nickname }
        .Concat(Mails.Concat(Phones).Select(row => row.Value)).Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0, string.Empty);

    [JsonIgnore]
    public string? TitleProblem => TooLong("name is", Encoding.UTF8.GetByteCount(Title), CardCaps.FormattedName);

    /// <remarks>RFC 6350 3.4: some characters get a backslash.</remarks>
    [JsonIgnore]
    public string? NotesProblem => TooLong("notes are", Encoding.UTF8.GetByteCount(Notes) + Notes.Count(character => character is '\n' or ',' or ';' or '\\'), MaxNotes);

    /// <summary>With another part of the name, which the name as it shows follows as long as it says the same.</summary>
    public ContactForm WithName(Func<ContactForm, ContactForm> change)
    {
        var changed = change(this);
        return Title.Trim().Length == 0 || Title == Name.Formatted ? changed with { Title = changed.Name.Formatted } : changed;
    }

    private static string? TooLong(string what, int bytes, int most) =>
        bytes > most ? $"The {what} too long: {bytes - most} of {bytes} bytes must go." : null;
}
