using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Entries;

/// <summary>Where a view writes: opens the dialog, undoes, and shows what lies unsent.</summary>
public sealed partial class EntryDesk<TForm>(
    DraftBrowser browser, IDialogService dialogs, TimeProvider time, ILogger<EntryDesk<TForm>> log) : ComponentBase, IAsyncDisposable
    where TForm : class, IEntryForm
{
    /// <summary>How long a notice stays that nobody points at.</summary>
    public static readonly TimeSpan NoticeStays = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<BrowserDraft<TForm>> _lost = [];
    private IReadOnlyList<KeptDraft<TForm>> _kept = [];
    private ElementReference _root;
    private IJSObjectReference? _undoKey;
    private EntrySession<TForm>? _open;
    private EntryResult.Done? _told;
    private ITimer? _forgetting;

    [Parameter, EditorRequired]
    public required EntryCalls<TForm> Calls { get; set; }

    [Parameter, EditorRequired]
    public required EntryScene Scene { get; set; }

    /// <summary>Opens a draft again; the last argument tells whether it lies with the server.</summary>
    [Parameter, EditorRequired]
    public required Func<Guid, EntryDraft<TForm>, bool, EntrySession<TForm>> Resume { get; set; }

    /// <summary>Shows the app's dialog of an entry.</summary>
    [Parameter, EditorRequired]
    public required Func<EntrySession<TForm>, Func<EntryConflict, Task<ConflictChoice?>>, Task<IDialogReference>> Show { get; set; }

    /// <summary>Something was written: the view asks again.</summary>
    [Parameter]
    public EventCallback OnWritten { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_forgetting is not null)
            await _forgetting.DisposeAsync();
        await browser.StopAsync(_undoKey);
    }

    protected override void OnParametersSet() => _open?.See(Scene);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await GuardAsync(async token =>
        {
            _undoKey = await browser.WatchUndoAsync(_root);
            _lost = await browser.KeptAsync(Calls.Kind, token);
            await ReadDraftsAsync(token);
        });
        StateHasChanged();
    }

    private Task OpenAsync(BrowserDraft<TForm> lost) => GuardAsync(async token =>
    {
        // What the server keeps under the same name knows more than the browser: the text it was written against.
        var kept = _kept.FirstOrDefault(draft => draft.Id == lost.Id);
        var draft = kept is null ? lost.Draft : kept.Draft with { Form = lost.Draft.Form };
        _lost = [.. _lost.Where(other => other.Id != lost.Id)];
        await OpenAsync(Resume(lost.Id, draft, kept is not null));
    });

    private Task OpenAsync(KeptDraft<TForm> kept) => GuardAsync(_ => OpenAsync(Resume(kept.Id, kept.Draft, true)));

    public async Task OpenAsync(EntrySession<TForm> session)
    {
        _open = session;
        var shown = await Show(session, DecideAsync);
        var result = await shown.Result;
        _open = null;
        if (result?.Data is EntryResult.Done done)
            await GuardAsync(token => FinishAsync(done, token));
    }

    /// <summary>Asks what to do about another's write; null: back to the form.</summary>
    public async Task<ConflictChoice?> DecideAsync(EntryConflict conflict)
    {
        var parameters = new DialogParameters<ConflictDialog> { { dialog => dialog.Conflict, conflict }, { dialog => dialog.Nouns, Calls.Kind.Nouns } };
        var shown = await dialogs.ShowAsync<ConflictDialog>(null, parameters, ConflictDialog.Options);
        return (await shown.Result)?.Data as ConflictChoice?;
    }

    /// <summary>Tells what was done, and lets the view ask again.</summary>
    public async Task FinishAsync(EntryResult.Done done, CancellationToken cancellationToken)
    {
        if (done.Message is null)
            return;
        Tell(done);
        await ReadDraftsAsync(cancellationToken);
        await OnWritten.InvokeAsync();
    }

    private Task UndoAsync(EntryResult.Done told) => GuardAsync(async token =>
    {
        var undo = told.Undo;
        // In their order: what takes a second entry away comes after what gives its part back.
        for (var done = 0; done < undo.Count; done++)
        {
            var half = done == 0 ? string.Empty : told.HalfUndone ?? SaveWords.HalfUndone(Calls.Kind.Nouns, isMove: undo[0].Source != undo[done].Source);
            switch (await Calls.Write(undo[done], token))
            {
                case WriteAnswer.Unavailable unavailable:
                    // The same write again, whatever became of the first.
                    Tell(new EntryResult.Done(half + SaveWords.Unavailable(Scene.Find(undo[done].Source), unavailable, isDeletion: undo[done].Text is null), [.. undo.Skip(done)]) { HalfUndone = told.HalfUndone });
                    if (done > 0)
                        await OnWritten.InvokeAsync();
                    return;
                case WriteAnswer.Decided { Outcome: var outcome } when done == undo.Count - 1 || outcome is not (SaveOutcome.Saved or SaveOutcome.Deleted):
                    var undone = undo[done].Text is null && outcome is SaveOutcome.NotFound ? new SaveOutcome.Deleted() : outcome;
                    Tell(new EntryResult.Done(undone is SaveOutcome.Saved or SaveOutcome.Deleted ? "Undone." : half + SaveWords.NotUndone(Calls.Kind.Nouns, undone)));
                    await OnWritten.InvokeAsync();
                    return;
            }
        }
    });

    private Task DiscardAsync(BrowserDraft<TForm> lost) => GuardAsync(async _ =>
    {
        _lost = [.. _lost.Where(other => other.Id != lost.Id)];
        await browser.DropAsync(Calls.Kind.App, lost.Id);
    });

    private Task DiscardAsync(KeptDraft<TForm> kept) => GuardAsync(async token =>
    {
        await Calls.Drop(kept.Id, token);
        await ReadDraftsAsync(token);
    });

    private async Task ReadDraftsAsync(CancellationToken cancellationToken) => _kept = await Calls.Drafts(cancellationToken);

    /// <summary>Takes a step; what fails is told, and never ends the view.</summary>
    public async Task GuardAsync(Func<CancellationToken, Task> step)
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
            Tell(new EntryResult.Done($"This {Calls.Kind.Nouns.Entry} cannot be read: {invalid.Message}"));
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

    private static string OwnerOf(KeptDraft<TForm> kept) => kept.Draft.SourceId?.Owner.ToString() ?? string.Empty;

    public void Tell(EntryResult.Done done)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing in a view failed")]
    private partial void LogFailed(Exception exception);
}
