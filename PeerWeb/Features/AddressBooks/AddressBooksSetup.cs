using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.AddressBooks.Duplicates;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Features.AddressBooks.Files;
using PeerWeb.Shared;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks;

public static class AddressBooksSetup
{
    /// <summary>The page of contacts, on what the pages of all apps share.</summary>
    public static IServiceCollection AddAddressBooks(this IServiceCollection services) => services
        .AddSingleton(new EntryPage(
            AddressBookApp.AppId, "Address book", "/addressbook", "contact", Icons.Material.Outlined.Contacts, Order: 1, (entry, _) => new EntryLink(entry.Source, entry.Summary.Uid).On("/addressbook"), (entry, _) => CardWords.About(entry)))
        .AddSingleton(new ListQuestion(AddressBookApp.AppId, ContactEntryKind.Nouns)
        {
            Open = entry => new OpenedEntry.Found<ContactCard>(ContactCard.Read(entry.Text), entry.ETag),
        })
        .AddSingleton(ContactFiles.Instance)
        .AddScoped(_ => new CalendarLayer(AddressBookApp.AppId, "Birthdays", ContactEntryKind.Nouns, Order: 1, _ => new LayerEntry()))
        .AddScoped(provider =>
        {
            var (viewer, merged, entries) =
                (provider.GetRequiredService<AuthenticationStateProvider>(), provider.GetRequiredService<MergedView>(), provider.GetRequiredService<SourceEntries>());
            return new AddressBookQueries(
                EntryCallsSetup.Create(provider, ContactEntryKind.Instance),
                provider.GetRequiredService<AddCollection>(),
                (source, text, token) => FindAsync(viewer, merged, source, text, token),
                (source, members, token) => MembersAsync(viewer, entries, source, members, token),
                token => DuplicatesAsync(viewer, provider.GetRequiredService<GuardedEntryStores>(), provider.GetRequiredService<OwnInstallation>(), provider.GetRequiredService<TimeProvider>(), token));
        });

    private static async Task<IReadOnlyList<MergedEntry>> FindAsync(
        AuthenticationStateProvider viewer, MergedView merged, SourceId source, string text, CancellationToken cancellationToken)
    {
        var query = new EntryQuery { App = AddressBookApp.AppId, Collections = [source.Collection], Sort = EntrySort.Title, Text = text, Limit = AddressBookQueries.MostFound };
        var answer = await merged.RefreshAsync(await viewer.NameAsync(), query, source.Owner.Domain, cancellationToken);
        return [.. (answer?.Entries ?? []).Take(AddressBookQueries.MostFound)];
    }

    private static async Task<FoundDuplicates> DuplicatesAsync(
        AuthenticationStateProvider viewer, GuardedEntryStores stores, OwnInstallation own, TimeProvider time, CancellationToken cancellationToken)
    {
        var owner = await viewer.NameAsync();
        var store = stores.For(new Actor.Local(owner, Groups: []));
        var live = new SourceStatus(SourceState.Live, Instant.FromDateTimeOffset(time.GetUtcNow()), null);
        List<Source> books =
        [
            .. (await store.ListCollectionsAsync(AddressBookApp.AppId, cancellationToken)).Where(book => book.Owner == owner)
                .Select(book => new Source(new SourceId(new Address(owner, own.Domain), AddressBookApp.AppId, book.Id), book.Name, book.Color, book.MyRights, IsMine: true, live)),
        ];
        var contacts = new List<DuplicateCandidate>();
        QueryCursor? next = null;
        // An empty list of collections would be no question.
        if (books.Count > 0)
        {
            var query = new EntryQuery { App = AddressBookApp.AppId, Collections = [.. books.Select(book => book.Id.Collection)], Sort = EntrySort.Title };
            do
            {
                var page = await store.QueryAsync(query with { Cursor = next }, cancellationToken);
                contacts.AddRange(page.Entries.Select(DuplicateCandidate.Of));
                next = page.Next;
            }
            while (next is not null && contacts.Count < FoundDuplicates.MostContacts);
        }
        return new FoundDuplicates(books, await Task.Run(() => ContactDuplicates.Find(contacts), cancellationToken), IsWhole: next is null);
    }

    private static async Task<IReadOnlyList<GroupMember>> MembersAsync(
        AuthenticationStateProvider viewer, SourceEntries entries, SourceId source, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        var found = new List<GroupMember>();
        foreach (var member in members.Take(AddressBookQueries.MostMembers))
            found.Add(await MemberAsync(entries, name, source, member, cancellationToken));
        return found;
    }

    private static async Task<GroupMember> MemberAsync(SourceEntries entries, UserName viewer, SourceId source, string member, CancellationToken cancellationToken)
    {
        foreach (var uid in ContactMember.UidsOf(member))
        {
            if (await entries.ReadAsync(viewer, source, uid, cancellationToken) is not EntryAnswer.Found found)
                continue;
            try
            {
                return new GroupMember(member, ContactCard.Read(found.Entry.Text).FormattedName, new EntryLink(source, uid));
            }
            catch (InvalidEntryException)
            {
                // There, and no card: nothing can be said of it.
                break;
            }
        }
        return new GroupMember(member, null, null);
    }
}
