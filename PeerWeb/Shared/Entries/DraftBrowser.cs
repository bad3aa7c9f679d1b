using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>What a browser kept of a dialog that was open when the connection or the page went away.</summary>
public sealed record BrowserDraft<TForm>(Guid Id, EntryDraft<TForm> Draft, Instant At)
    where TForm : class, IEntryForm;

/// <summary>Lets the browser keep what is being typed. A browser without storage keeps nothing, and nothing fails for it.</summary>
public sealed partial class DraftBrowser(IJSRuntime js, AuthenticationStateProvider authentication, ILogger<DraftBrowser> log) : IAsyncDisposable
{
    private const long MostBytes = 2_000_000;
    private Task<IJSObjectReference>? _module;

    /// <summary>The newest first; none of a dialog that is open in another tab.</summary>
    public async Task<IReadOnlyList<BrowserDraft<TForm>>> KeptAsync<TForm>(EntryKind<TForm> kind, CancellationToken cancellationToken)
        where TForm : class, IEntryForm
    {
        try
        {
            var module = await ModuleAsync();
            // A stream, since an answer in one piece is limited to a message of the circuit.
            await using var reference = await module.InvokeAsync<IJSStreamReference>("kept", cancellationToken, await PrefixAsync(kind.App));
            if (reference is null)
                return [];
            await using var stream = await reference.OpenReadStreamAsync(MostBytes, cancellationToken);
            var records = await JsonSerializer.DeserializeAsync(stream, BrowserRecordJson.Default.ListBrowserRecord, cancellationToken);
            return [.. (records ?? []).Select(record => Read(record, kind)).OfType<BrowserDraft<TForm>>().OrderByDescending(draft => draft.At)];
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or JsonException or ArgumentOutOfRangeException)
        {
            LogNotRead(exception);
            return [];
        }
    }

    public async Task DropAsync(AppId app, Guid id)
    {
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync("drop", await KeyAsync(app, id));
        }
        catch (Exception exception) when (ScriptWatch.IsGone(exception))
        {
            LogNotRead(exception);
        }
    }

    /// <summary>From now on the browser keeps what is typed into the form, until it is told that all is settled.</summary>
    public async Task<IJSObjectReference?> AttachAsync<TForm>(ElementReference form, EntryKind<TForm> kind, Guid id, EntryDraft<TForm> draft, bool takesFocus)
        where TForm : class, IEntryForm
    {
        try
        {
            return await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("attach", form, await KeyAsync(kind.App, id), JsonSerializer.Serialize(draft, kind.Drafts), takesFocus);
        }
        catch (Exception exception) when (ScriptWatch.IsGone(exception))
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
        catch (Exception exception) when (ScriptWatch.IsGone(exception))
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
        catch (Exception exception) when (ScriptWatch.IsGone(exception))
        {
            LogNotRead(exception);
            return null;
        }
    }

    public Task StopAsync(IJSObjectReference? watch) => ScriptWatch.StopAsync(watch, LogNotRead);

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

    private static BrowserDraft<TForm>? Read<TForm>(BrowserRecord record, EntryKind<TForm> kind)
        where TForm : class, IEntryForm =>
        Guid.TryParse(record.Id, out var id) && EntryDraft.Read(record.Draft, kind) is { } draft && InstantPattern.ExtendedIso.Parse(record.At) is { Success: true, Value: var at }
            ? new BrowserDraft<TForm>(id, draft, at)
            : null;

    private Task<IJSObjectReference> ModuleAsync() => _module is { IsFaulted: false, IsCanceled: false } known
        ? known
        : _module = js.InvokeAsync<IJSObjectReference>("import", "./js/drafts.js").AsTask();

    private async Task<string> KeyAsync(AppId app, Guid id) => $"{await PrefixAsync(app)}{id:D}";

    private async Task<string> PrefixAsync(AppId app) =>
        $"peerweb.writing.{(await authentication.GetAuthenticationStateAsync()).User.Identity?.Name}.{app}.";

    [LoggerMessage(Level = LogLevel.Debug, Message = "The browser could not keep what is typed")]
    private partial void LogNotRead(Exception exception);
}
