using Fluxor;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Shared.Lists;

/// <summary>The merged list of an app as the page that shows it has it at hand.</summary>
public sealed class OpenList(AppId app, EntryNouns nouns, IState<ListsState> state, IDispatcher dispatcher, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How often an open page asks again by itself.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    private IReadOnlyDictionary<SourceId, string> _colors = new Dictionary<SourceId, string>();
    private IReadOnlyList<Source>? _colored;
    private ITimer? _asking;

    public EntryNouns Nouns => nouns;

    public ListView View => state.Value.Of(app).View;

    public EntryLink? Opened => state.Value.Of(app).Opened;

    /// <summary>Null while it is read.</summary>
    public OpenedEntry? Entry => state.Value.Of(app).Entry;

    /// <summary>It is known how times are to be shown.</summary>
    public bool IsReady => state.Value.Zone is not null;

    public DateTimeZone Zone => state.Value.Zone ?? DateTimeZone.Utc;

    /// <summary>Checked colours; the same instance as long as the sources are.</summary>
    public IReadOnlyDictionary<SourceId, string> Colors
    {
        get
        {
            var sources = View.List.Sources;
            if (!ReferenceEquals(_colored, sources))
                (_colored, _colors) = (sources, SourceColor.Of(sources));
            return _colors;
        }
    }

    public EntryScene Scene => new(nouns, View.List.Installations, View.List.Sources, Colors, Zone, time);

    /// <summary>All is known, and the viewer may write nowhere: a collection is to be made first.</summary>
    public bool HasNowhereToWrite => View is { IsOpening: false, List.IsLoading: false } && Scene.Targets.Count == 0;

    /// <param name="again">What is done every <see cref="AskEvery"/>, on any thread.</param>
    public void Enter(Action again)
    {
        dispatcher.Dispatch(new EnterListAction(app));
        _asking = time.CreateTimer(_ => again(), null, AskEvery, AskEvery);
    }

    public void Search(string text) => dispatcher.Dispatch(new SearchListAction(app, text, string.Empty));

    /// <param name="from">The list begins at the first title that is not before this; empty for all.</param>
    public void BeginAt(string from) => dispatcher.Dispatch(new SearchListAction(app, View.Text, from));

    public void More() => dispatcher.Dispatch(new MoreListedAction(app));

    public void Refresh() => dispatcher.Dispatch(new RefreshListAction(app));

    public void Toggle(SourceId source) => dispatcher.Dispatch(new ToggleListedAction(app, source));

    public void ShowOnly(SourceId source) => dispatcher.Dispatch(new ShowOnlyListedAction(app, source));

    public void Open(EntryLink? link) => dispatcher.Dispatch(new OpenEntryAction(app, link));

    /// <summary>Something was written: all is asked again, what is opened too.</summary>
    public void Written()
    {
        Refresh();
        Open(Opened);
    }

    public string ColorOf(SourceId source) => Colors.GetValueOrDefault(source, "#808080");

    /// <summary>Null where it is the viewer.</summary>
    public string? OwnerOf(SourceId source) => Scene.Find(source) is { IsMine: true } ? null : source.Owner.ToString();

    /// <summary>As the list knows it; empty where it does not.</summary>
    public string TitleOf(EntryLink link) => View.List.Entries.FirstOrDefault(entry => EntryLink.Of(entry) == link)?.Summary.Title ?? string.Empty;

    /// <summary>Asks for a name and makes a collection of the viewer's own; null where they would rather not.</summary>
    /// <param name="taken">Colours that the new one is not to have.</param>
    public async Task<SourceId?> AddAsync(AddCollection add, IDialogService dialogs, IEnumerable<string?> taken, CancellationToken cancellationToken)
    {
        if (await NewCollectionDialog.AskAsync(dialogs, nouns) is not { } name)
            return null;
        var made = await add(app, name, taken, cancellationToken);
        Refresh();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (_asking is not null)
            await _asking.DisposeAsync();
        dispatcher.Dispatch(new LeaveListAction(app));
    }
}
