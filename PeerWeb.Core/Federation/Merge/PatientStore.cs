using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>A peer's store for work on many entries: where a minute's budget is spent it waits for more, and what fails says so in a sentence.</summary>
/// <remarks>A write that waited is repeated as the same delivery, so it has one effect.</remarks>
internal sealed class PatientStore(IEntryStore inner, TimeProvider time) : IEntryStore
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>Waits for one call; a budget is full again after a minute.</summary>
    private const int MostWaits = 40;

    /// <summary>Entries of one reading call: a call to the peer for each, which what comes in during one wait pays for. More would begin anew after each wait and never end.</summary>
    private const int Portion = 20;

    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) =>
        AskAsync(() => inner.ListCollectionsAsync(app, cancellationToken), cancellationToken);

    public Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken) =>
        AskAsync(() => inner.QueryAsync(query, cancellationToken), cancellationToken);

    public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) =>
        AskAsync(() => inner.ReadAsync(collection, uid, cancellationToken), cancellationToken);

    /// <remarks>In small portions: one that has to wait is asked for anew.</remarks>
    public async Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        var found = new List<Entry>(uids.Count);
        foreach (var portion in uids.Chunk(Portion))
            found.AddRange(await AskAsync(() => inner.ReadAsync(collection, portion, cancellationToken), cancellationToken));
        return found;
    }

    public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        AskAsync(() => inner.ChangesAsync(collection, since, limit, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
        AskAsync(() => inner.SaveAsync(writes, delivery, cancellationToken), cancellationToken);

    public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        AskAsync(() => inner.DeleteAsync(removal, delivery, cancellationToken), cancellationToken);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var waits = 0; ; waits++)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (waits < MostWaits && IsBudget(exception))
            {
                await Task.Delay(Wait, time, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new SourceUnavailableException(PeerFailure.ReasonOf(exception), exception);
            }
        }
    }

    private static bool IsBudget(Exception exception) =>
        exception is PeerUnavailableException { Reason: UnavailableReason.BudgetSpent } or PeerRefusedException { Slug: PeerProblems.TooManyRequests };
}
