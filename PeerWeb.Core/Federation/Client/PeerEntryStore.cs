using System.Net;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Refit;

namespace PeerWeb.Core.Federation.Client;

/// <summary>A peer's entries, live, as one user of ours. Its owner's guard decided what is in every answer; nothing here widens or narrows it.</summary>
/// <remarks>A peer may send anything: what cannot be read is left out and counted, what was not asked for is dropped.</remarks>
/// <param name="deadline">For each attempt of a call that reads, from connecting to the last byte.</param>
public sealed partial class PeerEntryStore(IPeerApi api, ActorField actor, TimeSpan deadline) : IEntryStore
{
    /// <summary>Pages of one query that are followed; more is a peer that never ends.</summary>
    private const int MaxPages = 50;

    private const int MaxCollections = 1000;

    /// <summary>Entries to read, from which on a listing is the shorter way.</summary>
    private const int ListingPays = 20;

    /// <exception cref="PeerUnavailableException">No answer that counts.</exception>
    /// <exception cref="PeerRefusedException">A signed refusal.</exception>
    public async Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(() => api.ListCollectionsAsync(app.Value, actor, deadline, cancellationToken));
        return [.. ContentOf(answer).Collections.Take(MaxCollections).Select(WireMap.FromWire).OfType<Collection>().Where(collection => collection.App == app)];
    }

    /// <inheritdoc cref="IEntrySource.QueryAsync"/>
    /// <remarks>Follows the peer's pages until the query's limit.</remarks>
    public async Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken)
    {
        var asked = query.Collections?.ToHashSet();
        var slices = new Dictionary<CollectionId, Slice>();
        var entries = new List<EntrySummary>();
        var unreadable = 0;
        var cursor = query.Cursor;
        var left = query.Limit;
        var asking = PageAsync(query, cancellationToken);
        for (var page = 1; asking is not null; page++)
        {
            using var answer = await asking;
            var content = ContentOf(answer);
            cursor = content.Next is { } next ? WireMap.FromWire(next) : null;
            var limit = left;
            left -= content.Entries.Count;
            // The next page is on its way while this one is read.
            asking = cursor is not null && left > 0 && page < MaxPages ? PageAsync(query with { Cursor = cursor, Limit = left }, cancellationToken) : null;
            var ofPage = content.Slices.Select(WireMap.FromWire).Select(slice => slice is not null && asked?.Contains(slice.Collection) != false ? slice : null).ToList();
            foreach (var slice in ofPage.OfType<Slice>())
                slices[slice.Collection] = slice;
            foreach (var element in content.Entries.Take(limit))
            {
                if (WireMap.FromWire(element, ofPage) is { } summary)
                    entries.Add(summary);
                else
                    unreadable++;
            }
        }
        return new QueryAnswer([.. slices.Values], entries, cursor) { UnreadableCount = unreadable };
    }

    private Task<IApiResponse<WirePage>> PageAsync(EntryQuery query, CancellationToken cancellationToken) =>
        CallAsync(() => api.QueryAsync(WireMap.ToWire(query), actor, deadline, cancellationToken));

    public async Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(() => api.ReadAsync(collection.ToString(), uid.ToPathSegment(), actor, deadline, cancellationToken), HttpStatusCode.NotFound);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        var content = ContentOf(answer);
        return content.Uid == uid.Value && ETagOf(answer) is { } etag
            ? new Entry(collection, uid, etag, content.Text)
            : throw new PeerUnavailableException(UnavailableReason.InvalidAnswer, "The peer sent another entry than the one asked for, or no version of it.");
    }

    /// <inheritdoc/>
    /// <remarks>One call for each that is there. Of many, what is there is asked first: a call for what is not costs as much.</remarks>
    public async Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uids.Count, EntryQuery.MaxLimit);
        var wanted = uids.Count > ListingPays ? await ListedAsync(collection, uids, cancellationToken) : uids;
        var found = new List<Entry>();
        foreach (var uid in wanted)
        {
            if (await ReadAsync(collection, uid, cancellationToken) is { } entry)
                found.Add(entry);
        }
        return found;
    }

    private async Task<IReadOnlyList<Uid>> ListedAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        var asked = uids.ToHashSet();
        var there = new HashSet<Uid>();
        SyncToken? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            if (await ChangesAsync(collection, token, EntryQuery.MaxLimit, cancellationToken) is not ChangesAnswer.Page changes)
                return [];
            foreach (var change in changes.Changes.Where(change => asked.Contains(change.Uid)))
            {
                if (change.ETag is null)
                    there.Remove(change.Uid);
                else
                    there.Add(change.Uid);
            }
            if (!changes.HasMore)
                return [.. there];
            token = changes.Token;
        }
        return uids;
    }

    public async Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(
            () => api.ChangesAsync(collection.ToString(), since?.Value, limit, actor, deadline, cancellationToken), HttpStatusCode.NotFound, HttpStatusCode.Gone);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return new ChangesAnswer.NotFound();
        if (answer.StatusCode == HttpStatusCode.Gone)
            return new ChangesAnswer.TokenGone();
        var content = ContentOf(answer);
        var changes = content.Changes.Select(ChangeOf).ToList();
        return SyncToken.TryParse(content.Token, out var token) && changes.TrueForAll(change => change is not null)
            ? new ChangesAnswer.Page([.. changes.OfType<Change>()], token, content.HasMore)
            : throw new PeerUnavailableException(UnavailableReason.InvalidAnswer, "The peer sent changes that cannot be read.");
    }

    private static Change? ChangeOf(WireChange wire)
    {
        if (!Uid.TryParse(wire.Uid, out var uid))
            return null;
        if (wire.ETag is null)
            return new Change(uid, ETag: null);
        return ETag.TryParse(wire.ETag, out var etag) ? new Change(uid, etag) : null;
    }

    private static ETag? ETagOf(IApiResponse answer) =>
        answer.Headers?.TryGetValues(PeerHeaders.ETag, out var values) == true && values.ToList() is [var header] && ETag.TryParseHeader(header, out var etag)
            ? etag
            : null;

    private static async Task<T> CallAsync<T>(Func<Task<T>> call, params HttpStatusCode[] expected)
        where T : IApiResponse
    {
        var answer = await call();
        if (answer.IsSuccessStatusCode || expected.Contains(answer.StatusCode ?? 0))
            return answer;
        using (answer)
        {
            if (PeerUnavailableException.In(answer.Error) is { } unavailable)
                throw unavailable;
            if (answer.Error is { } failure && answer.StatusCode is null)
                throw failure.InnerException as OperationCanceledException ?? (Exception)failure;
            var refusal = RefusalIn(answer);
            throw refusal.Slug == PeerProblems.InvalidQuery ? new InvalidQueryException(refusal.Message) : refusal;
        }
    }

    private static PeerRefusedException RefusalIn(IApiResponse answer)
    {
        var refusal = PeerRefusedException.From(answer.StatusCode ?? 0, (answer.Error as ApiException)?.Content);
        var earlier = answer.RequestMessage?.Options.TryGetValue(PeerRequestOptions.EarlierMayHaveArrived, out _) == true;
        return new PeerRefusedException(refusal.Status, refusal.Slug, refusal.Message) { MayHaveHappened = refusal.MayHaveHappened || earlier };
    }

    private static T ContentOf<T>(IApiResponse<T> answer) =>
        answer.Error is null && answer.Content is { } content
            ? content
            : throw new PeerUnavailableException(UnavailableReason.InvalidAnswer, "The peer sent an answer that cannot be read.", answer.Error);
}
