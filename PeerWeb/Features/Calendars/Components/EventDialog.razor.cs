using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>One event, read whole when the dialog opens; what the month knew already shows at once.</summary>
public sealed partial class EventDialog(ILogger<EventDialog> log) : ComponentBase, IAsyncDisposable
{
    public static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        CloseButton = true,
        BackdropClick = true,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private readonly CancellationTokenSource _closed = new();
    private EventAnswer? _answer;

    [Parameter, EditorRequired]
    public required EventInstance Instance { get; set; }

    [Parameter, EditorRequired]
    public required Source Source { get; set; }

    /// <summary>A checked colour.</summary>
    [Parameter, EditorRequired]
    public required string Color { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    [Parameter, EditorRequired]
    public required Instant Now { get; set; }

    [Parameter, EditorRequired]
    public required Func<CancellationToken, Task<EventAnswer>> Read { get; set; }

    [CascadingParameter]
    private IMudDialogInstance? Dialog { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _closed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var closed = _closed.Token;
        _answer = null;
        try
        {
            _answer = await Read(closed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            _answer = new EventAnswer.Unavailable("This server could not read the event");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading an event failed")]
    private partial void LogFailed(Exception exception);
}
