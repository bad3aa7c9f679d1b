using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>One installation in a merged list: how it stands, and what was read of it. Changed under the list's lock alone.</summary>
/// <param name="peer">Null: this installation, or one that nobody asks.</param>
internal sealed class ListPart(Installation installation, IReadOnlyList<Source> sources, AcceptedPeer? peer, ListedPages pages)
{
    private Instant? _good;

    public Installation Installation { get; private set; } = installation;

    public IReadOnlyList<Source> Sources { get; private set; } = sources;

    public AcceptedPeer? Peer { get; set; } = peer;

    public ListedPages Pages { get; private set; } = pages;

    public Domain Domain => Installation.Domain;

    /// <summary>It has answered and has more: what comes after its end may not show before that.</summary>
    public bool HoldsUp { get; private set; }

    /// <summary>Questions to it that run or wait for each other.</summary>
    public int Loads { get; set; }

    /// <summary>Entries that these may bring.</summary>
    public int Reserved { get; set; }

    /// <summary>The last of these.</summary>
    public Task Tail { get; set; } = Task.CompletedTask;

    /// <summary>It was read from the beginning.</summary>
    public void Replace(MergeUpdate.Answered answered, ListedPages pages)
    {
        (Installation, Sources, Pages) = (answered.Installation, answered.Sources, pages);
        _good = answered.Installation.Status?.Since;
        Settle();
    }

    /// <summary>A further page arrived in <see cref="Pages"/>.</summary>
    public void Settle(string? note = null)
    {
        HoldsUp = Pages.Next is not null;
        if ((Pages.Problem ?? note) is { } said)
            Say(status => status with { Reason = said });
    }

    /// <summary>It did not answer from the beginning: what was read stays as it is, or its last good answer takes its place.</summary>
    public void Fail(MergeUpdate.Answered answered, ListedPages held)
    {
        if (Pages.Count > 0 && answered.Installation.Status is { State: not SourceState.Refused, Reason: var reason, Since: { } since })
        {
            Fail(reason, since);
            return;
        }
        (Installation, Sources, Pages, HoldsUp) = (answered.Installation, answered.Sources, held, false);
        _good = answered.Installation.Status is { State: SourceState.Stale } stale ? stale.Since : null;
    }

    /// <summary>It gave no further page. It holds up nobody until it is asked from the beginning again.</summary>
    public void Fail(string? reason, Instant now)
    {
        HoldsUp = false;
        var status = _good is { } good ? new SourceStatus(SourceState.Stale, good, reason) : new SourceStatus(SourceState.Offline, now, reason);
        Say(_ => status);
    }

    private void Say(Func<SourceStatus, SourceStatus> change)
    {
        if (Installation.Status is { } status)
            Installation = Installation with { Status = change(status) };
        Sources = [.. Sources.Select(source => source.Status.State is SourceState.Live or SourceState.Stale ? source with { Status = change(source.Status) } : source)];
    }
}
