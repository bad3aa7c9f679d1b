using System.Text;
using NodaTime.Extensions;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Demo.Data;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.Demo;

/// <summary>Fills an empty installation before its first request: people, and their calendars through the same import that users have.</summary>
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
        var calendars = DemoCalendars.Around(today).Where(calendar => side.People.Contains(calendar.Owner)).ToList();
        foreach (var person in side.People.Reverse())
        {
            foreach (var calendar in calendars.Where(calendar => calendar.Owner == person))
                await FillAsync(UserName.Parse(person.User), calendar, cancellationToken);
            if (await users.FindAsync(person.User, cancellationToken) is null)
                await AddAsync(person, cancellationToken);
        }
    }

    private async Task FillAsync(UserName owner, DemoCalendar calendar, CancellationToken cancellationToken)
    {
        var store = stores.For(new Actor.Local(owner, Groups: []));
        var there = await store.ListCollectionsAsync(CalendarApp.AppId, cancellationToken);
        var id = there.FirstOrDefault(collection => collection.Owner == owner && collection.Name == calendar.Name)?.Id
            ?? await collections.CreateAsync(owner, CalendarApp.AppId, calendar.Name, calendar.Color, cancellationToken);
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text));
        await foreach (var result in EntryImport.RunAsync(store, apps.Get(CalendarApp.AppId), id, owner.Value, file, ImportPace.Database, cancellationToken))
        {
            if (result.Outcome == ImportOutcome.Failed)
                throw new InvalidOperationException($"The demo's entry {result.Number} was not imported: {result.Reason}");
        }
    }

    private async Task AddAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        var added = await accounts.CreateAsync(new NewUser(person.User, person.FullName, DemoSide.Password, person == side.Admin), cancellationToken);
        if (added is AccountOutcome.Refused refused)
            throw new InvalidOperationException($"The demo's user {person.User} was not added: {refused.Reason}");
    }
}
