using Fluxor;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Todos;

/// <summary>The merged todos, as lists or as a board. The address says which.</summary>
public sealed partial class TodosPage(
    IState<ListsState> state, IDispatcher dispatcher, TodosQueries queries, TodosBrowser browser, NavigationManager navigation, IDialogService dialogs, TimeProvider time)
{
    /// <summary>A list of more is asked for as a whole at every tenth time only; what owners tell of shows at once all the same.</summary>
    private const int Many = 2000;

    private readonly HashSet<TodoKey> _busy = [];
    private readonly OpenList _todos = new(TodoApp.AppId, TodoKind.Nouns, state, dispatcher, time);
    private readonly ShownTodos _shown = new();
    private TodoOverview _overview = TodoOverview.Empty;
    private (IReadOnlyList<ShownTodo>, SmartList, bool, DateTimeZone, Instant)? _overviewOf;
    private EntryDesk<TodoForm>? _desk;
    private ElementReference _root;
    private IJSObjectReference? _watch;
    private ShownTodo? _menu;
    private string? _linked;
    private int _asked;

    /// <summary>An <see cref="EntryLink"/> to what is opened at once.</summary>
    [SupplyParameterFromQuery(Name = EntryLink.Parameter)]
    public string? Entry { get; set; }

    /// <summary>A <see cref="SmartList"/>.</summary>
    [SupplyParameterFromQuery(Name = SmartList.Parameter)]
    public string? ListName { get; set; }

    [SupplyParameterFromQuery(Name = SmartList.ViewParameter)]
    public string? ViewName { get; set; }

    /// <summary>Held for <see cref="Fluxor.Blazor.Web.Components.FluxorComponent"/>, which watches it.</summary>
    private IState<ListsState> State { get; } = state;

    private IReadOnlyList<ShownTodo> Todos => _shown.Of(_todos.View.List.Entries);

    private SmartList List => SmartList.Parse(ListName);

    private bool IsBoard => ViewName == SmartList.Board;

    private DateTimeZone Zone => _todos.Zone;

    private EntryScene Scene => _todos.Scene;

    private bool IsLoading => _todos.View.IsOpening || _todos.View.List.IsLoading;

    /// <summary>What is late is late by the minute, so that little is drawn anew.</summary>
    private Instant Minute => Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);

    private string Empty => _todos.View.Text.Length > 0 ? $"Nothing here matches “{_todos.View.Text}”." : List.Kind switch
    {
        SmartListKind.Open => "Nothing to do. Add a todo above.",
        SmartListKind.Overdue => "Nothing is overdue.",
        SmartListKind.Done => "Nothing is done yet.",
        _ => "Nothing to do here.",
    };

    private TodoOverview Overview
    {
        get
        {
            var of = (Todos, List, IsBoard, Zone, Minute);
            if (_overviewOf != of)
                (_overviewOf, _overview) = (of, TodoOverview.Of(Todos, List, IsBoard, Zone, Minute));
            return _overview;
        }
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _todos.Enter(AskAgain);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            _watch = await browser.WatchAsync(_root);
        if (_linked == Entry || !_todos.IsReady)
            return;
        _linked = Entry;
        if (!EntryLink.TryParse(Entry, out var link))
            return;
        var address = navigation.Uri;
        await EditAsync(link.Source, link.Uid, string.Empty);
        // Unless one has gone elsewhere meanwhile.
        if (navigation.Uri == address)
            navigation.NavigateTo(List.Href(IsBoard), replace: true);
    }

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        await _todos.DisposeAsync();
        await browser.StopAsync(_watch);
        await base.DisposeAsyncCore(disposing);
    }

    /// <summary>What has become late shows as such, also where nothing has changed.</summary>
    private void AskAgain()
    {
        _ = InvokeAsync(StateHasChanged);
        if (Interlocked.Increment(ref _asked) % 10 == 0 || _todos.View.List.Entries.Count <= Many)
            _todos.Refresh();
    }

    private string ColorOf(ShownTodo todo) => _todos.ColorOf(TodoKey.Of(todo).Source);

    private string? OwnerOf(ShownTodo todo) => _todos.OwnerOf(TodoKey.Of(todo).Source);

    private Source? SourceOf(ShownTodo todo) => Scene.Find(TodoKey.Of(todo).Source);

    private string? NoEdit(ShownTodo todo) => SourceOf(todo) is { } source ? EntryAllowance.Of(TodoKind.Nouns, source).NoSave : "Its todo list is not here now.";

    private string? NoDelete(ShownTodo todo) => SourceOf(todo) is { } source ? EntryAllowance.Of(TodoKind.Nouns, source).NoDelete : "Its todo list is not here now.";

    private string? NoAdd(ShownTodo todo) => SourceOf(todo) is { } source ? EntryAllowance.OfNew(TodoKind.Nouns, source).NoSave : "Its todo list is not here now.";
}
