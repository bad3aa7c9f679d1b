using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;

namespace PeerWeb.Features.Calendars.Edit;

public sealed partial class EntrySession
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
                : Stay(new EntryNotice("Nothing was saved yet: somebody else has changed this event."));
        }
        return result;
    }

    public Task<EntryResult> ResolveAsync(EntryConflict conflict, ConflictChoice choice, CancellationToken cancellationToken)
    {
        var (mine, theirs) = (conflict.Mine, conflict.Theirs);
        _replaced = theirs.Text;
        switch (choice)
        {
            case ConflictChoice.Theirs:
                return DoneAsync("What was there is kept.", null, cancellationToken);
            case ConflictChoice.Both when conflict.BothInto is { } into:
                return SendNewAsync(AsNew(into.Id), cancellationToken);
            case ConflictChoice.Merged when conflict.Merged is { } merged:
                return SendNewAsync(PlannedWrite.Save(mine.Source, mine.Uid, merged, theirs.ETag), cancellationToken);
            case ConflictChoice.Mine when mine.Text is { } text:
                return SendNewAsync(PlannedWrite.Save(mine.Source, mine.Uid, text, theirs.ETag), cancellationToken);
            default:
                throw new InvalidOperationException($"There is no {choice} for this conflict.");
        }
    }

    private Task<EntryResult> SendNewAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        Plan(write);
        return SendAsync(write, cancellationToken);
    }

    private async Task<EntryResult> StaleAsync(PlannedWrite write, Entry? current, CancellationToken cancellationToken)
    {
        if (current is null)
        {
            // Not there, or an answer that may not carry it: the owner tells which.
            if (await _calls.Read(new InstanceRef(write.Source, write.Uid, null), cancellationToken) is not EventAnswer.Found found)
                return Gone();
            current = new Entry(write.Source.Collection, write.Uid, found.ETag, found.Text);
        }
        var mine = write.Text ?? throw new InvalidOperationException("A deletion has no text to compare.");
        var differences = EventDifference.Of(mine, current.Text);
        if (differences.Count == 0)
            return await DoneAsync("Saved.", null, cancellationToken);
        // The answer to an earlier try was lost, and it has been saved: what was typed since goes on top of it.
        if (_unanswered is { } text && EventDifference.Of(text, current.Text).Count == 0)
            return await SendNewAsync(PlannedWrite.Save(write.Source, write.Uid, mine, current.ETag), cancellationToken);
        var merged = Base is { } start ? EventMerge.Of(start.Text, mine, current.Text).Text : null;
        return new EntryResult.Stale(new EntryConflict(
            write, current, differences, merged, merged is null ? null : MergedWords(Base!.Text, mine, current.Text),
            Scene.Find(write.Source) is { } source && EntryAllowance.MayAdd(source) ? source : Scene.Own));
    }

    /// <summary>"Your title and place, their time."</summary>
    private static string MergedWords(string start, string mine, string theirs) => $"Your {Changed(start, mine)}, their {Changed(start, theirs)}.";

    private static string Changed(string before, string after)
    {
        var labels = EventDifference.Of(before, after)
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
