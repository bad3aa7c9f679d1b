using Microsoft.JSInterop;

namespace PeerWeb.Shared;

/// <summary>Gives the viewer a file that a page made.</summary>
public sealed class BrowserDownload(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <param name="name">As the browser suggests it.</param>
    /// <param name="mediaType">With its charset, where it is text.</param>
    public async Task SaveAsync(string name, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        var module = await (_module ??= js.InvokeAsync<IJSObjectReference>("import", "./js/download.js").AsTask());
        using var stream = new DotNetStreamReference(new MemoryStream(content));
        await module.InvokeVoidAsync("save", cancellationToken, name, mediaType, stream);
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
}
