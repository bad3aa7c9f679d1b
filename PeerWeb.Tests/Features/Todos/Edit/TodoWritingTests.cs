using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Todos.Edit;

public sealed class TodoWritingTests
{
    private static readonly TodoKey Key = new(TodoView.Mine.Id, Uid.Parse("a"), null);

    private readonly List<PlannedWrite> _sent = [];
    private readonly Queue<WriteAnswer> _instead = [];
    private string _text = TodoView.Text("a", "SUMMARY:Call");
    private int _version = 1;

    [Fact]
    public async Task What_is_done_can_be_undone()
    {
        var before = _text;

        var done = await CompleteAsync();

        Assert.Equal("Told.", done.Message);
        Assert.Contains("STATUS:COMPLETED", _text, StringComparison.Ordinal);
        var undo = Assert.Single(done.Undo);
        Assert.Equal((before, ETag.Parse("1.2")), (undo.Text, undo.ETag));
    }

    [Fact]
    public async Task Who_was_faster_loses_nothing()
    {
        _instead.Enqueue(new WriteAnswer.Decided(new SaveOutcome.Stale(null)));

        await CompleteAsync(onFirstWrite: () => (_text, _version) = (TodoView.Text("a", "SUMMARY:Call Sam"), 7));

        Assert.Contains("SUMMARY:Call Sam", _text, StringComparison.Ordinal);
        Assert.Contains("STATUS:COMPLETED", _text, StringComparison.Ordinal);
        Assert.Equal(["1.1", "1.7"], _sent.Select(write => write.ETag?.Value));
    }

    [Fact]
    public async Task It_is_not_tried_for_ever()
    {
        for (var i = 0; i < 5; i++)
            _instead.Enqueue(new WriteAnswer.Decided(new SaveOutcome.Stale(null)));

        var done = await CompleteAsync();

        Assert.Equal(3, _sent.Count);
        Assert.Contains("somebody else is changing", done.Message, StringComparison.Ordinal);
        Assert.Empty(done.Undo);
    }

    [Fact]
    public async Task An_owner_that_does_not_answer_is_told_of()
    {
        _instead.Enqueue(new WriteAnswer.Unavailable("It does not answer.", MayHaveHappened: false));

        Assert.Equal("Nothing was saved at acme.example. It does not answer.", (await CompleteAsync()).Message);
    }

    [Fact]
    public async Task A_right_that_is_gone_is_told_of()
    {
        _instead.Enqueue(new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Edit)));

        Assert.Contains("you may not edit its todos now. Nothing was changed.", (await CompleteAsync()).Message, StringComparison.Ordinal);
    }

    private Task<EntryResult.Done> CompleteAsync(Action? onFirstWrite = null)
    {
        var calls = new EntryCalls<TodoForm>(
            TodoKind.Instance,
            (_, _, _) => Task.FromResult<EntryAnswer>(new EntryAnswer.Found(new Entry(Key.Source.Collection, Key.Uid, ETag.Parse($"1.{_version}"), _text))),
            (write, _) =>
            {
                _sent.Add(write);
                if (_sent.Count == 1)
                    onFirstWrite?.Invoke();
                if (_instead.TryDequeue(out var answer))
                    return Task.FromResult(answer);
                (_text, _version) = (write.Text ?? string.Empty, _version + 1);
                return Task.FromResult<WriteAnswer>(new WriteAnswer.Decided(new SaveOutcome.Saved(ETag.Parse($"1.{_version}"))));
            },
            _ => Task.FromResult<IReadOnlyList<KeptDraft<TodoForm>>>([]), (_, _, _) => Task.FromResult(true), (_, _) => Task.CompletedTask)
        {
            Aside = (work, _) => Task.FromResult(work()),
        };
        return new TodoWriting(calls).ChangeAsync(
            Key, text => TodoEdits.WithStatus(text, null, TodoStatus.Completed, TodoView.Now), "Told.", TodoView.Scene(), TestContext.Current.CancellationToken);
    }
}
