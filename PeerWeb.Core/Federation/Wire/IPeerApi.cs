using PeerWeb.Core.Federation.Signing;
using Refit;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>The calls of the peer API about entries, as a signed client makes them; <c>actor</c> is the user of ours who asks.</summary>
/// <remarks>The properties are those of <c>PeerRequestOptions</c>: the actor travels in the signed field, not in the path.</remarks>
public interface IPeerApi
{
    [Get("/peer/v1/collections")]
    Task<IApiResponse<WireCollections>> ListCollectionsAsync(
        string app, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline, CancellationToken cancellationToken);

    [Post("/peer/v1/query")]
    Task<IApiResponse<WirePage>> QueryAsync(
        [Body(buffered: true)] WireQuery query, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline, CancellationToken cancellationToken);

    [Get("/peer/v1/collections/{collection}/entries/{uid}")]
    Task<IApiResponse<WireEntry>> ReadAsync(
        string collection, string uid, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>Exactly one of the two preconditions is given, quoted as its field has it.</summary>
    [Put("/peer/v1/collections/{collection}/entries/{uid}")]
    Task<IApiResponse<WireSaved>> SaveAsync(
        string collection, string uid, [Body(buffered: true)] WireEntry entry, [Header(PeerHeaders.IfMatch)] string? ifMatch, [Header(PeerHeaders.IfNoneMatch)] string? ifNoneMatch,
        [Property("peerweb-idempotency-key")] string idempotencyKey, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline,
        CancellationToken cancellationToken);

    [Delete("/peer/v1/collections/{collection}/entries/{uid}")]
    Task<IApiResponse> DeleteAsync(
        string collection, string uid, [Header(PeerHeaders.IfMatch)] string ifMatch,
        [Property("peerweb-idempotency-key")] string idempotencyKey, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline,
        CancellationToken cancellationToken);

    [Get("/peer/v1/collections/{collection}/changes")]
    Task<IApiResponse<WireChanges>> ChangesAsync(
        string collection, string? since, int limit, [Property("peerweb-actor")] ActorField actor, [Property("peerweb-deadline")] TimeSpan deadline, CancellationToken cancellationToken);
}
