using System.Globalization;
using PeerWeb.Core.Federation.Budgets;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Bounds what we ask of one peer, so that no view or loop of ours floods it. Each attempt counts.</summary>
public sealed class PeerBudgetHandler(PeerBudget budget) : DelegatingHandler
{
    /// <exception cref="PeerUnavailableException">The budget of this minute is spent; nothing was sent.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!budget.TryTake(request.Content?.Headers.ContentLength ?? 0, out var retryAfter))
            throw new PeerUnavailableException(UnavailableReason.BudgetSpent, string.Create(CultureInfo.InvariantCulture,
                $"We have asked this peer as much as we allow ourselves in a minute; it is asked again in {Math.Ceiling(retryAfter.TotalSeconds)} s."));
        var answer = await base.SendAsync(request, cancellationToken);
        budget.Spend(answer.Content.Headers.ContentLength ?? 0);
        return answer;
    }
}
