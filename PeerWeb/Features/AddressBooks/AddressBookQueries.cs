using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.AddressBooks.Duplicates;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks;

/// <summary>Everything that the address book asks of the rest, as the signed-in user of the circuit; its list is asked for by the effects.</summary>
/// <param name="Entries">What the dialog of one contact asks.</param>
/// <param name="AddBook">Makes an address book of the viewer's own.</param>
/// <param name="Find">Contacts of one address book that match all words, by name; at most <see cref="MostFound"/>, none where its owner does not answer.</param>
/// <param name="Members">Who the members of a group are, in their order, by the group's own address book; the first <see cref="MostMembers"/>.</param>
/// <param name="Duplicates">Contacts that may be there more than once.</param>
public sealed record AddressBookQueries(
    EntryCalls<ContactForm> Entries,
    AddCollection AddBook,
    Func<SourceId, string, CancellationToken, Task<IReadOnlyList<MergedEntry>>> Find,
    Func<SourceId, IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<GroupMember>>> Members,
    Func<CancellationToken, Task<FoundDuplicates>> Duplicates)
{
    public const int MostFound = 20;

    /// <summary>Each takes a question to the owner.</summary>
    public const int MostMembers = 100;
}

/// <summary>One member of a group.</summary>
/// <param name="Uri">As the group names it.</param>
/// <param name="Name">Null where there is no such contact, or none that the viewer may read.</param>
/// <param name="Link">Null together with the name.</param>
public sealed record GroupMember(string Uri, string? Name, EntryLink? Link);
