using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Where the calendar writes: opens the dialog, moves and undoes, and shows what lies unsent.</summary>
public sealed partial class EntryDesk(
    CalendarQueries queries, DraftBrowser browser, IDialogService dialogs, TimeProvider time, ILogger<EntryDesk> log) : ComponentBase, IAsyncDisposable
{
    /// <summary>How long a notice stays that nobody points at.</summary>
    public static readonly TimeSpan NoticeStays = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<BrowserDraft> _lost = [];
    private IReadOnlyList<KeptDraft> _kept = [];
    private ElementReference _root;
    private IJSObjectReference? _undoKey;
    private EntrySession? _open;
    private EntryResult.Done? _told;
    private ITimer? _forgetting;

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

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private EntryScene Scene => new(Installations, Sources, Colors, Zone, time) { Second = Second };

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_forgetting is not null)
            await _forgetting.DisposeAsync();
        await browser.StopAsync(_undoKey);
    }

    public Task OpenAsync(EventInstance instance) => OpenAsync(EntrySession.Of(queries.Entries, Scene, instance));

    /// <param name="slot">Null: the next hour today, or the morning of another day that shows.</param>
    public Task NewAsync(NewSlot? slot) => OpenAsync(EntrySession.New(queries.Entries, Scene, slot ?? NextSlot()));

    /// <summary>Moves one instance, with undo. Where it may not be or its owner does not answer, it stays where it is and the reason shows.</summary>
    public Task MoveAsync(EventMove move) => GuardAsync(async token =>
    {
        var session = EntrySession.Of(queries.Entries, Scene, move.Instance);
        if (session.Allowance.NoSave is { } reason)
        {
            Tell(new EntryResult.Done($"“{move.Instance.Title}” stays where it is. {reason}"));
            return;
        }
        await session.LoadAsync(token);
        session.Move(move);
        if (session is { IsRecurring: true, Base: not null } && !await AskScopeAsync(session))
            return;
        var result = await session.SettleAsync(session.SaveAsync, DecideAsync, token);
        if (result is EntryResult.Done done)
            await FinishAsync(done, token);
        else if (session.IsHalfDone)
            await OpenAsync(session);
        else
            Tell(new EntryResult.Done($"“{move.Instance.Title}” stays where it is. {session.Notice?.Text ?? session.WhyUnread}"));
    });

    protected override void OnParametersSet() => _open?.See(Scene);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await GuardAsync(async token =>
        {
            _undoKey = await browser.WatchUndoAsync(_root);
            _lost = await browser.KeptAsync(token);
            await ReadDraftsAsync(token);
        });
        StateHasChanged();
    }

    private Task OpenAsync(BrowserDraft lost) => GuardAsync(async token =>
    {
        // What the server keeps under the same name knows more than the browser: the text it was written against.
        var kept = _kept.FirstOrDefault(draft => draft.Id == lost.Id);
        var draft = kept is null ? lost.Draft : kept.Draft with { Form = lost.Draft.Form };
        _lost = [.. _lost.Where(other => other.Id != lost.Id)];
        await OpenAsync(EntrySession.Of(queries.Entries, Scene, lost.Id, draft, isKept: kept is not null));
    });

    private Task OpenAsync(KeptDraft kept) => GuardAsync(_ => OpenAsync(EntrySession.Of(queries.Entries, Scene, kept.Id, kept.Draft, isKept: true)));

    private async Task OpenAsync(EntrySession session)
    {
        _open = session;
        var parameters = new DialogParameters<EntryDialog>
        {
            { dialog => dialog.Session, session },
            { dialog => dialog.Decide, DecideAsync },
        };
        var shown = await dialogs.ShowAsync<EntryDialog>(null, parameters, EntryDialog.Options);
        var result = await shown.Result;
        _open = null;
        if (result?.Data is EntryResult.Done done)
            await GuardAsync(token => FinishAsync(done, token));
    }

    private async Task<ConflictChoice?> DecideAsync(EntryConflict conflict)
    {
        var parameters = new DialogParameters<ConflictDialog> { { dialog => dialog.Conflict, conflict } };
        var shown = await dialogs.ShowAsync<ConflictDialog>(null, parameters, ConflictDialog.Options);
        return (await shown.Result)?.Data as ConflictChoice?;
    }

    /// <summary>Which of a series are to move; false where none.</summary>
    private async Task<bool> AskScopeAsync(EntrySession session)
    {
        var parameters = new DialogParameters<ScopeDialog> { { dialog => dialog.Session, session } };
        var shown = await dialogs.ShowAsync<ScopeDialog>(null, parameters, ScopeDialog.Options);
        return await shown.Result is { Canceled: false };
    }

    private async Task FinishAsync(EntryResult.Done done, CancellationToken cancellationToken)
    {
        if (done.Message is null)
            return;
        Tell(done);
        await ReadDraftsAsync(cancellationToken);
        await OnWritten.InvokeAsync();
    }

    private Task UndoAsync(IReadOnlyList<PlannedWrite> undo) => GuardAsync(async token =>
    {
        // In their order: what takes a second entry away comes after what gives its part back.
        for (var done = 0; done < undo.Count; done++)
        {
            var half = done == 0 ? string.Empty : SaveWords.HalfUndone(isMove: undo[0].Source != undo[done].Source);
            switch (await queries.Entries.Write(undo[done], token))
            {
                case WriteAnswer.Unavailable unavailable:
                    // The same write again, whatever became of the first.
                    Tell(new EntryResult.Done(half + SaveWords.Unavailable(Scene.Find(undo[done].Source), unavailable, isDeletion: undo[done].Text is null), [.. undo.Skip(done)]));
                    if (done > 0)
                        await OnWritten.InvokeAsync();
                    return;
                case WriteAnswer.Decided { Outcome: var outcome } when done == undo.Count - 1 || outcome is not (SaveOutcome.Saved or SaveOutcome.Deleted):
                    var undone = undo[done].Text is null && outcome is SaveOutcome.NotFound ? new SaveOutcome.Deleted() : outcome;
                    Tell(new EntryResult.Done(undone is SaveOutcome.Saved or SaveOutcome.Deleted ? "Undone." : half + SaveWords.NotUndone(undone)));
                    await OnWritten.InvokeAsync();
                    return;
            }
        }
    });

    private Task DiscardAsync(BrowserDraft lost) => GuardAsync(async _ =>
    {
        _lost = [.. _lost.Where(other => other.Id != lost.Id)];
        await browser.DropAsync(lost.Id);
    });

    private Task DiscardAsync(KeptDraft kept) => GuardAsync(async token =>
    {
        await queries.Entries.Drop(kept.Id, token);
        await ReadDraftsAsync(token);
    });

    private async Task ReadDraftsAsync(CancellationToken cancellationToken) => _kept = await queries.Entries.Drafts(cancellationToken);

    private async Task GuardAsync(Func<CancellationToken, Task> step)
    {
        var left = _left.Token;
        try
        {
            await step(left);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
        catch (InvalidEntryException invalid)
        {
            Tell(new EntryResult.Done($"This event cannot be read: {invalid.Message}"));
        }
        catch (StoreUnavailableException unavailable)
        {
            LogFailed(unavailable);
            Tell(new EntryResult.Done($"It could not be done now. {unavailable.Message}"));
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            Tell(new EntryResult.Done("This server could not do it. Try again; if it stays so, tell your administrator."));
        }
    }

    private NewSlot NextSlot()
    {
        var now = Now.InZone(Zone).LocalDateTime;
        var start = Day != now.Date && Day != default
            ? Day.At(new LocalTime(9, 0))
            : now.Date.At(new LocalTime(now.Hour, 0)).PlusHours(1);
        return new NewSlot(start, start.PlusHours(1), IsAllDay: false);
    }

    private static string OwnerOf(KeptDraft kept) => kept.Draft.SourceId?.Owner.ToString() ?? string.Empty;

    private void Tell(EntryResult.Done done)
    {
        _told = done;
        Release();
        StateHasChanged();
    }

    private void Hold() => _forgetting?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Release()
    {
        _forgetting ??= time.CreateTimer(_ => InvokeAsync(Forget), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _forgetting.Change(NoticeStays, Timeout.InfiniteTimeSpan);
    }

    private void Forget()
    {
        _told = null;
        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing in the calendar failed")]
    private partial void LogFailed(Exception exception);
}
