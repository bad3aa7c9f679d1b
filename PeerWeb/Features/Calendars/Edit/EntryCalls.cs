using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What the dialog asks of the rest, as the signed-in user of the circuit.</summary>
/// <param name="Read">One event, from its owner; the second argument names the instance, null for the event as such.</param>
/// <param name="Write">Saves or deletes at the owner. The same write with the same key has one effect, however often it is asked for.</param>
/// <param name="Drafts">The viewer's drafts, the newest first; those that cannot be read are left out.</param>
/// <param name="Keep">Keeps a draft under its id. False where there are too many.</param>
public sealed record EntryCalls(
    Func<InstanceRef, CancellationToken, Task<EventAnswer>> Read,
    Func<PlannedWrite, CancellationToken, Task<WriteAnswer>> Write,
    Func<CancellationToken, Task<IReadOnlyList<KeptDraft>>> Drafts,
    Func<Guid, EntryDraft, CancellationToken, Task<bool>> Keep,
    Func<Guid, CancellationToken, Task> Drop)
{
    /// <summary>Does what takes a while beside the circuit's thread.</summary>
    public Func<Func<string>, CancellationToken, Task<string>> Aside { get; init; } = Task.Run;
}

/// <summary>An event, or one instance of it.</summary>
/// <param name="RecurrenceId">Null for the event as such.</param>
public readonly record struct InstanceRef(SourceId Source, Uid Uid, string? RecurrenceId);

/// <summary>A draft as it lies with the server.</summary>
public sealed record KeptDraft(Guid Id, EntryDraft Draft, Instant Changed);
