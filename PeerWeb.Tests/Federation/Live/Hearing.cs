using System.Threading.Channels;
using PeerWeb.Core.Federation.Merge;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>What an installation's open views are told, in order, with a guard against hanging.</summary>
internal sealed class Hearing : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly SourceChanges _changes;
    private readonly Channel<SourceChange> _heard = Channel.CreateUnbounded<SourceChange>();

    public Hearing(SourceChanges changes)
    {
        _changes = changes;
        changes.Changed += Note;
    }

    public async Task<SourceChange> NextAsync() =>
        await _heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(HangGuard, TestContext.Current.CancellationToken);

    /// <summary>All that was heard and not taken yet.</summary>
    public IReadOnlyList<SourceChange> Rest()
    {
        var rest = new List<SourceChange>();
        while (_heard.Reader.TryRead(out var change))
            rest.Add(change);
        return rest;
    }

    public void Dispose() => _changes.Changed -= Note;

    private void Note(SourceChange change) => _heard.Writer.TryWrite(change);
}
