using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Where the calendar writes: opens the dialog of an event, and moves events without one.</summary>
public sealed partial class EventDesk(CalendarQueries queries, IDialogService dialogs, TimeProvider time) : ComponentBase
{
    private EntryDesk<EventForm>? _desk;

    [Parameter, EditorRequired]
    public required IReadOnlyList<Installation> Installations { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Source> Sources { get; set; }

    /// <summary>Checked colours.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<SourceId, string> Colors { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    /// <summary>The zone whose times show beside; null for none.</summary>
    [Parameter]
    public DateTimeZone? Second { get; set; }

    /// <summary>Where a new event goes that nobody has given a time.</summary>
    [Parameter]
    public LocalDate Day { get; set; }

    /// <summary>Something was written: the view asks again.</summary>
    [Parameter]
    public EventCallback OnWritten { get; set; }

    private EntryScene Scene => new(EventKind.Nouns, Installations, Sources, Colors, Zone, time) { Second = Second };

    public Task OpenAsync(EventInstance instance) => OpenAsync(EventSession.Of(queries.Entries, Scene, instance));

    /// <param name="slot">Null: the next hour today, or the morning of another day that shows.</param>
    public Task NewAsync(NewSlot? slot) => OpenAsync(EventSession.New(queries.Entries, Scene, slot ?? NextSlot()));

    /// <summary>Moves one instance, with undo. Where it may not be or its owner does not answer, it stays where it is and the reason shows.</summary>
    public Task MoveAsync(EventMove move) => _desk is not { } desk ? Task.CompletedTask : desk.GuardAsync(async token =>
    {
        var session = EventSession.Of(queries.Entries, Scene, move.Instance);
        if (session.Allowance.NoSave is { } reason)
        {
            desk.Tell(new EntryResult.Done($"“{move.Instance.Title}” stays where it is. {reason}"));
            return;
        }
        await session.LoadAsync(token);
        session.Move(move);
        if (session is { IsRecurring: true, Base: not null } && !await AskScopeAsync(session))
            return;
        var result = await session.SettleAsync(session.SaveAsync, desk.DecideAsync, token);
        if (result is EntryResult.Done done)
            await desk.FinishAsync(done, token);
        else if (session.IsHalfDone)
            await desk.OpenAsync(session);
        else
            desk.Tell(new EntryResult.Done($"“{move.Instance.Title}” stays where it is. {session.Notice?.Text ?? session.WhyUnread}"));
    });

    /// <summary>Has an entry of another app done, or to do again, and tells what became of it.</summary>
    public Task CheckAsync(EventInstance instance, CheckEntry check, LayerAnswers answers) => _desk is not { } desk ? Task.CompletedTask : desk.GuardAsync(async token =>
    {
        var scene = Scene with { Installations = [.. answers.Installations.Values.Select(answer => answer.Installation)], Sources = [.. answers.Sources] };
        // Without undo: the checkbox is one.
        desk.Tell(new EntryResult.Done((await check(instance.Entry, instance.IsDone is false, scene, token)).Message));
    });

    private Task OpenAsync(EventSession session) => _desk?.OpenAsync(session) ?? Task.CompletedTask;

    private EventSession Resume(Guid id, EntryDraft<EventForm> draft, bool isKept) => EventSession.Of(queries.Entries, Scene, id, draft, isKept);

    private Task<IDialogReference> ShowAsync(EntrySession<EventForm> session, Func<EntryConflict, Task<ConflictChoice?>> decide)
    {
        var parameters = new DialogParameters<EventDialog>
        {
            { dialog => dialog.Session, (EventSession)session },
            { dialog => dialog.Decide, decide },
        };
        return dialogs.ShowAsync<EventDialog>(null, parameters, EntryDialogs.Options);
    }

    /// <summary>Which of a series are to move; false where none.</summary>
    private async Task<bool> AskScopeAsync(EventSession session)
    {
        var parameters = new DialogParameters<ScopeDialog> { { dialog => dialog.Session, session } };
        var shown = await dialogs.ShowAsync<ScopeDialog>(null, parameters, ScopeDialog.Options);
        return await shown.Result is { Canceled: false };
    }

    private NewSlot NextSlot()
    {
        var now = Scene.Now.InZone(Zone).LocalDateTime;
        var start = Day != now.Date && Day != default
            ? Day.At(new LocalTime(9, 0))
            : now.Date.At(new LocalTime(now.Hour, 0)).PlusHours(1);
        return new NewSlot(start, start.PlusHours(1), IsAllDay: false);
    }
}
