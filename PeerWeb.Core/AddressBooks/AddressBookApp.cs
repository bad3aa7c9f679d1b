using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>Address books: entries are VCARDs, stored in version 4.0 whatever version they come in. Birthdays and anniversaries are their instances.</summary>
public sealed class AddressBookApp : IApp
{
    public static readonly AppId AppId = AppId.Parse("addressbook");

    public AppId Id => AppId;

    public string CollectionNoun => "address book";

    public string MediaType => "text/vcard";

    public IndexedEntry Index(string text, TimeRange horizon) => ParserBoundary.Guard(() =>
    {
        var card = CardText.Read(text);
        var uid = card.Uid;
        var days = YearlyDays.Of(card);
        return new IndexedEntry(
            uid,
            card.Text,
            ContactSummary.TitleOf(card),
            Folding.Fold(ContactSummary.SearchedTextOf(card)),
            IsPrivate(card),
            days.First,
            Last: null,
            IsUnbounded: days.First is not null,
            ContactDetail.Of(card).ToJson(),
            days.Instances(horizon, viewer: null, int.MaxValue));
    });

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) =>
        ParserBoundary.Guard(() => YearlyDays.Of(CardText.Read(text)).Instances(range, viewer, limit));

    /// <remarks>A stored text that is not read any more is another one, so that a good version replaces it.</remarks>
    public bool IsSame(string stored, string text)
    {
        try
        {
            return CardComparison.IsSame(stored, text);
        }
        catch (InvalidEntryException)
        {
            return stored == text;
        }
    }

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => CardFile.SplitAsync(file, cancellationToken);

    /// <summary>In version 4.0.</summary>
    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        JoinAsync(entries, file, CardVersion.V40, onSkipped, cancellationToken);

    /// <param name="version">4.0, or 3.0 for programs that read no other.</param>
    public static Task JoinAsync(
        IAsyncEnumerable<Entry> entries, Stream file, CardVersion version, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        CardJoin.WriteAsync(entries, file, version, onSkipped, cancellationToken);

    /// <summary>An unknown or empty CLASS is private too: who wrote it meant to say something.</summary>
    internal static bool IsPrivate(CardText card) =>
        card.All("CLASS").Any(line => !line.Line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase));
}
