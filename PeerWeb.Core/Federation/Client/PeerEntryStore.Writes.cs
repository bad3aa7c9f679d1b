using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Refit;

namespace PeerWeb.Core.Federation.Client;

/// <remarks>This part: writes. What the owner decided is an outcome; what it did not decide is an exception, as with reads.</remarks>
public sealed partial class PeerEntryStore
{
    /// <summary>For each attempt of a write: longer than a view waits, because giving up leaves open whether it happened.</summary>
    public static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(10);

    private static readonly HttpStatusCode[] Refusals =
    [
        HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed, HttpStatusCode.RequestEntityTooLarge,
        HttpStatusCode.UnprocessableEntity,
    ];

    /// <inheritdoc cref="IEntryStore.SaveAsync"/>
    /// <remarks>One call after the other, each with a key of its own; where one gets no answer, those before it stay done, and a repeat of all finds them so.</remarks>
    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken)
    {
        var outcomes = new List<SaveOutcome>(writes.Count);
        foreach (var write in writes)
            outcomes.Add(await SaveAsync(write, writes.Count == 1 ? delivery.IdempotencyKey : KeyOf(delivery, write.Uid), cancellationToken));
        return outcomes;
    }

    public async Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(
            () => api.DeleteAsync(
                removal.Collection.ToString(), removal.Uid.ToPathSegment(), removal.ETag.ToHeader(), delivery.IdempotencyKey, actor, WriteDeadline, cancellationToken),
            Refusals);
        if (!answer.IsSuccessStatusCode)
            return RefusedWrite(answer, removal.Collection, removal.Uid);
        return answer.StatusCode == HttpStatusCode.NoContent
            ? new SaveOutcome.Deleted()
            : throw Unreadable("The peer's answer to a deletion is not what such an answer is.");
    }

    private async Task<SaveOutcome> SaveAsync(EntryWrite write, string key, CancellationToken cancellationToken)
    {
        var match = (write.Precondition as Precondition.Match)?.ETag.ToHeader();
        using var answer = await CallAsync(
            () => api.SaveAsync(
                write.Collection.ToString(), write.Uid.ToPathSegment(), new WireEntry(write.Collection.ToString(), write.Uid.Value, write.Text),
                match, match is null ? "*" : null, key, actor, WriteDeadline, cancellationToken),
            Refusals);
        if (!answer.IsSuccessStatusCode)
            return RefusedWrite(answer, write.Collection, write.Uid);
        var content = ContentOf(answer);
        return content.Collection == write.Collection.ToString() && content.Uid == write.Uid.Value && ETagOf(answer) is { } etag
            ? new SaveOutcome.Saved(etag)
            : throw Unreadable("The peer says that it saved another entry than the one sent, or names no version of it.");
    }

    private static SaveOutcome RefusedWrite(IApiResponse answer, CollectionId collection, Uid uid)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<WireRefusedWrite>((answer.Error as ApiException)?.Content ?? string.Empty, PeerJson.Answers);
            return problem is not null && WireWrites.FromWire(answer.StatusCode ?? 0, problem, collection, uid) is { } decided ? decided : throw RefusalIn(answer);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw Unreadable("The peer refused a write in a way that cannot be read.", broken);
        }
    }

    private static string KeyOf(Delivery delivery, Uid uid) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{delivery.IdempotencyKey} {uid}")));

    private static PeerUnavailableException Unreadable(string message, Exception? inner = null) => new(UnavailableReason.InvalidAnswer, message, inner);
}
