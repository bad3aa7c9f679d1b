using System.Text.Json;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>Owners that keep entries and answer writes as conditions and keys demand, or as the test says instead.</summary>
internal sealed class Writing
{
    private readonly Dictionary<(SourceId, Uid), (string Text, ETag ETag)> _entries = [];
    private readonly Dictionary<string, (PlannedWrite Write, SaveOutcome Outcome)> _answered = [];
    private int _version = 1;

    /// <summary>Everything that was sent.</summary>
    public List<PlannedWrite> Sent { get; } = [];

    /// <summary>Answers instead of the next writes; the second half tells whether the write happens all the same.</summary>
    public Queue<(WriteAnswer? Answer, bool Happens)> Instead { get; } = [];

    public Dictionary<Guid, EntryDraft<EventForm>> Kept { get; } = [];

    /// <summary>Told of every write before it is answered.</summary>
    public Action<PlannedWrite>? Seen { get; set; }

    /// <summary>Instead of what reading finds.</summary>
    public EntryAnswer? Answer { get; set; }

    public bool HasRoomForDrafts { get; set; } = true;

    public EntryCalls<EventForm> Calls => new(
        EventKind.Instance,
        (source, uid, _) => Task.FromResult(Read(source, uid)),
        (write, _) => Task.FromResult(Write(write)),
        _ => Task.FromResult<IReadOnlyList<KeptDraft<EventForm>>>([.. Kept.Select(kept => new KeptDraft<EventForm>(kept.Key, kept.Value, Instant.FromUtc(2025, 3, 14, 13, 0)))]),
        (id, draft, _) =>
        {
            if (HasRoomForDrafts)
                Kept[id] = EntryDraft.Read(JsonSerializer.Serialize(draft, EventKind.Instance.Drafts), EventKind.Instance) ?? throw new InvalidOperationException("The draft cannot be read again.");
            return Task.FromResult(HasRoomForDrafts);
        },
        (id, _) =>
        {
            Kept.Remove(id);
            return Task.CompletedTask;
        })
    {
        Aside = Aside,
    };

    /// <summary>How the dialog counts: at once, or as the test says.</summary>
    public Func<Func<string>, CancellationToken, Task<string>> Aside { get; set; } = (work, _) => Task.FromResult(work());

    /// <summary>What the next writes are answered with; null where nothing is in the way.</summary>
    /// <param name="happens">Whether they happen all the same.</param>
    public void Then(bool happens, params WriteAnswer?[] answers)
    {
        foreach (var answer in answers)
            Instead.Enqueue((answer, happens));
    }

    public int Count => _entries.Count;

    public IReadOnlyList<string> Texts => [.. _entries.Values.Select(entry => entry.Text)];

    public string? Text(Source source, string uid) => _entries.TryGetValue((source.Id, Uid.Parse(uid)), out var entry) ? entry.Text : null;

    /// <summary>Somebody writes past the dialog.</summary>
    public void Put(Source source, string uid, string text) => _entries[(source.Id, Uid.Parse(uid))] = (text.ReplaceLineEndings("\r\n"), Next());

    /// <summary>What owners do with keys after some weeks.</summary>
    public void ForgetKeys() => _answered.Clear();

    public void Remove(Source source, string uid) => _entries.Remove((source.Id, Uid.Parse(uid)));

    private EntryAnswer Read(SourceId source, Uid uid) =>
        Answer is { } answer ? answer
        : _entries.TryGetValue((source, uid), out var entry) ? new EntryAnswer.Found(new Entry(source.Collection, uid, entry.ETag, entry.Text)) : new EntryAnswer.NotFound();

    private WriteAnswer Write(PlannedWrite write)
    {
        Sent.Add(write);
        Seen?.Invoke(write);
        if (Instead.TryDequeue(out var instead) && instead.Answer is { } answer)
        {
            if (instead.Happens)
                Decide(write);
            return answer;
        }
        return new WriteAnswer.Decided(Decide(write));
    }

    private SaveOutcome Decide(PlannedWrite write)
    {
        if (_answered.TryGetValue(write.Key, out var before))
            return before.Write == write ? before.Outcome : new SaveOutcome.KeyReused();
        var outcome = Apply(write);
        _answered[write.Key] = (write, outcome);
        return outcome;
    }

    private SaveOutcome Apply(PlannedWrite write)
    {
        var key = (write.Source, write.Uid);
        var isThere = _entries.TryGetValue(key, out var there);
        if (isThere ? write.ETag != there.ETag : write.ETag is not null)
            return write.Text is null && !isThere ? new SaveOutcome.NotFound() : new SaveOutcome.Stale(isThere ? new Entry(write.Source.Collection, write.Uid, there.ETag, there.Text) : null);
        if (write.Text is not { } text)
        {
            _entries.Remove(key);
            return new SaveOutcome.Deleted();
        }
        _entries[key] = (text, Next());
        return new SaveOutcome.Saved(_entries[key].ETag);
    }

    private ETag Next() => ETag.Parse($"1.{_version++}");
}
