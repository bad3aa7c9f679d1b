using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>The common moves of one event, after the ARIA menu pattern; the way without dragging.</summary>
public sealed partial class MoveMenu
{
    /// <summary>More than there are moves.</summary>
    private readonly ElementReference[] _items = new ElementReference[16];
    private IReadOnlyList<CommonMove> _moves = [];
    private ElementReference _first;
    private int _at;
    private bool _isFocusDue = true;

    [Parameter, EditorRequired]
    public required EventInstance Instance { get; set; }

    /// <summary>Where its upper left corner goes, in CSS pixels from that of the grid.</summary>
    [Parameter, EditorRequired]
    public required int X { get; set; }

    [Parameter, EditorRequired]
    public required int Y { get; set; }

    /// <summary>Why there are no moves; null where there are.</summary>
    [Parameter]
    public string? ReadOnly { get; set; }

    [Parameter]
    public EventCallback<EventMove> OnChosen { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override void OnParametersSet() => _moves = CommonMoves.Of(Instance);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isFocusDue)
            return;
        _isFocusDue = false;
        await (ReadOnly is null ? _items[_at] : _first).FocusAsync();
    }

    private Task OnKeyAsync(KeyboardEventArgs args)
    {
        if (args.Key is "Escape" or "Tab")
            return OnClose.InvokeAsync();
        int? to = args.Key switch
        {
            "ArrowDown" => (_at + 1) % _moves.Count,
            "ArrowUp" => (_at + _moves.Count - 1) % _moves.Count,
            "Home" => 0,
            "End" => _moves.Count - 1,
            _ => null,
        };
        if (to is { } item)
            (_at, _isFocusDue) = (item, true);
        return Task.CompletedTask;
    }
}
