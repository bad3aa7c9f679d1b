using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Entries;

public abstract partial class EntrySession<TForm>
{
    /// <summary>Takes a step, and asks what to do as often as somebody else was faster.</summary>
    /// <param name="decide">Null: back to the form.</param>
    public async Task<EntryResult> SettleAsync(
        Func<CancellationToken, Task<EntryResult>> step, Func<EntryConflict, Task<ConflictChoice?>> decide, CancellationToken cancellationToken)
    {
        var result = await step(cancellationToken);
        while (result is EntryResult.Stale { Conflict: var conflict })
        {
            result = await decide(conflict) is { } choice
                ? await ResolveAsync(conflict, choice, cancellationToken)
                : Stay(new EntryNotice($"Nothing was saved yet: somebody else has changed this {Nouns.Entry}."));
        }
        return result;
    }

    public Task<EntryResult> ResolveAsync(EntryConflict conflict, ConflictChoice choice, CancellationToken cancellationToken)
    {
        _replaced = conflict.Theirs.Text;
        switch (choice)
        {
            case ConflictChoice.Theirs:
                return DoneAsync("What was there is kept.", [], cancellationToken);
            case ConflictChoice.Both when conflict.BothInto is { } into:
                return SendNewAsync(new PlannedEdit(AsNew(into.Id)), cancellationToken);
            case ConflictChoice.Merged when conflict.Merged is { } merged:
                return SendNewAsync(merged, cancellationToken);
            case ConflictChoice.Mine:
                // What could not be removed is what is wanted now.
                _leftBehind = null;
                return SendNewAsync(conflict.Mine, cancellationToken);
            default:
                throw new InvalidOperationException($"There is no {choice} for this conflict.");
        }
    }

    private Task<EntryResult> SendNewAsync(PlannedEdit edit, CancellationToken cancellationToken)
    {
        Plan(edit);
        return SendAsync(edit, cancellationToken);
    }

    private async Task<EntryResult> StaleAsync(PlannedEdit edit, Entry? current, CancellationToken cancellationToken)
    {
        var write = edit.Main;
        if (current is null)
        {
            // Not there, or an answer that may not carry it: the owner tells which.
            if (await Calls.Read(write.Source, write.Uid, cancellationToken) is not EntryAnswer.Found found)
                return await TakeAheadBackAsync(cancellationToken) ?? Gone();
            current = found.Entry;
        }
        if (write.Text is { } text)
        {
            if (Differences(text, current.Text).Count == 0)
                return await DoneAsync("Saved.", [], cancellationToken);
            // The answer to an earlier try was lost, and it has been saved: what was typed since goes on top of it.
            if (edit.Ahead is null && _unanswered is { } earlier && Differences(earlier, current.Text).Count == 0)
                return await SendNewAsync(new PlannedEdit(write.Anew(current.ETag)), cancellationToken);
        }
        return await TakeAheadBackAsync(cancellationToken) ?? Conflict(edit, current);
    }

    private EntryResult.Stale Conflict(PlannedEdit edit, Entry current)
    {
        var mine = Compared(edit);
        var merged = Base is { } start && Merge(start.Text, mine, current.Text).Text is { } text ? Merged(edit, text, current) : null;
        return new EntryResult.Stale(new EntryConflict(
            new PlannedEdit(edit.Main.Anew(current.ETag), _leftBehind is null ? edit.Ahead?.Anew(null) : null),
            current, Differences(mine, current.Text), merged, merged is null ? null : MergedWords(Base!.Text, mine, current.Text),
            Scene.Find(edit.Main.Source) is { } source && EntryAllowance.MayAdd(source) ? source : Scene.Own));
    }

    /// <summary>Mine as a text to hold against theirs.</summary>
    protected virtual string Compared(PlannedEdit edit) =>
        edit.Ahead?.Text ?? edit.Main.Text ?? throw new InvalidOperationException("A deletion has no text to compare.");

    protected abstract IReadOnlyList<EntryDifference> Differences(string left, string right);

    protected abstract EntryMerge Merge(string baseText, string mine, string theirs);

    /// <summary>Both sides' changes in one, as it is to be sent; null where theirs cannot be split any more.</summary>
    private PlannedEdit? Merged(PlannedEdit edit, string text, Entry current)
    {
        var main = edit.Main;
        if (edit.Ahead is not { } ahead || _leftBehind is not null)
            return main.Text is null ? null : new PlannedEdit(PlannedWrite.Save(main.Source, main.Uid, text, current.ETag));
        if (main.Text is null)
            return new PlannedEdit(main.Anew(current.ETag), PlannedWrite.Save(ahead.Source, ahead.Uid, text, null));
        try
        {
            return Compose(current.Text, current.ETag, main.Source);
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }

    /// <summary>"Your title and place, their time."</summary>
    private string MergedWords(string start, string mine, string theirs) => $"Your {Changed(start, mine)}, their {Changed(start, theirs)}.";

    private string Changed(string before, string after)
    {
        var labels = Differences(before, after)
            .Select(difference => difference.Label switch { "When" => "time", "Where" => "place", var label => label.ToLowerInvariant() })
            .Distinct().ToList();
        return labels.Count switch
        {
            0 => "version",
            1 => labels[0],
            <= 4 => $"{string.Join(", ", labels.SkipLast(1))} and {labels[^1]}",
            _ => $"{string.Join(", ", labels.Take(3))} and more",
        };
    }
}
