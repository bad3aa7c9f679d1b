using Microsoft.AspNetCore.Http.HttpResults;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.PeerApi.Methods;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi.Entries;

/// <summary>What a linked peer may ask about entries, as one of its users; every answer comes from the guard. What it may write is in <see cref="PeerEntryWrites"/>.</summary>
public static class PeerEntryEndpoints
{
    public static RouteGroupBuilder MapPeerEntries(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/peer/v1").RequireAuthorization(PeerPolicies.Active);
        group.MapGet("/collections", ListAsync).WithSummary("What the acting user may see");
        group.MapPost("/query", QueryAsync).Takes<WireQuery>().Produces<WirePage>().WithSummary("One page of several collections");
        group.MapGet("/collections/{collection}/entries/{uid}", ReadAsync).Carries([], PeerHeaders.ETag).WithSummary("One entry whole");
        group.MapGet("/collections/{collection}/changes", ChangesAsync).WithSummary("What changed since a token");
        PeerEntryWrites.Map(group);
        return group;
    }

    private static async Task<PeerAnswer<WireCollections>> ListAsync(
        string? app, PeerActor actor, AppRegistry apps, GuardedEntryStores stores, CancellationToken cancellationToken)
    {
        var store = stores.For(actor.Value);
        var wanted = app is null ? apps.All.Select(known => known.Id) : apps.All.Select(known => known.Id).Where(id => id.Value == app);
        var collections = new List<Collection>();
        foreach (var id in wanted)
            collections.AddRange(await store.ListCollectionsAsync(id, cancellationToken));
        return Answer(new WireCollections([.. collections.Select(WireMap.ToWire)]));
    }

    private static async Task QueryAsync(
        PeerActor actor, HttpContext context, AppRegistry apps, GuardedEntryStores stores, CancellationToken cancellationToken)
    {
        var query = WireMap.FromWire(PeerBody.Read<WireQuery>(context));
        if (apps.Find(query.App) is null)
            throw new InvalidQueryException($"The app {query.App} is not one of this installation.");
        using var page = new RentedBuffer();
        await new PageSizing(stores.For(actor.Value)).QueryAsync(query, page, cancellationToken);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(page.Written, cancellationToken);
    }

    private static async Task<Results<PeerAnswer<WireEntry>, PeerProblem>> ReadAsync(
        string collection, string uid, PeerActor actor, GuardedEntryStores stores, HttpResponse response, CancellationToken cancellationToken)
    {
        if (!CollectionId.TryParse(collection, out var id) || !Uid.TryParsePathSegment(uid, out var entryUid)
            || await stores.For(actor.Value).ReadAsync(id, entryUid, cancellationToken) is not { } entry)
            return PeerProblem.NotFound;
        response.Headers.ETag = entry.ETag.ToHeader();
        return Answer(new WireEntry(entry.Collection.ToString(), entry.Uid.Value, entry.Text));
    }

    private static async Task<Results<PeerAnswer<WireChanges>, PeerProblem>> ChangesAsync(
        string collection, string? since, int? limit, PeerActor actor, GuardedEntryStores stores, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > EntryQuery.MaxLimit)
            throw new InvalidQueryException($"The limit is 1 to {EntryQuery.MaxLimit}.");
        if (!CollectionId.TryParse(collection, out var id))
            return PeerProblem.NotFound;
        SyncToken? token = null;
        if (since is not null)
        {
            if (!SyncToken.TryParse(since, out var parsed))
                return PeerProblem.TokenGone;
            token = parsed;
        }
        return await stores.For(actor.Value).ChangesAsync(id, token, limit ?? 1000, cancellationToken) switch
        {
            ChangesAnswer.Page page => Answer(new WireChanges(
                [.. page.Changes.Select(change => new WireChange(change.Uid.Value, change.ETag?.Value))], page.Token.Value, page.HasMore)),
            ChangesAnswer.TokenGone => PeerProblem.TokenGone,
            _ => PeerProblem.NotFound,
        };
    }

    private static PeerAnswer<T> Answer<T>(T value) => new(value);
}
