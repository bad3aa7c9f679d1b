using Microsoft.AspNetCore.Components;

namespace PeerWeb.Shared.Entries;

/// <summary>A piece of a text that is too long for one message; made by <c>longtext.js</c>.</summary>
public sealed class TextPartEventArgs : EventArgs
{
    /// <summary>How many characters came before.</summary>
    public int At { get; set; }

    public string Text { get; set; } = string.Empty;

    public bool IsLast { get; set; }
}

[EventHandler("ontextpart", typeof(TextPartEventArgs))]
public static class EventHandlers;
