using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Import;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>Reads an .ics file into one of the viewer's calendars and says what became of each event.</summary>
public sealed partial class CalendarImportPage(CalendarQueries queries, TimeProvider time, ILogger<CalendarImportPage> log) : ComponentBase, IAsyncDisposable
{
    /// <summary>The largest file that a browser may send; the command line takes any.</summary>
    public const long LargestFile = 10 * 1024 * 1024;
    public const int LongestName = 100;
    private const string NewCalendar = "new";
    private const long MegaBytes = LargestFile / (1024 * 1024);
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<OwnCalendar> _calendars = [];
    private ImportReport _report = new();
    private CancellationTokenSource? _run;
    private Stream? _content;
    private IBrowserFile? _file;
    private string _target = NewCalendar;
    private string _name = string.Empty;
    private string? _failure;
    private string? _end;
    private long _read;

    private bool _isRunning => _run is not null;

    private string Percent => (_file is { Size: > 0 } file ? Math.Min(100, 100 * _read / file.Size) : 0).ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_content is not null)
            await _content.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        _calendars = await queries.OwnCalendars(_left.Token);
        _target = _calendars.Count > 0 ? _calendars[0].Id.ToString() : NewCalendar;
    }

    private void Choose(InputFileChangeEventArgs args)
    {
        (_file, _failure, _end, _report) = (null, null, null, new ImportReport());
        if (args.FileCount != 1)
            return;
        if (args.File.Size > LargestFile)
            _failure = $"“{args.File.Name}” has {Size(args.File.Size)} MiB; a browser may send at most {MegaBytes} MiB. Split it, or let your administrator import it on the command line.";
        else if (args.File.Size == 0)
            _failure = $"“{args.File.Name}” is empty.";
        else
            _file = args.File;
        if (_file is not null && _name.Length == 0)
            _name = Path.GetFileNameWithoutExtension(_file.Name) is { Length: > LongestName } name ? name[..LongestName] : Path.GetFileNameWithoutExtension(_file.Name);
    }

    private async Task StartAsync()
    {
        if (_isRunning || _file is not { } file)
            return;
        (_failure, _end, _read, _report) = (null, null, 0, new ImportReport());
        if (_target == NewCalendar && string.IsNullOrWhiteSpace(_name))
        {
            _failure = "Give the new calendar a name.";
            return;
        }
        using var run = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        _run = run;
        try
        {
            var calendar = await TargetAsync(run.Token);
            await ReadAsync(file, calendar, run.Token);
            _end = _report.Failed == 0 ? "The file is imported." : "The file is imported, except for the events below that could not be read.";
            if (_report.Count == 0)
                _end = "There was no event in this file.";
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            _end = "Cancelled. What is listed below is done and stays; importing the file again goes on from there.";
        }
        catch (IOException exception)
        {
            LogFailed(exception);
            _failure = "The file could not be read from your browser. What is listed below is done; choose the file again to go on.";
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            _failure = "The import ended early because of a failure on this server. What is listed below is done; importing the file again goes on from there.";
        }
        finally
        {
            _run = null;
        }
    }

    private async Task<CollectionId> TargetAsync(CancellationToken cancellationToken)
    {
        if (CollectionId.TryParse(_target, out var known))
            return known;
        var made = await queries.AddCalendar(_name.Trim(), cancellationToken);
        _calendars = await queries.OwnCalendars(cancellationToken);
        _target = made.ToString();
        return made;
    }

    private async Task ReadAsync(IBrowserFile file, CollectionId calendar, CancellationToken cancellationToken)
    {
        await using var content = new CountingStream(file.OpenReadStream(LargestFile, cancellationToken), count => _read = count);
        _content = content;
        var drawn = time.GetTimestamp();
        await foreach (var result in queries.Import(calendar, content, cancellationToken).WithCancellation(cancellationToken))
        {
            _report.Add(result);
            if (time.GetElapsedTime(drawn) < DrawEvery)
                continue;
            drawn = time.GetTimestamp();
            StateHasChanged();
        }
        _content = null;
    }

    private async Task CancelAsync()
    {
        if (_run is { } run)
            await run.CancelAsync();
    }

    private static string Size(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Error, Message = "An import ended early")]
    private partial void LogFailed(Exception exception);
}
