using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.PeerApi.Methods;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi.Entries;

/// <summary>What a linked peer may write, as one of its users: always on a condition, once for each Idempotency-Key, and as far as the guard lets it.</summary>
internal static class PeerEntryWrites
{
    private const string Path = "/collections/{collection}/entries/{uid}";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPut(Path, SaveAsync).Takes<WireEntry>().Produces<WireSaved>(StatusCodes.Status201Created)
            .Carries([PeerHeaders.IdempotencyKey, PeerHeaders.IfMatch + "?", PeerHeaders.IfNoneMatch + "?"], PeerHeaders.ETag).WithSummary("Save an entry, new or over a version");
        group.MapDelete(Path, DeleteAsync).Carries([PeerHeaders.IdempotencyKey, PeerHeaders.IfMatch]).WithSummary("Delete a version of an entry");
    }

    private static async Task<Results<PeerAnswer<WireSaved>, PeerProblem, RefusedWrite>> SaveAsync(
        string collection, string uid, PeerActor actor, GuardedEntryStores stores, HttpContext http, CancellationToken cancellationToken)
    {
        if (!WriteRequest.IsJson(http.Request))
            return PeerProblem.NotJson;
        var precondition = WriteRequest.PreconditionOf(http.Request);
        var key = WriteRequest.IdempotencyKeyOf(http.Request);
        var sent = PeerBody.Read<WireEntry>(http);
        if (!CollectionId.TryParse(collection, out var id) || !Uid.TryParsePathSegment(uid, out var entryUid))
            return PeerProblem.NotFound;
        if (sent.Collection != id.ToString() || sent.Uid != entryUid.Value)
            return new PeerProblem(StatusCodes.Status422UnprocessableEntity, PeerProblems.PathMismatch, "The body is of another entry than the path.");
        if (WireWrites.IsTooLarge(sent.Text))
            return new PeerProblem(StatusCodes.Status413PayloadTooLarge, PeerProblems.EntryTooLarge, TooLarge);

        var write = new EntryWrite(id, entryUid, sent.Text, precondition);
        var delivery = Delivery.Of(AddressOf(actor, http), write, key);
        var outcomes = await stores.For(actor.Value).SaveAsync([write], delivery, cancellationToken);
        if (outcomes.Single() is not SaveOutcome.Saved { ETag: var etag })
            return new RefusedWrite(outcomes.Single());
        http.Response.Headers.ETag = etag.ToHeader();
        return new PeerAnswer<WireSaved>(
            new WireSaved(id.ToString(), entryUid.Value), precondition is Precondition.Absent ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<Results<NoContent, PeerProblem, RefusedWrite>> DeleteAsync(
        string collection, string uid, PeerActor actor, GuardedEntryStores stores, HttpContext http, CancellationToken cancellationToken)
    {
        if (WriteRequest.PreconditionOf(http.Request) is not Precondition.Match { ETag: var etag })
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.PreconditionMalformed, "A deletion carries If-Match.");
        var key = WriteRequest.IdempotencyKeyOf(http.Request);
        if (!CollectionId.TryParse(collection, out var id) || !Uid.TryParsePathSegment(uid, out var entryUid))
            return PeerProblem.NotFound;

        var removal = new EntryRemoval(id, entryUid, etag);
        var delivery = Delivery.Of(AddressOf(actor, http), removal, key);
        var outcome = await stores.For(actor.Value).DeleteAsync(removal, delivery, cancellationToken);
        return outcome is SaveOutcome.Deleted ? TypedResults.NoContent() : new RefusedWrite(outcome);
    }

    private static string TooLarge => string.Create(CultureInfo.InvariantCulture, $"The entry is larger than {Entry.MaxBytes / 1024} KiB.");

    /// <summary>Who the change log says it was.</summary>
    private static string AddressOf(PeerActor actor, HttpContext http) =>
        actor.Value is Actor.Remote remote && http.Features.Get<PeerCaller>() is { } peer
            ? new Address(remote.Name, Domain.Parse(peer.Domain)).ToString()
            : throw new PeerCallException(StatusCodes.Status403Forbidden, PeerProblems.LinkNotActive, "The key belongs to no link.");

    /// <summary>A write that the owner decided against, as the problem that says why.</summary>
    private sealed record RefusedWrite(SaveOutcome Outcome) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var (status, problem) = WireWrites.ToWire(Outcome);
            return PeerProblemWriter.WriteAsync(httpContext, (int)status, problem, httpContext.RequestAborted);
        }
    }
}
