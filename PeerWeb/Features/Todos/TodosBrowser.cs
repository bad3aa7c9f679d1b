using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PeerWeb.Shared;

namespace PeerWeb.Features.Todos;

/// <summary>Dragging and keys within the page. Without them its menus do the same.</summary>
public sealed partial class TodosBrowser(IJSRuntime js, ILogger<TodosBrowser> log)
{
    /// <summary>Null where the browser cannot.</summary>
    public async Task<IJSObjectReference?> WatchAsync(ElementReference root)
    {
        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./js/todos.js");
            return await module.InvokeAsync<IJSObjectReference>("watch", root);
        }
        catch (Exception exception) when (ScriptWatch.IsGone(exception))
        {
            LogNotWatched(exception);
            return null;
        }
    }

    public Task StopAsync(IJSObjectReference? watch) => ScriptWatch.StopAsync(watch, LogNotWatched);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The browser does not watch the todos")]
    private partial void LogNotWatched(Exception exception);
}
