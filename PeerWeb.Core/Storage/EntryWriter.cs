using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage;

/// <summary>Conditional writes of entries, each with its row in the change log, in one transaction that first takes the write lock.</summary>
internal sealed class EntryWriter(
    GroupCommit commits, IDbContextFactory<PeerWebContext> contexts, AppRegistry apps, CollectionChanges changes, TzdbVersion tzdb, TimeProvider time)
{
    private const int MostKnown = 10_000;

    private static readonly Compiled<Func<PeerWebContext, string, CancellationToken, Task<string?>>> AppOfCollection = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, string id, CancellationToken _) => db.Collections.Where(row => row.Id == id).Select(row => row.App).FirstOrDefault()));

    // A collection is of its app for good. Whether it is there, and for whom, is asked in each transaction.
    private readonly ConcurrentDictionary<CollectionId, IApp> _apps = new();

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        Actor actor, ScopeMaker scope, IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
            return [];
        var collection = writes[0].Collection;
        if (writes.Any(write => write.Collection != collection))
            throw new ArgumentException("A batch is of one collection.", nameof(writes));
        if (writes.Select(write => write.Uid).Distinct().Count() != writes.Count)
            throw new ArgumentException("A batch saves each UID once.", nameof(writes));
        var app = await AppOfAsync(collection, cancellationToken);
        if (app is null)
            return [.. writes.Select(_ => new SaveOutcome.NotFound())];

        // Parsing costs the most and may be hostile: it happens before the lock, never in it.
        var horizon = Horizon.Around(Now);
        var parsed = writes.Select(write => Parse(app, write, horizon)).ToList();
        return await WriteAsync(
            actor, scope, collection, [.. writes.Select(write => write.Uid)], delivery, horizon,
            batch => [.. writes.Zip(parsed, (write, entry) => entry.Invalid ?? batch.Save(write, entry.Indexed!))], cancellationToken);
    }

    public async Task<SaveOutcome> DeleteAsync(
        Actor actor, ScopeMaker scope, EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken)
    {
        var outcomes = await WriteAsync(
            actor, scope, removal.Collection, [removal.Uid], delivery, Horizon.Around(Now), batch => [batch.Delete(removal)], cancellationToken);
        return outcomes.Single();
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>In one transaction: who may do what, then whether this is a repeat, and only then <paramref name="write"/>.</summary>
    private async Task<IReadOnlyList<SaveOutcome>> WriteAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, Delivery delivery, TimeRange horizon,
        Func<WriteBatch, IReadOnlyList<SaveOutcome>> write, CancellationToken cancellationToken)
    {
        var (outcomes, hasEffect) = await commits.WriteAsync(
            uids.Count, db => DecideAsync(db, actor, scope, collection, uids, delivery, horizon, write, CancellationToken.None), cancellationToken);
        if (hasEffect)
            changes.Announce(collection);
        return outcomes;
    }

    private async Task<(IReadOnlyList<SaveOutcome> Outcomes, bool HasEffect)> DecideAsync(
        PeerWebContext db, Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, Delivery delivery, TimeRange horizon,
        Func<WriteBatch, IReadOnlyList<SaveOutcome>> write, CancellationToken cancellationToken)
    {
        var now = Now;
        var scoped = await ScopeFactsQuery.ResolveAsync(db, apps, actor, scope, app: null, [collection], cancellationToken);
        if (scoped.Find(collection) is not { } pair)
            return ([.. uids.Select(_ => new SaveOutcome.NotFound())], false);

        var batch = new WriteBatch(db, await TokenSeal.ReadAsync(db, tzdb, cancellationToken), pair.Row, pair.Scoped, delivery, horizon, now, tzdb);
        await batch.OpenAsync(uids, cancellationToken);
        var received = new ReceivedWrites(db, actor, delivery, now);
        if (await received.AnswerAgainAsync(uids, batch.CurrentOf, cancellationToken) is { } before)
            return (before, false);

        var outcomes = write(batch);
        if (!await received.KeepAsync(outcomes, cancellationToken))
            return (outcomes, false);
        await batch.CloseAsync(cancellationToken);
        return (outcomes, true);
    }

    private static (IndexedEntry? Indexed, SaveOutcome? Invalid) Parse(IApp app, EntryWrite write, TimeRange horizon)
    {
        try
        {
            var indexed = app.Index(write.Text, horizon);
            return indexed.Uid == write.Uid
                ? (indexed, null)
                : (null, new SaveOutcome.Invalid("The UID of the text is not the one it is saved under.", Line: null));
        }
        catch (InvalidEntryException exception)
        {
            return (null, new SaveOutcome.Invalid(exception.Message, exception.Line));
        }
    }

    private async Task<IApp?> AppOfAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        if (_apps.TryGetValue(collection, out var known))
            return known;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await AppOfCollection.For(db)(db, collection.ToString(), cancellationToken) is not { } name)
            return null;
        if (_apps.Count >= MostKnown)
            _apps.Clear();
        return _apps.GetOrAdd(collection, apps.Get(AppId.Parse(name)));
    }
}
