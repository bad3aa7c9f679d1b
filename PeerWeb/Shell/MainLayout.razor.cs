using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PeerWeb.Shell;

public sealed partial class MainLayout
{
    private bool drawerOpen = true;
    private ThemeChoice? theme;
    private DotNetObjectReference<MainLayout>? self;
    private ShellErrorBoundary? boundary;
    private RenderFragment? shown;
    private IDisposable? listening;

    /// <summary>Called by <c>theme.js</c> when the system or another tab changes what "dark" means here.</summary>
    [JSInvokable]
    public Task ThemeChangedAsync(ThemeChoice changed)
    {
        theme = changed;
        return InvokeAsync(StateHasChanged);
    }

    public async ValueTask DisposeAsync()
    {
        listening?.Dispose();
        try
        {
            if (theme is not null) await Js.InvokeVoidAsync("peerwebTheme.unwatch");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its listeners with it.
        }
        self?.Dispose();
    }

    // Nothing of MudBlazor is drawn before the theme is known: no flash of the other one.
    protected override async Task OnInitializedAsync()
    {
        self = DotNetObjectReference.Create(this);
        listening = Farewell.Listen(() => InvokeAsync(() => Js.InvokeVoidAsync("peerwebShell.serverStops").AsTask()));
        theme = await Js.InvokeAsync<ThemeChoice>("peerwebTheme.watch", self);
    }

    // Another page deserves another try.
    protected override void OnParametersSet()
    {
        if (shown != Body) boundary?.Recover();
        shown = Body;
    }

    private async Task ChooseAsync(string choice) => theme = await Js.InvokeAsync<ThemeChoice>("peerwebTheme.choose", choice);
}
