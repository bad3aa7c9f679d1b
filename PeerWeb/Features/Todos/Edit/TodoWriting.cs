using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>Changes a todo at its owner without a dialog. What the change does not touch stays as it is there, whatever the view knew.</summary>
public sealed class TodoWriting(EntryCalls<TodoForm> calls)
{
    /// <summary>How often somebody else may be faster.</summary>
    private const int MostTries = 3;

    /// <param name="change">From the text as it is to the text as it is to be; asked again where somebody has changed it meanwhile.</param>
    /// <param name="told">What to say where it is done.</param>
    /// <exception cref="InvalidEntryException">The text cannot be changed so.</exception>
    public async Task<EntryResult.Done> ChangeAsync(TodoKey key, Func<string, string> change, string told, EntryScene scene, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            switch (await calls.Read(key.Source, key.Uid, cancellationToken))
            {
                case EntryAnswer.Found { Entry: var entry }:
                    if (await WriteAsync(key, entry, change, told, scene, isLast: tries == MostTries, cancellationToken) is { } done)
                        return done;
                    break;
                case EntryAnswer.Unavailable unavailable:
                    return new EntryResult.Done($"Nothing was changed: its owner cannot be asked. {unavailable.Reason}");
                default:
                    return new EntryResult.Done("Nothing was changed: this todo is not there any more, or is no longer shared with you.");
            }
        }
    }

    /// <summary>Null where somebody else was faster.</summary>
    private async Task<EntryResult.Done?> WriteAsync(
        TodoKey key, Entry entry, Func<string, string> change, string told, EntryScene scene, bool isLast, CancellationToken cancellationToken)
    {
        var text = await calls.Aside(() => change(entry.Text), cancellationToken);
        if (text == entry.Text)
            return new EntryResult.Done("It was so already.");
        var source = scene.Find(key.Source);
        return await calls.Write(PlannedWrite.Save(key.Source, key.Uid, text, entry.ETag), cancellationToken) switch
        {
            WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved } => new EntryResult.Done(told, [PlannedWrite.Save(key.Source, key.Uid, entry.Text, saved.ETag)]),
            WriteAnswer.Decided { Outcome: SaveOutcome.Stale } when !isLast => null,
            WriteAnswer.Decided { Outcome: SaveOutcome.Stale } => new EntryResult.Done("Nothing was changed: somebody else is changing this todo right now. Try again."),
            WriteAnswer.Decided { Outcome: SaveOutcome.Forbidden forbidden } => new EntryResult.Done(SaveWords.Forbidden(TodoKind.Nouns, source, forbidden.Missing)),
            WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } => new EntryResult.Done("Nothing was changed: this todo is not there any more, or is no longer shared with you."),
            WriteAnswer.Decided { Outcome: SaveOutcome.Invalid invalid } => new EntryResult.Done($"It cannot be saved like this: {invalid.Reason}"),
            WriteAnswer.Unavailable unavailable => new EntryResult.Done(SaveWords.Unavailable(source, unavailable)),
            WriteAnswer.Decided { Outcome: var other } => new EntryResult.Done(SaveWords.Unexpected(other)),
            var answer => throw new InvalidOperationException($"There is no answer {answer}."),
        };
    }
}
