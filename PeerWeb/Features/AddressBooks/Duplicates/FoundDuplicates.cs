using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.Duplicates;

/// <summary>Contacts of the viewer's own address books that may be there more than once.</summary>
/// <param name="Books">The viewer's own.</param>
/// <param name="Groups">By the name of the first of each.</param>
/// <param name="IsWhole">False where there are more contacts than are looked at.</param>
public sealed record FoundDuplicates(IReadOnlyList<Source> Books, IReadOnlyList<DuplicateGroup> Groups, bool IsWhole)
{
    /// <summary>Contacts that are looked at.</summary>
    public const int MostContacts = 100_000;

    /// <summary>Contacts of one group that are offered to be merged.</summary>
    public const int MostOfGroup = 12;

    public Source? BookOf(CollectionId collection) => Books.FirstOrDefault(book => book.Id.Collection == collection);

    public IReadOnlyList<EntryLink> LinksOf(DuplicateGroup group) =>
        [.. group.Contacts.Select(contact => BookOf(contact.Collection) is { } book ? new EntryLink(book.Id, contact.Uid) : (EntryLink?)null).OfType<EntryLink>().Take(MostOfGroup)];

    /// <summary>"same mail address and same name"</summary>
    public static string Because(DuplicateReasons reasons)
    {
        var words = new[] { (DuplicateReasons.Mail, "same mail address"), (DuplicateReasons.Phone, "same telephone number"), (DuplicateReasons.Name, "same name") }
            .Where(reason => reasons.HasFlag(reason.Item1)).Select(reason => reason.Item2).ToList();
        return words.Count > 1 ? $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}" : words.FirstOrDefault(string.Empty);
    }
}
