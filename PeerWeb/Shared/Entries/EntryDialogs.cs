using MudBlazor;

namespace PeerWeb.Shared.Entries;

/// <summary>How dialogs around an <see cref="EntryFrame{TForm}"/> open.</summary>
public static class EntryDialogs
{
    /// <summary>Escape and the backdrop ask first where something was typed.</summary>
    public static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = false,
        CloseButton = false,
        BackdropClick = true,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };
}
