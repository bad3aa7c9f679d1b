using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Shared.Files;

namespace PeerWeb.Shared.Import;

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

/// <summary>The body of an app's import page: takes a file, shows what it would change in a collection, and then imports it with a report for each entry.</summary>
public sealed partial class FileImport(
    ImportCallsOf callsOf, IEnumerable<AppFiles> apps, BrowserDownload download, TimeProvider time, ILogger<FileImport> log) : ComponentBase, IAsyncDisposable
{
    /// <summary>The largest file that a browser may send; the command line takes any.</summary>
    public const long LargestFile = 10 * 1024 * 1024;
    public const int LongestName = 100;
    private const string NewCollection = "new";
    private const long MebiBytes = LargestFile / (1024 * 1024);
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<Source> _targets = [];
    private ImportStep _step = ImportStep.Choosing;
    private ImportProgress _progress = ImportProgress.None;
    private ImportPreview? _preview;
    private ImportReport _report = new();
    private UploadedFile? _uploaded;
    private ColumnMapping? _columns;
    private ImportCalls? _calls;
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

    /// <summary>The app whose files these are; the same for as long as the page is open.</summary>
    [Parameter, EditorRequired]
    public required AppFiles Files { get; set; }

    private string TargetId => $"import-{Files.App}";

    /// <summary>All apps whose files can be imported, this one among them.</summary>
    private List<AppFiles> Apps => [.. apps];

    private ImportCalls Calls => _calls ??= callsOf(Files.App);

    private bool _isBusy => _step is ImportStep.Reading or ImportStep.Importing;

    private string ImportWords => _preview is { HasWork: true, Counts: var counts } && _step == ImportStep.Ready
        ? $"Import {ImportProgress.Number(counts.Of(Core.Entries.ImportOutcome.Added) + counts.Of(Core.Entries.ImportOutcome.Updated))} {Files.Nouns.Entries}"
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
            await foreach (var targets in Calls.Targets(_left.Token))
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
        _target = NewCollection;
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
        (_fileName, _failure, _end, _preview, _columns, _report, _step) = (null, null, null, null, null, new ImportReport(), ImportStep.Choosing);
        if (file.Size > LargestFile)
        {
            _failure = $"“{file.Name}” has {ImportProgress.Mebi(file.Size)} MiB; a browser may send at most {MebiBytes} MiB. "
                + $"Your administrator can import a file of any size on the command line: PeerWeb import FILE --user YOU --app {Files.App}.";
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

    /// <summary>The viewer wants another collection; what the import would do there is another thing.</summary>
    private async Task AimAsync(ChangeEventArgs args)
    {
        if (_step == ImportStep.Importing || args.Value is not string target)
            return;
        _target = target;
        await PreviewAsync();
    }

    /// <summary>The viewer says what a column is: what the import would do is another thing then.</summary>
    private async Task MapAsync(ColumnChoice choice)
    {
        if (_step == ImportStep.Importing || _columns?.With(choice.Column, choice.Field) is not { } columns)
            return;
        _columns = columns;
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        if (_uploaded is null || _step == ImportStep.Importing || _waiting > 0)
            return;
        await StopAsync();
        // What began or waits since then reads for the collection that is chosen now.
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
        _columns = await Files.FindColumns(received.Head, cancellationToken);
        await ReadAsync(received, cancellationToken);
    }

    private async Task ReadAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        // Without a target there is nothing to compare with yet; the first one that is known starts this again.
        if (_target is null)
            return;
        var preview = new ImportPreview(Files.Words);
        (_preview, _end, _done, _report) = (preview, null, null, new ImportReport());
        _progress = ImportProgress.Of("Reading the file", Files.Nouns.Entries, 0, null);
        await foreach (var entry in Calls.Preview(Target(), new ImportedFile(file.Rewind(), _columns), cancellationToken).WithCancellation(cancellationToken))
        {
            preview.Add(entry);
            Show(ImportProgress.Of("Comparing", Files.Nouns.Entries, preview.Counts.Total, preview.Total));
        }
        _step = ImportStep.Ready;
        if (preview.Counts.Total == 0)
            _end = $"There is no {Files.Nouns.Entry} in this file.";
        else if (!preview.HasWork)
            _end = preview.Counts.Of(Core.Entries.ImportOutcome.Failed) == 0
                ? "Everything in this file is there already."
                : "There is nothing in this file that could be imported.";
    }

    private async Task ImportAsync()
    {
        if (_step != ImportStep.Ready || _uploaded is not { } file)
            return;
        if (_target == NewCollection && string.IsNullOrWhiteSpace(_name))
        {
            _failure = $"Give the new {Files.Nouns.Collection} a name.";
            return;
        }
        await RunAsync(ImportStep.Importing, token => WriteAsync(file, token), "Cancelled. What is listed below is done and stays; importing the file again goes on from there.");
    }

    private async Task WriteAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        var report = new ImportReport();
        (_report, _end, _done) = (report, null, null);
        _progress = ImportProgress.Of("Importing", Files.Nouns.Entries, 0, _preview?.Total);
        var target = Target() ?? await AddAsync(cancellationToken);
        await foreach (var result in Calls.Import(target, new ImportedFile(file.Rewind(), _columns), cancellationToken).WithCancellation(cancellationToken))
        {
            report.Add(result);
            Show(ImportProgress.Of("Importing", Files.Nouns.Entries, report.Counts.Total, report.Total));
        }
        (_step, _done) = (ImportStep.Done, target);
        _end = report.Failed.Count == 0 ? "The file is imported." : $"The file is imported, except for the {Files.Nouns.Entries} that are listed as problems.";
    }

    private async Task<SourceId> AddAsync(CancellationToken cancellationToken)
    {
        var made = await Calls.AddCollection(_name.Trim(), cancellationToken);
        await foreach (var targets in Calls.Targets(cancellationToken))
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
            ? download.SaveAsync($"{name}.csv", "text/csv;charset=utf-8", ReportFile.Csv(Files.Nouns.Entry, _report.Results), _left.Token)
            : download.SaveAsync($"{name}.txt", "text/plain;charset=utf-8", ReportFile.Text(_fileName ?? string.Empty, _report.Counts, _report.Results), _left.Token);
    }
}
