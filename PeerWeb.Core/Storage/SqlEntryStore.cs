using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Entries in this installation's database, behind the guard.</summary>
public sealed class SqlEntryStore(
    GroupCommit commits, IDbContextFactory<PeerWebContext> contexts, AppRegistry apps, CollectionChanges changes, TzdbVersion tzdb, TimeProvider time) : IScopedEntryStore
{
    private readonly EntryWriter _writer = new(commits, contexts, apps, changes, tzdb, time);

    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(Actor actor, ScopeMaker scope, AppId app, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => ListAsync(actor, scope, app, cancellationToken));

    public Task<QueryAnswer> QueryAsync(Actor actor, ScopeMaker scope, EntryQuery query, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => AskAsync(actor, scope, query, cancellationToken));

    public Task<Entry?> ReadAsync(Actor actor, ScopeMaker scope, CollectionId collection, Uid uid, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => ReadOneAsync(actor, scope, collection, uid, cancellationToken));

    public Task<IReadOnlyList<Entry>> ReadAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => ReadManyAsync(actor, scope, collection, uids, cancellationToken));

    public Task<ChangesAnswer> ChangesAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => ChangesSinceAsync(actor, scope, collection, since, limit, cancellationToken));

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        Actor actor, ScopeMaker scope, IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => _writer.SaveAsync(actor, scope, writes, delivery, cancellationToken));

    public Task<SaveOutcome> DeleteAsync(
        Actor actor, ScopeMaker scope, EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => _writer.DeleteAsync(actor, scope, removal, delivery, cancellationToken));

    private async Task<IReadOnlyList<Collection>> ListAsync(Actor actor, ScopeMaker scope, AppId app, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var seal = await TokenSeal.ReadAsync(db, tzdb, cancellationToken);
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, app, ids: null, cancellationToken);
        return [.. scoped.Collections.Select(pair => new Collection(
            pair.Scoped.Id, app, UserName.Parse(pair.Row.Owner), pair.Row.Name, pair.Row.Color, pair.Scoped.Rights, pair.Scoped.Version,
            seal.TokenOf(pair.Scoped.Id, pair.Row.Sequence, pair.Scoped.Version)))];
    }

    private async Task<QueryAnswer> AskAsync(Actor actor, ScopeMaker scope, EntryQuery query, CancellationToken cancellationToken)
    {
        var zone = Check(query);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var seal = await TokenSeal.ReadAsync(db, tzdb, cancellationToken);
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, query.App, query.Collections, cancellationToken);

        var slices = new List<Slice>();
        var asked = new List<(CollectionRow Row, ScopedCollection Scoped)>();
        foreach (var id in query.Collections?.Distinct() ?? [.. scoped.Collections.Select(pair => pair.Scoped.Id)])
        {
            if (scoped.Find(id) is not { } pair)
            {
                slices.Add(new Slice(id, SliceState.Gone, Token: null));
                continue;
            }
            var token = seal.TokenOf(id, pair.Row.Sequence, pair.Scoped.Version);
            var isUnchanged = query.KnownTokens.TryGetValue(id, out var known) && known == token;
            slices.Add(new Slice(id, isUnchanged ? SliceState.Unchanged : SliceState.Current, token));
            if (!isUnchanged)
                asked.Add(pair);
        }
        if (asked.Count == 0)
            return new QueryAnswer(slices, [], Next: null);

        var order = new QueryOrder(query.Sort, zone);
        var (page, unreadable) = query.Range is { } range
            ? await new InstanceQuery(db, apps.Get(query.App), tzdb, new BusyTime(seal, apps.Get(query.App), actor), query, range, zone).RunAsync(asked, cancellationToken)
            : (await new EntryListQuery(db, apps.Get(query.App), tzdb, query, zone).RunAsync(asked, cancellationToken), 0);
        return new QueryAnswer(
            slices,
            [.. page.Take(query.Limit).Select(placed => placed.Summary)],
            page.Count > query.Limit ? order.CursorAfter(page[query.Limit - 1]) : null)
        {
            UnreadableCount = unreadable,
        };
    }

    private async Task<Entry?> ReadOneAsync(Actor actor, ScopeMaker scope, CollectionId collection, Uid uid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, app: null, [collection], cancellationToken);
        var row = await VisibleEntries.Of(db, scoped.Collections).FirstOrDefaultAsync(entry => entry.Uid == uid.Value, cancellationToken);
        return row is null ? null : new Entry(collection, uid, TokenSeal.ETagOf(row.Epoch, row.Sequence), row.Text);
    }

    private async Task<IReadOnlyList<Entry>> ReadManyAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uids.Count, EntryQuery.MaxLimit);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, app: null, [collection], cancellationToken);
        var entries = VisibleEntries.Of(db, scoped.Collections);
        var found = new List<Entry>(uids.Count);
        foreach (var chunk in uids.Select(uid => uid.Value).Chunk(500))
        {
            var rows = entries.Where(entry => chunk.Contains(entry.Uid)).Select(entry => new { entry.Uid, entry.Epoch, entry.Sequence, entry.Text });
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
                found.Add(new Entry(collection, Uid.Parse(row.Uid), TokenSeal.ETagOf(row.Epoch, row.Sequence), row.Text));
        }
        return found;
    }

    private async Task<ChangesAnswer> ChangesSinceAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, EntryQuery.MaxLimit);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var seal = await TokenSeal.ReadAsync(db, tzdb, cancellationToken);
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, app: null, [collection], cancellationToken);
        return scoped.Find(collection) is { } pair
            ? await new ChangeFeed(db, seal, pair.Row, pair.Scoped).SinceAsync(since, limit, cancellationToken)
            : new ChangesAnswer.NotFound();
    }

    private static DateTimeZone Check(EntryQuery query)
    {
        if (query.Limit is < 1 or > EntryQuery.MaxLimit)
            throw new InvalidQueryException($"The limit is 1 to {EntryQuery.MaxLimit}, not {query.Limit}.");
        if (query.Text is { Length: > 200 })
            throw new InvalidQueryException("The search text is longer than 200 characters.");
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(query.Zone)
            ?? throw new InvalidQueryException("The zone is not a time zone that this installation knows; IANA names such as Europe/Zurich are.");
    }
}
