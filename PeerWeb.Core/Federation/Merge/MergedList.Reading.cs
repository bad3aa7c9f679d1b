using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <content>What is asked of installations, and what becomes of their answers.</content>
public sealed partial class MergedList
{
    private async Task StartAsync()
    {
        await Task.Yield();
        var offered = await _questions.ListAsync(_viewer, _query.App, _life.Token);
        lock (_gate)
        {
            _parts.Add(new ListPart(offered.Own, [], peer: null, NewPages()));
            _parts.AddRange(offered.Asked.Select(asked => new ListPart(asked.Expected.Installation, asked.Expected.Sources, asked.Peer, NewPages())));
            foreach (var part in _parts)
                Begin(part, _pageSize, token => WatchedAsync(ReadFirstAsync(part, _pageSize, token)));
            _parts.AddRange(offered.Over.Select(Ended));
        }
    }

    private async Task<bool> ReadAgainAsync(Domain installation)
    {
        var offered = installation == _questions.Own ? null : await _questions.ListAsync(_viewer, _query.App, _life.Token);
        Task reading;
        lock (_gate)
        {
            if (PartOf(installation, offered) is not { } part)
            {
                Publish();
                return false;
            }
            var room = MostEntries - Loaded() + part.Pages.Count;
            var limit = Math.Clamp(Math.Max(part.Pages.Count, _pageSize), 1, Math.Clamp(room, 1, EntryQuery.MaxLimit));
            reading = Begin(part, limit, token => ReadFirstAsync(part, limit, token));
        }
        await reading;
        return true;
    }

    /// <summary>The part that is to be read again, as its offers stand now; null where nobody is to be asked.</summary>
    private ListPart? PartOf(Domain installation, OfferedInstallations? offered)
    {
        var place = _parts.FindIndex(part => part.Domain == installation);
        if (offered is null)
            return place < 0 ? null : _parts[place];
        foreach (var (peer, expected) in offered.Asked.Where(asked => asked.Peer.Domain == installation))
        {
            if (place < 0)
                _parts.Add(new ListPart(expected.Installation, expected.Sources, peer, NewPages()));
            var part = place < 0 ? _parts[^1] : _parts[place];
            part.Peer = peer;
            return part;
        }
        if (place >= 0)
            _parts.RemoveAt(place);
        _parts.AddRange(offered.Over.Where(ended => ended.Installation.Domain == installation).Select(Ended));
        return null;
    }

    /// <summary>Reads one installation from the beginning, as far as it was read before.</summary>
    private async Task ReadFirstAsync(ListPart part, int limit, CancellationToken cancellationToken)
    {
        var query = _query with { Limit = limit };
        var answered = part.Peer is { } peer
            ? await _questions.AskPeerAsync(peer, _viewer, query, isPage: true, cancellationToken)
            : await _questions.AskOwnAsync(_viewer, query, isPage: true, cancellationToken);
        var pages = NewPages();
        pages.Add(answered.Entries.Take(2 * limit), answered.Next);
        if (answered.Installation.Status is { State: not SourceState.Live })
        {
            lock (_gate)
                part.Fail(answered, pages);
            return;
        }
        string? failure = null;
        while (failure is null && IsBehind(pages, part.Pages))
            (failure, _) = await ReadOnAsync(part.Peer, answered.Sources, pages, Math.Min(limit, part.Pages.Count + _pageSize - pages.Count), cancellationToken);
        lock (_gate)
        {
            part.Replace(answered, pages);
            if (failure is not null)
                part.Fail(failure, _questions.Now);
        }
    }

    /// <summary>Whether what is read again ends before what was read; up to a page of new entries in between is read as well, so that nothing at the end goes.</summary>
    private bool IsBehind(ListedPages again, ListedPages before)
    {
        if (again.Next is not { } next || before.Count == 0)
            return false;
        return again.Count < before.Count || again.Count < before.Count + _pageSize && (before.Next is not { } reached || _order.Compare(next, reached) < 0);
    }

    private async Task ReadNextAsync(ListPart part, int limit, CancellationToken cancellationToken)
    {
        // Read again meanwhile, it may have come to its end.
        if (part.Pages is not { Next: not null } pages)
            return;
        var (failure, note) = await ReadOnAsync(part.Peer, part.Sources, pages, limit, cancellationToken);
        lock (_gate)
        {
            if (failure is null)
                part.Settle(note);
            else
                part.Fail(failure, _questions.Now);
        }
    }

    /// <returns>Why there is no page, or what must be known of the one there is.</returns>
    private async Task<(string? Failure, string? Note)> ReadOnAsync(
        AcceptedPeer? peer, IReadOnlyList<Source> sources, ListedPages pages, int limit, CancellationToken cancellationToken)
    {
        var asked = sources.Where(source => source.Status.State == SourceState.Live && _query.Collections?.Contains(source.Id.Collection) != false)
            .GroupBy(source => source.Id.Collection).ToDictionary(group => group.Key, group => group.First().Id);
        var (page, failure) = await _questions.MoreAsync(
            peer, _viewer, _query with { Limit = limit, Cursor = pages.Next, Collections = [.. asked.Keys] }, cancellationToken);
        if (page is null)
            return (failure, null);
        lock (_gate)
            pages.Add(page.Entries.Take(limit).Where(entry => asked.ContainsKey(entry.Collection)).Select(entry => new MergedEntry(asked[entry.Collection], entry)), page.Next);
        return (null, AnswerNote.Of(page, isPage: true));
    }
}
