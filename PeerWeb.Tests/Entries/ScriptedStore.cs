using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Entries;

/// <summary>One collection in the order in which it was written, that fails when the test says so.</summary>
internal sealed class ScriptedStore : IEntryStore
{
    public static readonly CollectionId Only = new(new Guid(7, 0, 0, new byte[8]));

    private readonly List<(Uid Uid, string? Text)> _log = [];
    private readonly Dictionary<int, Exception> _failures = [];
    private (Exception Failure, int Times)? _failing;

    /// <summary>Calls of any kind.</summary>
    public int Calls { get; private set; }

    /// <summary>How many entries each reading call asked for.</summary>
    public List<int> Portions { get; } = [];

    /// <summary>Entries of a page of changes.</summary>
    public int PageSize { get; set; } = EntryQuery.MaxLimit;

    /// <summary>Told after each page of a query or of changes was made.</summary>
    public Action? Paged { get; set; }

    /// <summary>Answers in place of the next changes.</summary>
    public Queue<ChangesAnswer> Instead { get; } = [];

    public void Put(Uid uid, string text) => _log.Add((uid, text));

    public void Remove(Uid uid) => _log.Add((uid, null));

    public void Fails(Exception failure, int times) => _failing = (failure, times);

    /// <param name="call">From 1.</param>
    public void FailsAt(int call, Exception failure) => _failures[call] = failure;

    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) => Answer<IReadOnlyList<Collection>>(() => []);

    public Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) => Answer(() => Find(uid));

    public Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        Portions.Add(uids.Count);
        return Answer<IReadOnlyList<Entry>>(() => [.. uids.Select(Find).OfType<Entry>()]);
    }

    public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) => Answer(() =>
    {
        if (Instead.TryDequeue(out var instead))
            return instead;
        var from = since is { } token ? int.Parse(token.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var rows = _log.Skip(from).Take(Math.Min(limit, PageSize)).ToList();
        var page = new ChangesAnswer.Page(
            [.. rows.Select(row => row.Uid).Distinct().Select(uid => new Change(uid, Find(uid)?.ETag))],
            SyncToken.Parse((from + rows.Count).ToString(System.Globalization.CultureInfo.InvariantCulture)), from + rows.Count < _log.Count);
        Paged?.Invoke();
        return (ChangesAnswer)page;
    });

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Entry? Find(Uid uid) => _log.FindLastIndex(row => row.Uid == uid) is >= 0 and var at && _log[at].Text is { } text
        ? new Entry(Only, uid, ETag.Parse($"1.{at + 1}"), text)
        : null;

    private Task<T> Answer<T>(Func<T> answer)
    {
        Calls++;
        if (_failures.Remove(Calls, out var once))
            return Task.FromException<T>(once);
        if (_failing is { Times: > 0 } failing)
        {
            _failing = failing with { Times = failing.Times - 1 };
            return Task.FromException<T>(failing.Failure);
        }
        return Task.FromResult(answer());
    }
}
