using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>The grid of a view whose days are a <typeparamref name="TSpan"/>.</summary>
public abstract class EventGrid<TSpan>(IJSRuntime js) : EventGrid(js)
    where TSpan : CalendarSpan
{
    [Parameter, EditorRequired]
    public required TSpan Span { get; set; }

    /// <summary>True where what is to be drawn is not what was drawn.</summary>
    protected bool IsNew() => IsNew(Span);
}

/// <summary>What the grids of all views have in common: whose events they show, and what can be done to one.</summary>
/// <remarks>Redrawn only when a parameter is another instance or something happened in it.</remarks>
public abstract class EventGrid(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private object?[] _drawn = [];
    private Task<IJSObjectReference>? _module;
    private bool _isGone;

    /// <summary>In any order; the same instance of the list means the same events.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<EventInstance> Instances { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<SourceId, SourceLook> Looks { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    [Parameter]
    public CalendarSettings Settings { get; set; } = CalendarSettings.Default;

    [Parameter, EditorRequired]
    public required LocalDate Today { get; set; }

    /// <summary>The day that the address names, or the nearest that shows.</summary>
    [Parameter, EditorRequired]
    public required LocalDate Day { get; set; }

    /// <summary>Events whose move is on its way: they are drawn so, and cannot be moved again until it is through.</summary>
    [Parameter]
    public IReadOnlySet<InstanceKey> Pending { get; set; } = ImmutableHashSet<InstanceKey>.Empty;

    /// <summary>The viewer moved to another day of what shows. No callback of Blazor's, because nothing of the page looks different for it.</summary>
    [Parameter]
    public Action<LocalDate>? OnDay { get; set; }

    /// <summary>The viewer moved to a day that does not show.</summary>
    [Parameter]
    public EventCallback<LocalDate> OnLeave { get; set; }

    [Parameter]
    public EventCallback<EventInstance> OnEvent { get; set; }

    /// <summary>An entry that is something to be done is done, or to do again.</summary>
    [Parameter]
    public EventCallback<EventInstance> OnCheck { get; set; }

    /// <summary>A new event is wanted. Where nobody listens the grid offers none.</summary>
    [Parameter]
    public EventCallback<NewSlot> OnNew { get; set; }

    /// <summary>An event is to be at another time. Where nobody listens nothing can be moved.</summary>
    [Parameter]
    public EventCallback<EventMove> OnMove { get; set; }

    protected bool IsDirty { get; set; } = true;

    /// <summary>The event whose menu is open, and where in the grid.</summary>
    protected (EventInstance Instance, int X, int Y)? Menu { get; private set; }

    /// <summary>The event that gets the focus back if a redraw takes it away; null once the viewer went on elsewhere.</summary>
    protected InstanceKey? Following { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    protected virtual async ValueTask DisposeAsyncCore()
    {
        _isGone = true;
        try
        {
            if (_module is { IsCompletedSuccessfully: true })
                await (await _module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
            _module = null;
        }
    }

    protected override bool ShouldRender() => IsDirty;

    /// <summary>Calls a function of <c>calendar.js</c>; once the grid or its browser is gone there is nothing to call it for.</summary>
    protected async Task CallAsync(string function, params object?[] args)
    {
        try
        {
            if (_module is not { IsFaulted: false, IsCanceled: false })
                _module = js.InvokeAsync<IJSObjectReference>("import", "./js/calendar.js").AsTask();
            var module = await _module;
            if (!_isGone)
                await module.InvokeVoidAsync(function, args);
        }
        catch (Exception exception) when (exception is JSDisconnectedException || (_isGone && exception is ObjectDisposedException or OperationCanceledException))
        {
            _isGone = true;
        }
    }

    protected Task KeepFocusAsync(ElementReference root) => Following is { } key && Menu is null
        ? CallAsync("keepFocus", root, key.Source.ToString(), key.Uid.Value, key.RecurrenceId)
        : Task.CompletedTask;

    /// <summary>Where the focus was in the grid of another view, it is in this one.</summary>
    protected Task ArriveAsync(ElementReference root) => CallAsync("arrive", root);

    /// <summary>Values are compared, everything else by reference.</summary>
    protected bool IsNew(CalendarSpan span)
    {
        object?[] now = [span, Settings, Instances, Looks, Zone.Id, Today, Day, Pending, OnNew.HasDelegate, OnMove.HasDelegate];
        var isNew = _drawn.Length == 0 || !_drawn.Zip(now).All(pair => IsSame(pair.First, pair.Second));
        _drawn = now;
        IsDirty |= isNew;
        return isNew;
    }

    protected EventInstance? Find(InstanceKey? key) => key is { } wanted ? Instances.FirstOrDefault(instance => instance.Key == wanted) : null;

    protected string Name(EventInstance instance) =>
        EventWords.Name(instance, Looks.TryGetValue(instance.Source, out var look) ? $"{look.Name}, {look.Id.Owner}" : instance.Source.Owner.ToString());

    /// <summary>The hook of its kind.</summary>
    protected static string TestId(EventInstance instance, bool isFirst) => $"{(instance.Layer is null ? "event" : "layer-entry")}{(isFirst ? null : "-continued")}";

    /// <summary>Its box was clicked. What it shows changes when its owner has said so.</summary>
    protected Task CheckAsync(GridPickEventArgs args)
    {
        if (Find(args.Instance) is not { IsDone: not null } instance || Pending.Contains(instance.Key))
            return Task.CompletedTask;
        Following = instance.Key;
        return OnCheck.InvokeAsync(instance);
    }

    /// <summary>The letter that stands for its source on paper.</summary>
    protected string? MarkOf(EventInstance instance) => Looks.TryGetValue(instance.Source, out var look) ? look.Mark : null;

    protected string ColorOf(EventInstance instance) => Looks.TryGetValue(instance.Source, out var look) ? look.Color : "#808080";

    /// <summary>Why that event cannot be moved; null where it can.</summary>
    protected string? ReadOnly(EventInstance instance) => this switch
    {
        { OnMove.HasDelegate: false } => "Read only.",
        _ when Pending.Contains(instance.Key) => "Being moved.",
        _ when instance.Summary.IsRedacted => "You see only when it is.",
        _ => Looks.TryGetValue(instance.Source, out var look) ? look.ReadOnly : "Read only.",
    };

    /// <summary>When it begins, for <c>drag.js</c>; null where it cannot be moved.</summary>
    protected string? BeginOf(EventInstance instance) => ReadOnly(instance) is null ? GridTimes.Text(instance.Start, instance.IsAllDay) : null;

    protected string? EndOf(EventInstance instance) =>
        ReadOnly(instance) is null ? GridTimes.Text(instance.IsAllDay && instance.End == instance.Start ? instance.End.PlusDays(1) : instance.End, instance.IsAllDay) : null;

    protected string StateClass(EventInstance instance) =>
        (instance.Status switch { EventStatus.Cancelled => " cancelled", EventStatus.Tentative => " tentative", _ => null })
        + (Pending.Contains(instance.Key) ? " pending" : null)
        + (instance.Layer is null ? null : " layer")
        + (instance.IsDone switch { true => " todo done", false => " todo", null => null });

    protected void OpenMenu(GridPickEventArgs args)
    {
        if (OnMove.HasDelegate && Find(args.Instance) is { } instance)
            (Menu, Following, IsDirty) = ((instance, args.X, args.Y), instance.Key, true);
    }

    protected void CloseMenu() => (Menu, IsDirty) = (null, true);

    /// <summary>The viewer did something else. What happens in no cell happens in the menu, which is about the event that is followed.</summary>
    protected void Unfollow(GridPickEventArgs args)
    {
        if (args.Day is not null)
            Following = null;
    }

    protected Task MoveByMenuAsync(EventMove move)
    {
        CloseMenu();
        return MoveAsync(move);
    }

    protected Task OnMovedAsync(GridMoveEventArgs args)
    {
        if (Find(args.Instance) is not { } instance || args.Times is not var (begin, end))
            return Task.CompletedTask;
        return MoveAsync(new EventMove(instance, begin, end));
    }

    private Task MoveAsync(EventMove move)
    {
        // What the browser says is checked: it may be about an event that has changed since, or make no sense.
        var (instance, start, end) = move;
        var isSane = instance.IsAllDay
            ? end > start && start.TimeOfDay == LocalTime.Midnight && end.TimeOfDay == LocalTime.Midnight
            : end > start || (end == start && instance.End == instance.Start);
        if (!isSane || ReadOnly(instance) is not null || (start == instance.Start && end == instance.End))
            return Task.CompletedTask;
        Following = instance.Key;
        return OnMove.InvokeAsync(move);
    }

    private static bool IsSame(object? before, object? now) =>
        ReferenceEquals(before, now) || (before is ValueType or string or CalendarSpan or CalendarSettings && before.Equals(now));
}
