using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Text;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What a browser kept of a dialog that was open when the connection or the page went away.</summary>
public sealed record BrowserDraft(Guid Id, EntryDraft Draft, Instant At);

/// <summary>Lets the browser keep what is being typed. A browser without storage keeps nothing, and nothing fails for it.</summary>
public sealed partial class DraftBrowser(IJSRuntime js, AuthenticationStateProvider authentication, ILogger<DraftBrowser> log) : IAsyncDisposable
{
    private const long MostBytes = 2_000_000;
    private Task<IJSObjectReference>? _module;

    /// <summary>The newest first; none of a dialog that is open in another tab.</summary>
    public async Task<IReadOnlyList<BrowserDraft>> KeptAsync(CancellationToken cancellationToken)
    {
        try
        {
            var module = await ModuleAsync();
            // A stream, since an answer in one piece is limited to a message of the circuit.
            await using var reference = await module.InvokeAsync<IJSStreamReference>("kept", cancellationToken, await PrefixAsync());
            if (reference is null)
                return [];
            await using var stream = await reference.OpenReadStreamAsync(MostBytes, cancellationToken);
            var records = await JsonSerializer.DeserializeAsync(stream, BrowserRecordJson.Default.ListBrowserRecord, cancellationToken);
            return [.. (records ?? []).Select(Read).OfType<BrowserDraft>().OrderByDescending(draft => draft.At)];
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or JsonException or ArgumentOutOfRangeException)
        {
            LogNotRead(exception);
            return [];
        }
    }

    public async Task DropAsync(Guid id)
    {
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync("drop", await KeyAsync(id));
        }
        catch (Exception exception) when (IsGone(exception))
        {
            LogNotRead(exception);
        }
    }

    /// <summary>From now on the browser keeps what is typed into the form, until it is told that all is settled.</summary>
    public async Task<IJSObjectReference?> AttachAsync(ElementReference form, Guid id, EntryDraft draft, bool takesFocus)
    {
        try
        {
            return await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("attach", form, await KeyAsync(id), draft.ToJson(), takesFocus);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            LogNotRead(exception);
            return null;
        }
    }

    /// <param name="forgets">Nothing of it is to be offered again.</param>
    public async Task SettleAsync(IJSObjectReference? attached, bool forgets)
    {
        if (attached is null)
            return;
        try
        {
            await attached.InvokeVoidAsync("settle", forgets);
            await attached.DisposeAsync();
        }
        catch (Exception exception) when (IsGone(exception))
        {
            LogNotRead(exception);
        }
    }

    public async Task<IJSObjectReference?> WatchUndoAsync(ElementReference notice)
    {
        try
        {
            return await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("watchUndo", notice);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            LogNotRead(exception);
            return null;
        }
    }

    public async Task StopAsync(IJSObjectReference? watch)
    {
        if (watch is null)
            return;
        try
        {
            await watch.InvokeVoidAsync("stop");
            await watch.DisposeAsync();
        }
        catch (Exception exception) when (IsGone(exception))
        {
            LogNotRead(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not { IsCompletedSuccessfully: true })
            return;
        try
        {
            await (await _module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
            _module = null;
        }
    }

    /// <summary>The browser left, does not answer, or does not allow it.</summary>
    private static bool IsGone(Exception exception) => exception is JSException or JSDisconnectedException or OperationCanceledException;

    private static BrowserDraft? Read(BrowserRecord record) =>
        Guid.TryParse(record.Id, out var id) && EntryDraft.Read(record.Draft) is { } draft && InstantPattern.ExtendedIso.Parse(record.At) is { Success: true, Value: var at }
            ? new BrowserDraft(id, draft, at)
            : null;

    private Task<IJSObjectReference> ModuleAsync() => _module is { IsFaulted: false, IsCanceled: false } known
        ? known
        : _module = js.InvokeAsync<IJSObjectReference>("import", "./js/drafts.js").AsTask();

    private async Task<string> KeyAsync(Guid id) => $"{await PrefixAsync()}{id:D}";

    private async Task<string> PrefixAsync() =>
        $"peerweb.writing.{(await authentication.GetAuthenticationStateAsync()).User.Identity?.Name}.calendar.";

    [LoggerMessage(Level = LogLevel.Debug, Message = "The browser could not keep what is typed")]
    private partial void LogNotRead(Exception exception);
}
