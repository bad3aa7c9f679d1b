using System.Diagnostics;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Tests.Federation.Merge;

/// <summary>One installation's collection, in memory; the test decides when it answers and what it lies about.</summary>
internal sealed class HandMadeStore(UserName owner) : IEntryStore, IScopedEntryStore
{
    private readonly List<EntrySummary> _entries = [];
    private int _number;

    public CollectionId Id { get; } = CollectionId.New();

    public UserName Owner => owner;

    public IReadOnlyList<EntrySummary> Entries => _entries;

    /// <summary>Queries so far.</summary>
    public List<EntryQuery> Asked { get; } = [];

    /// <summary>Before each answer: waits, or throws.</summary>
    public Func<EntryQuery, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public Func<EntryQuery, QueryAnswer, QueryAnswer> Lie { get; set; } = (_, answer) => answer;

    private static SyncToken Token => SyncToken.Parse("1.1");

    public HandMadeStore Add(params IEnumerable<string> titles)
    {
        foreach (var title in titles)
            _entries.Add(new EntrySummary(Id, Uid.Parse($"u{++_number}"), ETag.Parse("1.1"), RecurrenceId: null, title, Start: null, End: null, IsPrivate: false, "{}"));
        return this;
    }

    public HandMadeStore Add(string title, EntryTime start)
    {
        _entries.Add(new EntrySummary(Id, Uid.Parse($"u{++_number}"), ETag.Parse("1.1"), RecurrenceId: null, title, start, start, IsPrivate: false, "{}"));
        return this;
    }

    public void Remove(string title) => _entries.RemoveAll(entry => entry.Title == title);

    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Collection>>([new Collection(Id, app, owner, owner.Value, Color: null, Rights.Read, GrantVersion.Parse("1"), Token)]);

    public async Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add(query);
        await Before(query, cancellationToken);
        var order = QueryOrder.OfList(query.Sort);
        var isAfter = query.Cursor is { } cursor ? order.After(cursor) : _ => true;
        var rest = _entries.Where(entry => query.Collections?.Contains(Id) != false && (query.Text is null || Folding.Fold(entry.Title).Contains(Folding.Fold(query.Text), StringComparison.Ordinal)))
            .Select(entry => order.Place(entry)).Where(placed => isAfter(placed)).Order(order).ToList();
        var page = rest.Take(query.Limit).ToList();
        return Lie(query, new QueryAnswer(
            [new Slice(Id, SliceState.Current, Token)], [.. page.Select(placed => placed.Summary)], rest.Count > page.Count ? order.CursorAfter(page[^1]) : null));
    }

    Task<IReadOnlyList<Collection>> IScopedEntryStore.ListCollectionsAsync(Actor actor, ScopeMaker scope, AppId app, CancellationToken cancellationToken) =>
        ListCollectionsAsync(app, cancellationToken);

    Task<QueryAnswer> IScopedEntryStore.QueryAsync(Actor actor, ScopeMaker scope, EntryQuery query, CancellationToken cancellationToken) => QueryAsync(query, cancellationToken);

    Task<Entry?> IScopedEntryStore.ReadAsync(Actor actor, ScopeMaker scope, CollectionId collection, Uid uid, CancellationToken cancellationToken) => throw new UnreachableException();

    Task<IReadOnlyList<Entry>> IScopedEntryStore.ReadAsync(Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) =>
        throw new UnreachableException();

    Task<ChangesAnswer> IScopedEntryStore.ChangesAsync(Actor actor, ScopeMaker scope, CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        throw new UnreachableException();

    Task<IReadOnlyList<SaveOutcome>> IScopedEntryStore.SaveAsync(
        Actor actor, ScopeMaker scope, IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) => throw new UnreachableException();

    Task<SaveOutcome> IScopedEntryStore.DeleteAsync(Actor actor, ScopeMaker scope, EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        throw new UnreachableException();

    public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) => throw new UnreachableException();

    public Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) => throw new UnreachableException();

    public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) => throw new UnreachableException();

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) => throw new UnreachableException();

    public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) => throw new UnreachableException();
}
