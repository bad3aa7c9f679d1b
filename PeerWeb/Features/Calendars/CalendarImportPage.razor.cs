using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Import;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars;

/// <summary>Where an import stands.</summary>
public enum ImportStep
{
    Choosing,
    Reading,

    /// <summary>The preview is complete.</summary>
    Ready,
    Importing,
    Done,
}

/// <summary>Takes an .ics file, shows what it would change in a calendar, and then imports it with a report for each event.</summary>
public sealed partial class CalendarImportPage(
    CalendarQueries queries, BrowserDownload download, TimeProvider time, ILogger<CalendarImportPage> log) : ComponentBase, IAsyncDisposable
{
    /// <summary>The largest file that a browser may send; the command line takes any.</summary>
    public const long LargestFile = 10 * 1024 * 1024;
    public const int LongestName = 100;
    private const string NewCalendar = "new";
    private const long MebiBytes = LargestFile / (1024 * 1024);
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<Source> _targets = [];
    private ImportStep _step = ImportStep.Choosing;
    private ImportProgress _progress = ImportProgress.None;
    private ImportPreview? _preview;
    private ImportReport _report = new();
    private UploadedFile? _uploaded;
    private CancellationTokenSource? _run;
    private Task _running = Task.CompletedTask;
    private int _choices;
    private int _waiting;
    private string? _fileName;
    private string? _target;
    private string _name = string.Empty;
    private string? _failure;
    private string? _end;
    private SourceId? _done;
    private long _drawn;

    private bool _isBusy => _step is ImportStep.Reading or ImportStep.Importing;

    private string ImportWords => _preview is { HasWork: true, Counts: var counts } && _step == ImportStep.Ready
        ? $"Import {ImportProgress.Number(counts.Of(Core.Entries.ImportOutcome.Added) + counts.Of(Core.Entries.ImportOutcome.Updated))} events"
        : "Import";

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _running;
        _left.Dispose();
        if (_uploaded is not null)
            await _uploaded.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await foreach (var targets in queries.Import.Targets(_left.Token))
            {
                _targets = targets;
                var first = targets.FirstOrDefault(target => target.IsMine)?.Id.ToString();
                if (_target is null && first is not null)
                {
                    _target = first;
                    await PreviewAsync();
                }
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        if (_target is not null)
            return;
        _target = NewCalendar;
        await PreviewAsync();
    }

    private async Task ChooseAsync(InputFileChangeEventArgs args)
    {
        if (args.FileCount != 1 || _step == ImportStep.Importing)
            return;
        var (file, choice) = (args.File, ++_choices);
        _waiting++;
        while (!_running.IsCompleted)
            await StopAsync();
        _waiting--;
        // Of several that waited for the same end, the file that was chosen last counts.
        if (choice != _choices || _left.IsCancellationRequested)
            return;
        (_fileName, _failure, _end, _preview, _report, _step) = (null, null, null, null, new ImportReport(), ImportStep.Choosing);
        if (file.Size > LargestFile)
        {
            _failure = $"“{file.Name}” has {ImportProgress.Mebi(file.Size)} MiB; a browser may send at most {MebiBytes} MiB. "
                + $"Your administrator can import a file of any size on the command line: PeerWeb import FILE --user YOU.";
            return;
        }
        if (file.Size == 0)
        {
            _failure = $"“{file.Name}” is empty.";
            return;
        }
        _fileName = file.Name;
        if (_name.Length == 0)
            _name = Path.GetFileNameWithoutExtension(file.Name) is { Length: > LongestName } name ? name[..LongestName] : Path.GetFileNameWithoutExtension(file.Name);
        await RunAsync(ImportStep.Reading, token => ReceiveAsync(file, token), "Cancelled. Nothing was written.");
    }

    /// <summary>The viewer wants another calendar; what the import would do there is another thing.</summary>
    private async Task AimAsync(ChangeEventArgs args)
    {
        if (_step == ImportStep.Importing || args.Value is not string target)
            return;
        _target = target;
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        if (_uploaded is null || _step == ImportStep.Importing || _waiting > 0)
            return;
        await StopAsync();
        // What began or waits since then reads for the calendar that is chosen now.
        if (_uploaded is { } file && _running.IsCompleted && _waiting == 0 && !_left.IsCancellationRequested)
            await RunAsync(ImportStep.Reading, token => ReadAsync(file, token), "Cancelled. Nothing was written.");
    }

    private async Task ReceiveAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        if (_uploaded is not null)
            await _uploaded.DisposeAsync();
        _uploaded = null;
        _progress = ImportProgress.Uploading(0, file.Size);
        await using var content = file.OpenReadStream(LargestFile, cancellationToken);
        var received = await UploadedFile.ReceiveAsync(content, done => Show(ImportProgress.Uploading(done, file.Size)), cancellationToken);
        _uploaded = received;
        await ReadAsync(received, cancellationToken);
    }

    private async Task ReadAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        // Without a target there is nothing to compare with yet; the first one that is known starts this again.
        if (_target is null)
            return;
        var preview = new ImportPreview();
        (_preview, _end, _done, _report) = (preview, null, null, new ImportReport());
        _progress = ImportProgress.Events("Reading the file", 0, null);
        await foreach (var entry in queries.Import.Preview(Target(), file.Rewind(), cancellationToken).WithCancellation(cancellationToken))
        {
            preview.Add(entry);
            Show(ImportProgress.Events("Comparing", preview.Counts.Total, preview.Total));
        }
        _step = ImportStep.Ready;
        if (preview.Counts.Total == 0)
            _end = "There is no event in this file.";
        else if (!preview.HasWork)
            _end = preview.Counts.Of(Core.Entries.ImportOutcome.Failed) == 0
                ? "Everything in this file is there already."
                : "There is nothing in this file that could be imported.";
    }

    private async Task ImportAsync()
    {
        if (_step != ImportStep.Ready || _uploaded is not { } file)
            return;
        if (_target == NewCalendar && string.IsNullOrWhiteSpace(_name))
        {
            _failure = "Give the new calendar a name.";
            return;
        }
        await RunAsync(ImportStep.Importing, token => WriteAsync(file, token), "Cancelled. What is listed below is done and stays; importing the file again goes on from there.");
    }

    private async Task WriteAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        var report = new ImportReport();
        (_report, _end, _done) = (report, null, null);
        _progress = ImportProgress.Events("Importing", 0, _preview?.Total);
        var target = Target() ?? await AddAsync(cancellationToken);
        await foreach (var result in queries.Import.Import(target, file.Rewind(), cancellationToken).WithCancellation(cancellationToken))
        {
            report.Add(result);
            Show(ImportProgress.Events("Importing", report.Counts.Total, report.Total));
        }
        (_step, _done) = (ImportStep.Done, target);
        _end = report.Failed.Count == 0 ? "The file is imported." : "The file is imported, except for the events that are listed as problems.";
    }

    private async Task<SourceId> AddAsync(CancellationToken cancellationToken)
    {
        var made = await queries.Import.AddCalendar(_name.Trim(), cancellationToken);
        await foreach (var targets in queries.Import.Targets(cancellationToken))
        {
            _targets = targets;
            break;
        }
        _target = made.ToString();
        return made;
    }

    private SourceId? Target() => SourceId.TryParse(_target, out var source) ? source : null;

    private Task DownloadAsync(ReportForm form)
    {
        var name = $"{Path.GetFileNameWithoutExtension(_fileName)}-import";
        return form == ReportForm.Csv
            ? download.SaveAsync($"{name}.csv", "text/csv;charset=utf-8", ReportFile.Csv(_report.Results), _left.Token)
            : download.SaveAsync($"{name}.txt", "text/plain;charset=utf-8", ReportFile.Text(_fileName ?? string.Empty, _report.Counts, _report.Results), _left.Token);
    }
}
