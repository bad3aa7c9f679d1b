using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.AddressBooks.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>One contact whole, for the detail pane.</summary>
/// <param name="FormattedName">One line; what else the card has where it has no name, empty where it has nothing.</param>
/// <param name="Fields">What can be edited.</param>
/// <param name="Class">PUBLIC where nothing is said.</param>
/// <param name="Source">Whose it was before it was copied; null where it is no copy.</param>
/// <param name="Others">What the card says beside the fields, in words; images and keys are left out.</param>
/// <param name="Revision">When it was changed last, where it says so.</param>
public sealed record ContactCard(
    Uid Uid, string FormattedName, ContactFields Fields, string Class, string? Source, IReadOnlyList<ContactRemark> Others, Instant? Revision)
{
    /// <summary>Of <see cref="Source"/>.</summary>
    internal const string CopiedFrom = "X-PEERWEB-COPIED-FROM";

    private const int MaxOthers = 50;
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <exception cref="InvalidEntryException">The text is no card.</exception>
    public static ContactCard Read(string text) => ParserBoundary.Guard(() =>
    {
        var card = CardText.Read(text);
        return new ContactCard(
            card.Uid,
            ContactSummary.TitleOf(card),
            FieldReader.Read(card),
            card.TextOf("CLASS")?.ToUpperInvariant() ?? "PUBLIC",
            card.TextOf(CopiedFrom) is { } source ? DisplayText.OneLine(source) : null,
            [.. FieldReader.Others(card).Take(MaxOthers)],
            card.TextOf("REV") is { } revision && Stamp.Parse(revision) is { Success: true } stamp ? stamp.Value : null);
    });

    /// <summary>A link that may be followed: http, https, mailto and tel only; null for all else.</summary>
    public static Uri? LinkOf(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto" or "tel" ? url : null;
}

/// <summary>Something that a card says beside its fields.</summary>
/// <param name="Label">Such as "Gender", or the property's name where there is no word for it.</param>
public sealed record ContactRemark(string Label, string Text);
