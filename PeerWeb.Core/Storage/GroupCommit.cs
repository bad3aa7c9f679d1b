using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Storage;

/// <summary>Who comes while another writes shares the next transaction, and the one wait for the disk that it costs. Nobody is answered before that commit.</summary>
/// <remarks>
/// A disk takes as long for ten writes as for one, and writers of one process wait for each other anyway (ADR 23). The first of those who wait leads: it takes the lock,
/// then runs all who are there by then, in the order in which they came. Each decides and writes by what those before it left.
/// </remarks>
public sealed class GroupCommit(IDbContextFactory<PeerWebContext> contexts)
{
    /// <summary>Entries in one transaction, unless one writer alone brings more: who saves one does not wait for an import that came later.</summary>
    private const int Most = 64;

    /// <summary>As long as whoever leads waits for the database's lock, and once more for one's own turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();

    // Whoever leads is the first of them until it has the lock.
    private readonly List<Writer> _waiting = [];
    private bool _isLed;

    /// <summary>Runs <paramref name="write"/> in a transaction that has the write lock, and commits.</summary>
    /// <param name="entries">How many it writes, more or less.</param>
    /// <param name="write">Runs again, alone, where the failure of one has undone what the others wrote; so it changes nothing but the database.</param>
    /// <param name="cancellationToken">Counts until the write begins: what shares a commit is not taken back.</param>
    /// <exception cref="StoreUnavailableException">It was not its turn in time.</exception>
    internal async Task<T> WriteAsync<T>(int entries, Func<PeerWebContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var writer = new Writer<T>(entries, write);
        if (Join(writer) || await IsToLeadAsync(writer, cancellationToken))
            await LeadAsync(writer, cancellationToken);
        return await writer.AnswerAsync();
    }

    private bool Join(Writer writer)
    {
        lock (_gate)
        {
            _waiting.Add(writer);
            var leads = !_isLed;
            _isLed = true;
            return leads;
        }
    }

    /// <returns>False where it has been written, or told why not.</returns>
    private async Task<bool> IsToLeadAsync(Writer writer, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.Called.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception tired) when (tired is OperationCanceledException or TimeoutException)
        {
            if (!Leave(writer))
                return await writer.Called;
            if (tired is TimeoutException)
                throw new StoreUnavailableException(StoreFault.Busy, tired);
            throw;
        }
    }

    /// <returns>False where its turn has come meanwhile.</returns>
    private bool Leave(Writer writer)
    {
        lock (_gate)
            return !writer.Called.IsCompleted && _waiting.Remove(writer);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it is told to those whose writes it ended.")]
    private async Task LeadAsync(Writer leader, CancellationToken cancellationToken)
    {
        var (group, hasBegun, failure) = (Waiting(), false, (Exception?)null);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            (group, hasBegun) = (Next(), true);
            foreach (var writer in group)
            {
                await writer.WriteAsync(db);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (OperationCanceledException canceled) when (!hasBegun && cancellationToken.IsCancellationRequested)
        {
            (group, failure) = ([leader], canceled);
        }
        catch (Exception caught)
        {
            failure = caught;
        }

        Remove(group);
        if (hasBegun && group.Count > 1 && failure is not null && MayBeOneWriters(failure))
            await WriteEachAloneAsync(group);
        else
            group.ForEach(writer => writer.End(failure));
        PassOn();
    }

    /// <summary>A database that is busy or broken is so for all. Where it is full there may be room for the smaller ones; anything else is about one write.</summary>
    private static bool MayBeOneWriters(Exception failure) => StoreFaults.In(failure)?.Fault is null or StoreFault.Full;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it is told to whose write it ended.")]
    private async Task WriteEachAloneAsync(List<Writer> group)
    {
        foreach (var writer in group)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
                await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
                await writer.WriteAsync(db);
                await transaction.CommitAsync(CancellationToken.None);
                writer.End(failure: null);
            }
            catch (Exception failure)
            {
                writer.End(failure);
            }
        }
    }

    private List<Writer> Waiting()
    {
        lock (_gate)
            return [.. _waiting];
    }

    /// <summary>Takes those who share the transaction that has just begun; from now on none of them leaves.</summary>
    private List<Writer> Next()
    {
        lock (_gate)
        {
            var (count, entries) = (1, _waiting[0].Entries);
            while (count < _waiting.Count && (entries += _waiting[count].Entries) <= Most)
                count++;
            var group = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            return group;
        }
    }

    private void Remove(List<Writer> group)
    {
        lock (_gate)
            _waiting.RemoveAll(group.Contains);
    }

    private void PassOn()
    {
        lock (_gate)
        {
            _isLed = _waiting.Count > 0;
            if (_isLed)
                _waiting[0].Lead();
        }
    }

    private abstract class Writer(int entries)
    {
        // Who waits goes on elsewhere, not in the middle of what the one who calls it does.
        private readonly TaskCompletionSource<bool> _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Entries { get; } = entries;

        /// <summary>Whether it is to lead; else it is over.</summary>
        public Task<bool> Called => _called.Task;

        protected Exception? Failure { get; private set; }

        public abstract Task WriteAsync(PeerWebContext db);

        public void Lead() => _called.TrySetResult(true);

        public void End(Exception? failure)
        {
            Failure = failure;
            _called.TrySetResult(false);
        }
    }

    private sealed class Writer<T>(int entries, Func<PeerWebContext, Task<T>> write) : Writer(entries)
    {
        private Task<T>? _written;

        public override Task WriteAsync(PeerWebContext db) => _written = write(db);

        public Task<T> AnswerAsync() => Failure is { } failure
            ? Task.FromException<T>(failure)
            : _written ?? throw new InvalidOperationException("It was neither written nor told why not.");
    }
}
