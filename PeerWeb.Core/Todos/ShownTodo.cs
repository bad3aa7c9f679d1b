using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>A todo, or one instance of a repeating one, as lists, trees and boards deal with it, local or remote alike.</summary>
/// <param name="Owner">Whose list it is in.</param>
/// <param name="RecurrenceId">Which instance: the one that was asked for, else of a repeating todo the first that is open. Null where it does not repeat.</param>
/// <param name="Start">Of that instance.</param>
/// <param name="Due">Of that instance; a date means all of that day.</param>
public sealed record ShownTodo(
    Address Owner, CollectionId Collection, Uid Uid, ETag ETag, string? RecurrenceId, string Title, TodoProgress Progress, EntryTime? Start, EntryTime? Due, TodoDetail Detail)
{
    public bool IsOpen => Progress.IsOpen;

    public Uid? Parent => Uid.TryParse(Detail.Parent, out var parent) ? parent : null;

    public IReadOnlyList<string> Tags => Detail.Tags ?? [];

    /// <param name="summary">Of a list, or of a range; what a peer wrote into its detail may be anything.</param>
    public static ShownTodo Of(Address owner, EntrySummary summary)
    {
        var detail = TodoDetail.Parse(summary.Detail);
        var progress = new TodoProgress(detail.Status, detail.Percent);
        var (id, times) = (summary.RecurrenceId, detail.Times);
        if (id is not null && summary is { Start: { } start, End: { } end })
            times = times.At(start, end);
        else if (detail.IsRecurring)
            (id, times, progress) = detail.Next is { } next ? (next.RecurrenceId, next.Times, progress) : (null, times, progress.IsOpen ? progress.With(TodoStatus.Completed) : progress);
        return new ShownTodo(owner, summary.Collection, summary.Uid, summary.ETag, id, summary.Title, progress, times.Start, times.Due, detail);
    }

    /// <summary>When a viewer has to have it done: the end of a day, or a time; null where it is not due.</summary>
    public Instant? Deadline(DateTimeZone viewer) => Due switch
    {
        null => null,
        { IsDate: true, Local: var day } => viewer.AtStartOfDay(day.Date.PlusDays(1)).ToInstant(),
        { } time => time.InstantFor(viewer),
    };
}
