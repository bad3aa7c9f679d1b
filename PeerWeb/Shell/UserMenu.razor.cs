using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using MudBlazor;
using PeerWeb.Identity;

namespace PeerWeb.Shell;

public sealed partial class UserMenu(IOptions<PeerWebOptions> options, IJSRuntime js)
{
    private static readonly (string Choice, string Label, string Icon)[] Themes =
    [
        ("light", "Light", Icons.Material.Outlined.LightMode),
        ("dark", "Dark", Icons.Material.Outlined.DarkMode),
        ("system", "As the system", Icons.Material.Outlined.Contrast),
    ];

    [Parameter]
    [EditorRequired]
    public required ThemeChoice Theme { get; set; }

    [Parameter]
    public EventCallback<string> ThemeChosen { get; set; }

    private PeerWebOptions Options => options.Value;

    private static string Name(ClaimsPrincipal user) => user.FindFirstValue(LocalUserClaims.DisplayName) ?? user.Identity?.Name ?? "";

    private async Task SignOutAsync() => await js.InvokeVoidAsync("peerwebShell.signOut");
}
