using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared.Export;
using PeerWeb.Shared.Files;

namespace PeerWeb.Shared.Lists;

/// <summary>The frame of every page that shows a merged list.</summary>
public sealed partial class ListFrame(
    ShareCollection share, SingleKeysWanted singleKeys, IEnumerable<AppFiles> apps, IDialogService dialogs, TimeProvider time) : ComponentBase, IDisposable
{
    /// <summary>How long typing must pause before it is asked for.</summary>
    public static readonly TimeSpan SearchPause = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _left = new();
    private bool _isPanelOpen;
    private bool _hasKeys;
    private string _typed = string.Empty;
    private ITimer? _typing;
    private AppFiles? _files;
    private EventCallback<Source> _export;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string NewTitle { get; set; }

    [Parameter, EditorRequired]
    public required string TestId { get; set; }

    [Parameter, EditorRequired]
    public required OpenList Of { get; set; }

    /// <summary>Further tools of the header.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>Drafts, notices, undo.</summary>
    [Parameter]
    public RenderFragment? Desk { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment List { get; set; }

    /// <summary>The entry that is opened, or what stands in its place; null where the list has all the room.</summary>
    [Parameter]
    public RenderFragment? Detail { get; set; }

    [Parameter]
    public EventCallback OnNew { get; set; }

    /// <summary>The viewer wants another collection of their own.</summary>
    [Parameter]
    public EventCallback OnAdd { get; set; }

    private ShareCollection Share => share;

    private ListView View => Of.View;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Who has not answered, in one sentence; null where all have.</summary>
    private string? Missing
    {
        get
        {
            var silent = View.List.Installations.Where(one => one.Status is { State: SourceState.Offline }).Select(one => one.Domain.Value).ToList();
            var full = View.List.IsFull ? string.Create(CultureInfo.InvariantCulture, $"Only the first {MergedList.MostEntries:N0} are shown: search, or begin elsewhere.") : null;
            return silent.Count == 0 ? full : $"{string.Join(" and ", silent)} did not answer; what is there is missing here. {full}".TrimEnd();
        }
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        _typing?.Dispose();
    }

    /// <summary>Whose files are not known has neither import nor export.</summary>
    protected override void OnInitialized()
    {
        _files = apps.FirstOrDefault(app => app.Nouns.Collection == Of.Nouns.Collection);
        if (_files is { } files)
            _export = EventCallback.Factory.Create<Source>(this, source => ExportDialog.ShowAsync(dialogs, files, View.List.Sources, source.Id, Of.Colors, Of.Zone));
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _hasKeys = await singleKeys(_left.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // The list itself says what is wrong; without keys everything can still be done.
            _hasKeys = false;
        }
    }

    private void SearchAsync(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? string.Empty;
        _typing ??= time.CreateTimer(_ => InvokeAsync(SearchNow), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _typing.Change(SearchPause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something was typed, and then nothing for a moment. Who has left asks for nothing any more.</summary>
    private void SearchNow()
    {
        if (!_left.IsCancellationRequested)
            Of.Search(_typed);
    }

    private void CloseOnEscape(KeyboardEventArgs args)
    {
        if (args.Key == "Escape")
            _isPanelOpen = false;
    }
}
