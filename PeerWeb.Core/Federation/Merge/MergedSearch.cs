using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What one app has for a search so far.</summary>
/// <param name="Entries">By title, those of one title by time; of each installation at most <see cref="MergedSearch.MostHits"/>.</param>
/// <param name="HasMore">Some installation has more than that: the app's own list shows them.</param>
/// <param name="Installations">Who was asked, and how each stands; this one first.</param>
public sealed record SearchGroup(
    AppId App, IReadOnlyList<MergedEntry> Entries, bool HasMore, IReadOnlyList<Installation> Installations, IReadOnlyList<Source> Sources);

/// <summary>A search as it stands at one moment.</summary>
/// <param name="Groups">Of each app, by its id, also where it has nothing.</param>
/// <param name="IsComplete">Everyone has answered or will not.</param>
public sealed record SearchSnapshot(IReadOnlyList<SearchGroup> Groups, bool IsComplete)
{
    /// <summary>Installations whose entries are missing, or may be old: they did not answer.</summary>
    public IReadOnlyList<Installation> Unanswered { get; } =
        [.. Groups.SelectMany(group => group.Installations).Where(one => one.Status is { State: SourceState.Offline or SourceState.Stale }).DistinctBy(one => one.Domain)];
}

/// <summary>One text over all apps, of this installation and all peers.</summary>
public sealed class MergedSearch(MergedView view, AppRegistry apps)
{
    /// <summary>Of one app and installation.</summary>
    public const int MostHits = 20;

    public const int MostCharacters = 200;

    /// <summary>How it stands whenever an installation has answered for an app; the last one is complete.</summary>
    /// <param name="text">Words that must all occur; blank finds nothing.</param>
    /// <exception cref="InvalidQueryException">More than 200 characters.</exception>
    public async IAsyncEnumerable<SearchSnapshot> SearchAsync(UserName viewer, string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = apps.All.Select(app => app.Id).OrderBy(app => app.Value, StringComparer.Ordinal).Select(app => new AppHits(app)).ToList();
        if (text.Length > MostCharacters)
            throw new InvalidQueryException("The search text is longer than 200 characters.");
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return new SearchSnapshot([.. found.Select(hits => hits.Group())], IsComplete: true);
            yield break;
        }
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrived = Channel.CreateUnbounded<(AppHits Hits, MergeUpdate Update)>();
        var all = AskAllAsync();
        try
        {
            await foreach (var (hits, update) in arrived.Reader.ReadAllAsync(cancellationToken))
            {
                hits.Take(update);
                if (update is MergeUpdate.Answered)
                    yield return new SearchSnapshot([.. found.Select(one => one.Group())], IsComplete: false);
            }
            yield return new SearchSnapshot([.. found.Select(one => one.Group())], IsComplete: true);
        }
        finally
        {
            // A search that is left early takes its questions with it.
            await stopping.CancelAsync();
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task AskAllAsync()
        {
            try
            {
                await Task.WhenAll(found.Select(AskAsync));
                arrived.Writer.Complete();
            }
            catch (Exception failed)
            {
                arrived.Writer.Complete(failed);
                throw;
            }
        }

        async Task AskAsync(AppHits hits)
        {
            await Task.Yield();
            var query = new EntryQuery { App = hits.App, Text = text, Sort = EntrySort.Title, Limit = MostHits };
            await foreach (var update in view.QueryAsync(viewer, query, stopping.Token))
                await arrived.Writer.WriteAsync((hits, update), stopping.Token);
        }
    }

    /// <summary>What has arrived for one app.</summary>
    private sealed class AppHits(AppId app)
    {
        private static readonly QueryOrder Order = QueryOrder.OfList(EntrySort.Title);
        private static readonly IComparer<string> Titles = Comparer<string>.Create(Folding.Compare);

        private readonly Dictionary<Domain, MergeUpdate.Answered> _answers = [];
        private MergeUpdate.Asked _asked = new([], []);

        public AppId App => app;

        public void Take(MergeUpdate update)
        {
            switch (update)
            {
                case MergeUpdate.Asked asked:
                    _asked = asked;
                    break;
                case MergeUpdate.Answered answered:
                    _answers[answered.Installation.Domain] = answered;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(update));
            }
        }

        public SearchGroup Group() => new(
            app,
            [
                .. _answers.Values.SelectMany(answer => answer.Entries.Take(MostHits)).Select(entry => (Entry: entry, Place: Order.Place(entry.Summary)))
                    .OrderBy(hit => hit.Place.Title, Titles).ThenBy(hit => hit.Place.Start).ThenBy(hit => hit.Place, Order).Select(hit => hit.Entry),
            ],
            _answers.Values.Any(answer => answer.Next is not null),
            [.. _asked.Installations.Select(one => _answers.TryGetValue(one.Domain, out var answer) ? answer.Installation : one)],
            [.. _answers.Values.SelectMany(answer => answer.Sources), .. _asked.Sources.Where(source => !_answers.ContainsKey(source.Id.Owner.Domain))]);
    }
}
