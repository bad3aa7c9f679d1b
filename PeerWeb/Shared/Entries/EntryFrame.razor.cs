using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Entries;

/// <summary>The dialog around the inputs of one entry, new or there, local or remote: what the view knew shows at once, the rest when its owner has answered.</summary>
public sealed partial class EntryFrame<TForm>(DraftBrowser browser, ILogger<EntryFrame<TForm>> log) : ComponentBase, IAsyncDisposable
    where TForm : class, IEntryForm
{
    private readonly CancellationTokenSource _closed = new();
    private ElementReference _form;
    private ElementReference _goOn;
    private IJSObjectReference? _attached;
    private bool _isBusy;
    private bool _asksToLeave;
    private bool _isSettled;
    private bool _focusesGoOn;

    [Parameter, EditorRequired]
    public required EntrySession<TForm> Session { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment Inputs { get; set; }

    /// <summary>Below the inputs: what of an entry shows and is not edited.</summary>
    [Parameter]
    public RenderFragment? Details { get; set; }

    /// <summary>Runs after each drawing, one at a time; true where there is something new to draw.</summary>
    [Parameter]
    public Func<CancellationToken, Task<bool>>? AfterDrawing { get; set; }

    /// <summary>Asks what to do about another's write; null: go on writing.</summary>
    [Parameter, EditorRequired]
    public required Func<EntryConflict, Task<ConflictChoice?>> Decide { get; set; }

    [CascadingParameter]
    private IMudDialogInstance? Dialog { get; set; }

    private string FormId => $"entry-{Session.Id:N}";

    private string ReasonsId => $"{FormId}-reasons";

    private string Heading => Session.IsNew ? $"New {Session.Nouns.Entry}" : Session.Opened.Title is { Length: > 0 } title ? title : "(no title)";

    private string Color => Session.Source is { } source ? Session.Scene.Colors.GetValueOrDefault(source.Id, "#808080") : "#808080";

    private IReadOnlyList<string> Reasons => [.. new[] { Session.Allowance.NoSave, Session.IsNew ? null : Session.Allowance.NoDelete }.OfType<string>().Distinct()];

    public async ValueTask DisposeAsync()
    {
        Session.SceneChanged -= Redraw;
        await _closed.CancelAsync();
        _closed.Dispose();
        // Whoever goes away with the page is offered what was typed when the page opens again.
        await browser.SettleAsync(_attached, forgets: _isSettled);
    }

    protected override Task OnInitializedAsync()
    {
        Session.SceneChanged += Redraw;
        return LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await AttachAsync();
        if (_focusesGoOn)
        {
            _focusesGoOn = false;
            await _goOn.FocusAsync();
        }
        if (AfterDrawing is { } after)
        {
            await GuardAsync("This server could not say what that changes.", async token =>
            {
                if (await after(token))
                    Redraw();
                return new EntryResult.Stays();
            });
        }
    }

    private async Task LoadAsync()
    {
        await GuardAsync($"This server could not read the {Session.Nouns.Entry}.", async token =>
        {
            await Session.LoadAsync(token);
            return new EntryResult.Stays();
        });
        if (Session.Base is not null)
            await AttachAsync();
    }

    private Task SaveAsync() => RunAsync(Session.SaveAsync);

    private Task KeepAsync()
    {
        _asksToLeave = false;
        return RunAsync(Session.KeepAsync);
    }

    private async Task RunAsync(Func<CancellationToken, Task<EntryResult>> step)
    {
        if (_isBusy)
            return;
        _isBusy = true;
        StateHasChanged();
        var result = await GuardAsync("This server could not do it.", token => Session.SettleAsync(step, Decide, token));
        _isBusy = false;
        if (result is EntryResult.Done done)
            Close(done);
    }

    private async Task<EntryResult> GuardAsync(string failure, Func<CancellationToken, Task<EntryResult>> step)
    {
        if (_closed.IsCancellationRequested)
            return new EntryResult.Stays();
        var closed = _closed.Token;
        try
        {
            return await step(closed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            return new EntryResult.Stays();
        }
        catch (InvalidEntryException invalid)
        {
            Session.Fail(invalid.Message);
            return new EntryResult.Stays();
        }
        catch (StoreUnavailableException unavailable)
        {
            LogFailed(unavailable);
            Session.Fail($"{failure} {unavailable.Message}");
            return new EntryResult.Stays();
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            Session.Fail(failure);
            return new EntryResult.Stays();
        }
    }

    /// <summary>The heading is drawn by the dialog's frame.</summary>
    public void Redraw()
    {
        StateHasChanged();
        Dialog?.StateHasChanged();
    }

    private void Leave()
    {
        if (_isBusy)
            return;
        if (Session.IsHalfDone || (Session.HasChanges && !Session.IsLocked))
            _asksToLeave = _focusesGoOn = true;
        else
            Discard();
    }

    private void Discard() => Close(new EntryResult.Done(null));

    private void Close(EntryResult.Done done)
    {
        _isSettled = true;
        Dialog?.Close(DialogResult.Ok(done));
    }

    /// <summary>Keeps what is typed in the browser; a form that was filled anew begins anew.</summary>
    private async Task AttachAsync()
    {
        if (_form.Context is null || (!Session.IsNew && Session.Base is null))
            return;
        await browser.SettleAsync(_attached, forgets: false);
        _attached = await browser.AttachAsync(_form, Session.Kind, Session.Id, Session.ToDraft() with { BaseText = null, Sent = null, SentForm = null, SentAhead = null }, takesFocus: Session.IsNew);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of a dialog failed")]
    private partial void LogFailed(Exception exception);
}
