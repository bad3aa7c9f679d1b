using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Storage;
using PeerWeb.Shared;

namespace PeerWeb.Features.Search;

/// <summary>How a search stands.</summary>
public abstract record SearchAnswer
{
    private SearchAnswer()
    {
    }

    public sealed record Found(SearchSnapshot Snapshot) : SearchAnswer;

    /// <param name="Reason">Why nothing more comes, in words for a person.</param>
    public sealed record Failed(string Reason) : SearchAnswer;
}

/// <summary>Searches, as the signed-in user of the circuit.</summary>
public sealed partial class SearchQueries(MergedSearch search, AuthenticationStateProvider authentication, ILogger<SearchQueries> log)
{
    /// <summary>How it stands whenever somebody has answered; ends when everyone has, or with a failure.</summary>
    public async IAsyncEnumerable<SearchAnswer> SearchAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var found = search.SearchAsync(await authentication.NameAsync(), text, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            SearchAnswer? answer;
            try
            {
                answer = await found.MoveNextAsync() ? new SearchAnswer.Found(found.Current) : null;
            }
            catch (InvalidQueryException invalid)
            {
                answer = new SearchAnswer.Failed(invalid.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
                answer = new SearchAnswer.Failed(StoreFaults.In(exception)?.Message ?? "This server could not search.");
            }
            if (answer is null)
                yield break;
            yield return answer;
            if (answer is SearchAnswer.Failed)
                yield break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A search failed")]
    private partial void LogFailed(Exception exception);
}
