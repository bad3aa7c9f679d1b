using Microsoft.AspNetCore.Components;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared;

namespace PeerWeb.Features.Search;

/// <summary>One search over all apps, of this installation and all peers; what is found shows as it comes. The address has the words.</summary>
public sealed partial class SearchPage(
    SearchQueries queries, IEnumerable<EntryPage> pages, ViewerZone viewerZone, NavigationManager navigation, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    /// <summary>How long nobody types before that is searched for which is typed.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<EntryPage> _pages = [.. pages.OrderBy(page => page.Order)];
    private CancellationTokenSource _asking = new();
    private Task _asked = Task.CompletedTask;
    private ITimer? _typing;
    private ElementReference _input;
    private IReadOnlyDictionary<SourceId, string> _colors = new Dictionary<SourceId, string>();
    private SearchSnapshot? _found;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private string? _problem;
    private string _typed = string.Empty;
    private string _shown = string.Empty;
    private int _fromOutside;

    /// <summary>The words.</summary>
    [SupplyParameterFromQuery(Name = SearchAddress.Parameter)]
    public string? Text { get; set; }

    private string Words => Text?.Trim() ?? string.Empty;

    private IEnumerable<(EntryPage Page, SearchGroup Group)> Groups =>
        from page in _pages
        let @group = _found?.Groups.FirstOrDefault(one => one.App == page.App)
        where @group is { Entries.Count: > 0 }
        select (page, @group);

    private string? Summary
    {
        get
        {
            if (_found is not { } found || Words.Length == 0)
                return null;
            var count = Groups.Sum(one => one.Group.Entries.Count);
            var more = Groups.Any(one => one.Group.HasMore) ? "More than " : null;
            return found.IsComplete
                ? count == 0 ? $"Nothing matches “{Words}”." : $"{more}{count} found."
                : $"{more}{count} found so far…";
        }
    }

    private string? Silent => _found is { Unanswered: { Count: > 0 } unanswered } && Words.Length > 0
        ? $"{string.Join(" and ", unanswered.Select(one => one.Domain.Value))} did not answer; what is there is missing here, or as it was."
        : null;

    public async ValueTask DisposeAsync()
    {
        if (_typing is not null)
            await _typing.DisposeAsync();
        await _asking.CancelAsync();
        await _asked;
        _asking.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Words != _typed.Trim())
        {
            // Asked from elsewhere: the input follows. What somebody types here is never written over.
            (_typed, _shown) = (Words, Words);
            _fromOutside++;
        }
        _asking.Cancel();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        _asked = Task.WhenAll(_asked, SearchAsync(Words, _asking.Token));
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? _input.FocusAsync().AsTask() : Task.CompletedTask;

    private void Typed(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? string.Empty;
        _typing ??= time.CreateTimer(_ => InvokeAsync(SearchNow), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _typing.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private void SearchNow()
    {
        if (!_asking.IsCancellationRequested && _typed.Trim() != Words)
            navigation.NavigateTo(SearchAddress.Of(_typed), replace: true);
    }

    private async Task SearchAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            _zone = await viewerZone.ReadAsync(cancellationToken);
            await foreach (var answer in queries.SearchAsync(text, cancellationToken))
            {
                (_found, _problem) = answer is SearchAnswer.Found found ? (found.Snapshot, null) : ((SearchSnapshot?)null, (answer as SearchAnswer.Failed)?.Reason);
                _colors = SourceColor.Of(_found?.Groups.SelectMany(group => group.Sources) ?? []);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Other words, or nobody looks any more.
            return;
        }
    }

    private string About(EntryPage page, MergedEntry entry)
    {
        var isMine = _found?.Groups.SelectMany(group => group.Sources).FirstOrDefault(source => source.Id == entry.Source) is { IsMine: true };
        return string.Join(" · ", new[] { page.About(entry, _zone), isMine ? null : entry.Source.Owner.ToString() }.OfType<string>());
    }
}
