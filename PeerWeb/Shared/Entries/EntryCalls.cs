using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>What the dialog of one entry asks of the rest, as the signed-in user of the circuit.</summary>
/// <param name="Read">One entry whole, from its owner.</param>
/// <param name="Write">Saves or deletes at the owner. The same write with the same key has one effect, however often it is asked for.</param>
/// <param name="Drafts">The viewer's drafts, the newest first; those that cannot be read are left out.</param>
/// <param name="Keep">Keeps a draft under its id. False where there are too many.</param>
public sealed record EntryCalls<TForm>(
    EntryKind<TForm> Kind,
    Func<SourceId, Uid, CancellationToken, Task<EntryAnswer>> Read,
    Func<PlannedWrite, CancellationToken, Task<WriteAnswer>> Write,
    Func<CancellationToken, Task<IReadOnlyList<KeptDraft<TForm>>>> Drafts,
    Func<Guid, EntryDraft<TForm>, CancellationToken, Task<bool>> Keep,
    Func<Guid, CancellationToken, Task> Drop)
    where TForm : class, IEntryForm
{
    /// <summary>Does what takes a while beside the circuit's thread.</summary>
    public Func<Func<string>, CancellationToken, Task<string>> Aside { get; init; } = Task.Run;
}

/// <summary>A draft as it lies with the server.</summary>
public sealed record KeptDraft<TForm>(Guid Id, EntryDraft<TForm> Draft, Instant Changed)
    where TForm : class, IEntryForm;
