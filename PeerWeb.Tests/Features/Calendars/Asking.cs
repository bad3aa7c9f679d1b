using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Shared.Import;
using PeerWeb.Tests.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

/// <summary>A merged view whose answers come when the test says so.</summary>
internal sealed class Asking
{
    private readonly List<Question> _questions = [];
    private TaskCompletionSource? _next;

    public IReadOnlyList<Question> Questions => _questions;

    public Question Last => _questions[^1];

    /// <summary>The calendars that take an import; none arrive for as long as this is null.</summary>
    public IReadOnlyList<Source>? Targets { get; set; } = [];

    public Writing Writing { get; } = new();

    public IReadOnlyList<ImportedEntry> Imported { get; set; } = [];

    public IReadOnlyList<PreviewedEntry> Previewed { get; set; } = [];

    /// <summary>What a preview waits for.</summary>
    public Func<CancellationToken, Task>? BeforePreview { get; set; }

    public List<string> Made { get; } = [];

    /// <summary>Into what imports and previews went; null for a calendar yet to be made.</summary>
    public List<SourceId?> Aimed { get; } = [];

    public CalendarQueries Queries => new(
        (range, zone, token) => Ask(range, zone, token),
        Refresh,
        Writing.Calls,
        new SettingsCalls(
            _ => ReadFailure is { } failure ? Task.FromException<CalendarSettings>(failure) : Task.FromResult(Settings),
            (settings, _) => Keep(() => Settings = settings),
            _ => Task.FromResult(LastView),
            (view, _) => Keep(() => LastView = view)));

    public ImportCalls Import => new(
        _ => (Targets is null ? Array.Empty<IReadOnlyList<Source>>() : [Targets]).ToAsyncEnumerable(),
        (name, _) =>
        {
            Made.Add(name);
            return Task.FromResult(Merged.Mine.Id with { Collection = new CollectionId(new Guid(9, 0, 0, new byte[8])) });
        },
        (source, _, token) =>
        {
            Aimed.Add(source);
            return PreviewAsync(token);
        },
        (source, _, _) =>
        {
            Aimed.Add(source);
            return Failure is null ? Imported.ToAsyncEnumerable() : Imported.ToAsyncEnumerable().Concat(Fail());
        });

    /// <summary>What the server keeps for the viewer.</summary>
    public CalendarSettings Settings { get; set; } = CalendarSettings.Default;

    public string? LastView { get; set; }

    public Exception? ReadFailure { get; set; }

    /// <summary>What saving comes to.</summary>
    public Exception? SaveFailure { get; set; }

    public Func<TimeRange, string, Domain, CancellationToken, Task<MergeUpdate.Answered?>> Refresh { get; set; } =
        (_, _, _, _) => Task.FromResult<MergeUpdate.Answered?>(null);

    /// <summary>Done with the next question that is asked.</summary>
    public Task NextQuestionAsync() => (_next = new TaskCompletionSource()).Task;

    /// <summary>What ends an import after what is imported.</summary>
    public Exception? Failure { get; set; }

    private async IAsyncEnumerable<PreviewedEntry> PreviewAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (BeforePreview is { } before)
            await before(cancellationToken);
        foreach (var entry in Previewed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private async IAsyncEnumerable<ImportedEntry> Fail()
    {
        await Task.Yield();
        if (Failure is not null)
            throw Failure;
        yield break;
    }

    private Task Keep(Action save)
    {
        if (SaveFailure is { } failure)
            return Task.FromException(failure);
        save();
        return Task.CompletedTask;
    }

    private IAsyncEnumerable<MergeUpdate> Ask(TimeRange range, string zone, CancellationToken token)
    {
        var question = new Question(range, zone, token);
        _questions.Add(question);
        _next?.TrySetResult();
        return question.Updates.Reader.ReadAllAsync(token);
    }

    internal sealed record Question(TimeRange Range, string Zone, CancellationToken Token)
    {
        public Channel<MergeUpdate> Updates { get; } = Channel.CreateUnbounded<MergeUpdate>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

        public void Say(MergeUpdate update) => Assert.True(Updates.Writer.TryWrite(update));

        public void End(Exception? failure = null) => Updates.Writer.Complete(failure);

        /// <summary>Both installations are asked, and this one answers with these entries.</summary>
        public void SayLocal(params MergedEntry[] entries)
        {
            Say(new MergeUpdate.Asked([Merged.Home, Merged.Peer(SourceState.Loading)], [Merged.Mine]));
            Say(new MergeUpdate.Answered(Merged.Home, [Merged.Mine], entries));
        }
    }
}
