using System.Text;
using NodaTime.Extensions;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Demo.Data;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Demo;

/// <summary>Fills an empty installation before its first request: people, and what they have of every app, through the same import that users have.</summary>
internal sealed class DemoSeed(
    DemoSide side, UserDirectory users, UserAccounts accounts, SqlCollections collections, GuardedEntryStores stores, AppRegistry apps, TimeProvider time)
    : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The admin is added last: an installation that has one is complete.
        if (await users.FindAsync(side.Admin.User, cancellationToken) is not null)
            return;
        var today = time.GetUtcNow().ToInstant().InUtc().Date;
        IReadOnlyList<DemoCollection> all = [.. DemoCalendars.Around(today), .. DemoTodos.Around(today), .. DemoContacts.Around(today), .. DemoNotes.Around(today)];
        foreach (var person in side.People.Reverse())
        {
            foreach (var collection in all.Where(collection => collection.Owner == person))
                await FillAsync(UserName.Parse(person.User), collection, cancellationToken);
            if (await users.FindAsync(person.User, cancellationToken) is null)
                await AddAsync(person, cancellationToken);
        }
    }

    private async Task FillAsync(UserName owner, DemoCollection file, CancellationToken cancellationToken)
    {
        var store = stores.For(new Actor.Local(owner, Groups: []));
        var there = await store.ListCollectionsAsync(file.App, cancellationToken);
        var id = there.FirstOrDefault(collection => collection.Owner == owner && collection.Name == file.Name)?.Id
            ?? await collections.CreateAsync(owner, file.App, file.Name, file.Color, cancellationToken);
        await using var text = new MemoryStream(Encoding.UTF8.GetBytes(file.Text));
        await foreach (var result in EntryImport.RunAsync(store, apps.Get(file.App), id, owner.Value, text, ImportPace.Database, cancellationToken))
        {
            if (result.Outcome == ImportOutcome.Failed)
                throw new InvalidOperationException($"The demo's entry {result.Number} of {file.Owner.User}'s {file.Name} was not imported: {result.Reason}");
        }
    }

    private async Task AddAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        var added = await accounts.CreateAsync(new NewUser(person.User, person.FullName, DemoSide.Password, person == side.Admin), cancellationToken);
        if (added is AccountOutcome.Refused refused)
            throw new InvalidOperationException($"The demo's user {person.User} was not added: {refused.Reason}");
    }
}
